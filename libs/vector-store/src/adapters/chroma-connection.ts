import { ChromaNotFoundError } from 'chromadb';

import type { VectorOperation, VectorStoreObserver } from '../vector-store-observer';
import { CallPolicies, type CallOptions } from './call-policies';
import { chromaClient, type CancellableChromaClient } from './chroma-client';
import { isMissing, isOutage, isWorthRetrying, namedError } from './chroma-errors';

export interface ChromaConnectionOptions extends CallOptions {
  readonly url: string;
  readonly observer?: VectorStoreObserver | undefined;
}

type Work<T> = (client: CancellableChromaClient) => Promise<T>;

/** Calls to one Chroma server. */
export class ChromaConnection {
  private readonly url: URL;
  private readonly policies: CallPolicies;

  constructor(private readonly options: ChromaConnectionOptions) {
    this.url = new URL(options.url);
    this.policies = new CallPolicies(options, { isOutage, isWorthRetrying });
  }

  /**
   * Runs one call, in a database or, without one, about the server. `ChromaNotFoundError` passes, for the caller knows what a missing collection or database means to it.
   * @throws VectorStoreUnavailableError @throws VectorDimensionError
   */
  async call<T>(operation: VectorOperation, work: Work<T>, database?: string): Promise<T> {
    const startedAt = performance.now();
    try {
      const result = await this.policies
        .of(operation)
        .execute(({ signal }) => work(chromaClient(this.url, signal, database)));
      this.observe(operation, startedAt, true);
      return result;
    } catch (error) {
      this.observe(operation, startedAt, false);
      throw isMissing(error)
        ? new ChromaNotFoundError('There is no such collection or database', error)
        : namedError(error);
    }
  }

  private observe(operation: VectorOperation, startedAt: number, succeeded: boolean): void {
    this.options.observer?.observe(operation, (performance.now() - startedAt) / 1000, succeeded);
  }
}
