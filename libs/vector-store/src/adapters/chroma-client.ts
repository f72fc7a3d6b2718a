import { ChromaClient } from 'chromadb';

export interface ChromaLimits {
  readonly maxBatch: number;
  readonly acceptsBase64: boolean;
}

/** The single-node server has these from the start; named, the client need not ask who it is. */
const TENANT = 'default_tenant';
const DATABASE = 'default_database';

const addressOf = (url: URL) => {
  const ssl = url.protocol === 'https:';
  return { ssl, host: url.hostname, port: url.port ? Number(url.port) : ssl ? 443 : 80 };
};

/**
 * One client per call, because the client takes its abort signal only at construction: that is how a timeout
 * cancels the request instead of abandoning it. Building one costs microseconds; sockets are pooled by Node's fetch.
 * Batching and encoding are ours, so it is spared the question that would precede every write.
 */
class CancellableChromaClient extends ChromaClient {
  constructor(url: URL, signal: AbortSignal) {
    super({ ...addressOf(url), tenant: TENANT, database: DATABASE, fetchOptions: { signal } });
  }

  override getMaxBatchSize(): Promise<number> {
    return Promise.resolve(Number.MAX_SAFE_INTEGER);
  }

  override supportsBase64Encoding(): Promise<boolean> {
    return Promise.resolve(false);
  }

  async limits(): Promise<ChromaLimits> {
    const checks = await this.getPreflightChecks();
    return { maxBatch: checks.max_batch_size, acceptsBase64: checks.supports_base64_encoding };
  }
}

export type { CancellableChromaClient };
export const chromaClient = (url: URL, signal: AbortSignal) => new CancellableChromaClient(url, signal);
