import { Module } from '@nestjs/common';

import { VectorStoreConfig } from '#libs/config';

import { ChromaVectorStore } from './adapters/chroma-vector-store';
import { QdrantVectorStore } from './adapters/qdrant-vector-store';
import { VectorStore } from './vector-store';
import { VectorStoreObserver } from './vector-store-observer';

/** Provides {@link VectorStore}, in Qdrant where the configuration names one, in Chroma otherwise. A global {@link VectorStoreObserver}, when there is one, is told the timings. */
@Module({
  providers: [
    {
      provide: VectorStore,
      inject: [VectorStoreConfig, { token: VectorStoreObserver, optional: true }],
      useFactory: ({ chromaUrl, qdrantUrl, qdrantApiKey }: VectorStoreConfig, observer?: VectorStoreObserver) =>
        qdrantUrl === undefined
          ? new ChromaVectorStore({ url: chromaUrl, observer })
          : new QdrantVectorStore({ url: qdrantUrl, apiKey: qdrantApiKey, observer }),
    },
  ],
  exports: [VectorStore],
})
export class VectorStoreModule {}
