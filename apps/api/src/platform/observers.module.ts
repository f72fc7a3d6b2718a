import { Global, Module } from '@nestjs/common';

import { LlmModule, ModelObserver } from '#libs/llm';
import { VectorStoreModule, VectorStoreObserver } from '#libs/vector-store';

import { DatabaseHealthProbe, LlmHealthProbe, QueueHealthProbe, VectorStoreHealthProbe } from './health-probes';
import { ModelMetrics, QueueMetrics, VectorStoreMetrics } from './observers';

/** Lets the platform be seen: its libraries do not know each other, so the composition root introduces them. */
@Global()
@Module({
  imports: [LlmModule, VectorStoreModule],
  providers: [
    DatabaseHealthProbe,
    LlmHealthProbe,
    QueueHealthProbe,
    QueueMetrics,
    VectorStoreHealthProbe,
    { provide: ModelObserver, useClass: ModelMetrics },
    { provide: VectorStoreObserver, useClass: VectorStoreMetrics },
  ],
  exports: [ModelObserver, VectorStoreObserver],
})
export class ObserversModule {}
