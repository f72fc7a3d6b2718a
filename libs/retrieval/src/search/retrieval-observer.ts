import { Injectable, Optional } from '@nestjs/common';

import { Metrics } from '#libs/observability';

export type RetrievalLeg = 'dense' | 'lexical' | 'join' | 'rerank' | 'total';

/** Reports how long each part of a search takes, also of one that fails. */
@Injectable()
export class RetrievalObserver {
  constructor(@Optional() private readonly metrics?: Metrics) {}

  async time<T>(leg: RetrievalLeg, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      this.metrics?.observeRetrieval(leg, (performance.now() - startedAt) / 1000);
    }
  }
}
