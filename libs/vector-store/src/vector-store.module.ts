import { Module } from '@nestjs/common';

import { VectorStoreConfig } from '#libs/config';

import { ChromaVectorStore } from './adapters/chroma-vector-store';
import { NoSparseVectorStore } from './adapters/no-sparse-vector-store';
import { QdrantSparseVectorStore } from './adapters/qdrant-sparse-vector-store';
import { QdrantVectorStore } from './adapters/qdrant-vector-store';
import { SparseVectorStore } from './sparse-vector-store';
import { VectorStore } from './vector-store';
import { VectorStoreObserver } from './vector-store-observer';

const OBSERVER = { token: VectorStoreObserver, optional: true };

/**
 * Provides {@link VectorStore} and {@link SparseVectorStore}: both in Qdrant where the configuration names one; otherwise
 * vectors in Chroma, and words nowhere. A global {@link VectorStoreObserver}, when there is one, is told the timings.
 */
@Module({
  providers: [
    {
      provide: VectorStore,
      inject: [VectorStoreConfig, OBSERVER],
      useFactory: ({ chromaUrl, qdrantUrl, qdrantApiKey }: VectorStoreConfig, observer?: VectorStoreObserver) =>
        qdrantUrl === undefined
          ? new ChromaVectorStore({ url: chromaUrl, observer })
          : new QdrantVectorStore({ url: qdrantUrl, apiKey: qdrantApiKey, observer }),
    },
    {
      provide: SparseVectorStore,
      inject: [VectorStoreConfig, OBSERVER],
      useFactory: ({ qdrantUrl, qdrantApiKey }: VectorStoreConfig, observer?: VectorStoreObserver) =>
        qdrantUrl === undefined
          ? new NoSparseVectorStore()
          : new QdrantSparseVectorStore({ url: qdrantUrl, apiKey: qdrantApiKey, observer }),
    },
  ],
  exports: [VectorStore, SparseVectorStore],
})
export class VectorStoreModule {}
