import { Module } from '@nestjs/common';

import { VectorStoreConfig } from '#libs/config';

import { ChromaVectorStore } from './adapters/chroma-vector-store';
import { VectorStore } from './vector-store';
import { VectorStoreObserver } from './vector-store-observer';

/** Provides {@link VectorStore}. A global {@link VectorStoreObserver}, when there is one, is told the timings. */
@Module({
  providers: [
    {
      provide: VectorStore,
      inject: [VectorStoreConfig, { token: VectorStoreObserver, optional: true }],
      useFactory: ({ chromaUrl }: VectorStoreConfig, observer?: VectorStoreObserver) =>
        new ChromaVectorStore({ url: chromaUrl, observer }),
    },
  ],
  exports: [VectorStore],
})
export class VectorStoreModule {}
