import { QdrantClient } from '@qdrant/js-client-rest';

import type { VectorOperation, VectorStoreObserver } from '../vector-store-observer';
import { CallPolicies, type CallOptions } from './call-policies';
import { isMissing, isOutage, isWorthRetrying, namedError } from './qdrant-errors';

export interface QdrantConnectionOptions extends CallOptions {
  /** http(s)://host:port; Qdrant's own port 6333 without one. */
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly observer?: VectorStoreObserver | undefined;
}

/** The policies end a call first; this only keeps a request nobody waits for from living on. */
const ABANDONED_AFTER_MS = 60_000;
const DEFAULT_PORT = 6333;

/** Calls to one Qdrant server or cluster. */
export class QdrantConnection {
  private readonly client: QdrantClient;
  private readonly policies: CallPolicies;

  constructor(private readonly options: QdrantConnectionOptions) {
    this.policies = new CallPolicies(options, { isOutage, isWorthRetrying });
    this.client = clientOf(options);
  }

  /**
   * Runs one call.
   * @returns `absent` where the collection does not exist
   * @throws VectorStoreUnavailableError @throws VectorDimensionError
   */
  async call<T>(operation: VectorOperation, work: (client: QdrantClient) => Promise<T>, absent?: T): Promise<T> {
    const startedAt = performance.now();
    try {
      const result = await this.policies.of(operation).execute(() => work(this.client));
      this.observe(operation, startedAt, true);
      return result;
    } catch (error) {
      const isAbsent = isMissing(error) && absent !== undefined;
      this.observe(operation, startedAt, isAbsent);
      if (isAbsent) return absent;
      throw isMissing(error) ? error : namedError(error);
    }
  }

  private observe(operation: VectorOperation, startedAt: number, succeeded: boolean): void {
    this.options.observer?.observe(operation, (performance.now() - startedAt) / 1000, succeeded);
  }
}

const clientOf = ({ url, apiKey }: QdrantConnectionOptions): QdrantClient => {
  const { protocol, hostname, port, pathname } = new URL(url);
  return new QdrantClient({
    host: hostname,
    port: port ? Number(port) : DEFAULT_PORT,
    https: protocol === 'https:',
    prefix: pathname.replace(/\/+$/, ''),
    timeout: ABANDONED_AFTER_MS,
    // It would ask the server at once, and print what it thinks of the answer.
    checkCompatibility: false,
    // Given as `apiKey`, the client would print a warning on a connection inside one's own network.
    ...(apiKey ? { headers: { 'api-key': apiKey } } : {}),
  });
};
