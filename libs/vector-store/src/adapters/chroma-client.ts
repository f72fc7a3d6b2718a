import { AdminClient, ChromaClient, ChromaUniqueError } from 'chromadb';

export interface ChromaLimits {
  readonly maxBatch: number;
  readonly acceptsBase64: boolean;
}

/** The single-node server has both from the start; named, the client need not ask who it is. */
const TENANT = 'default_tenant';
/** Where calls go that are about the server: its state and its limits. */
const SERVER_DATABASE = 'default_database';

/** Each organization has a database of its own: what is looked up in one cannot be found in another. */
export const databaseOf = (organizationId: string): string => `organization-${organizationId}`;

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
  constructor(
    private readonly url: URL,
    private readonly signal: AbortSignal,
    database: string,
  ) {
    super({ ...addressOf(url), tenant: TENANT, database, fetchOptions: { signal } });
  }

  /** Makes a database; one that is there already will do. */
  async makeDatabase(name: string): Promise<void> {
    const { url, signal } = this;
    const administrator = new AdminClient({ ...addressOf(url), fetchOptions: { signal } });
    await administrator.createDatabase({ name, tenant: TENANT }).catch(ignoreExisting);
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

const ignoreExisting = (error: unknown): void => {
  if (!(error instanceof ChromaUniqueError)) throw error;
};

export type { CancellableChromaClient };
export const chromaClient = (url: URL, signal: AbortSignal, database = SERVER_DATABASE) =>
  new CancellableChromaClient(url, signal, database);
