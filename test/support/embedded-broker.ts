import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Relative on purpose: Jest loads its global setup outside of its own module system, where `#apps/*` would mean the
// compiled files, which need not exist yet.
import { ChromaServer } from '../../apps/local/src/chroma/chroma-server';
import { EmbeddedPostgres, type PostgresAddress } from '../../apps/local/src/postgres/embedded-postgres';

/** Two Jest workers, each with several applications and their pools. */
const MAX_CONNECTIONS = 200;
const FOLDER = /^my-ia-test-servers-(\d+)-/;

/**
 * Owns the servers of one Jest run, in Jest's own process: they start when the first test asks and die with Jest,
 * however it ends. Test workers ask over a local socket.
 */
export class EmbeddedBroker {
  readonly socket: string;
  private readonly folder: string;
  private readonly http: Server;
  private postgres: EmbeddedPostgres | undefined;
  private chroma: ChromaServer | undefined;
  private readonly answers = new Map<string, Promise<unknown>>();
  private migration: PromiseWithResolvers<boolean> | undefined;

  constructor() {
    sweepFoldersOfDeadRuns();
    this.folder = mkdtempSync(join(tmpdir(), `my-ia-test-servers-${process.pid}-`));
    // Root's PostgreSQL runs as another account, which must pass through.
    chmodSync(this.folder, 0o711);
    this.socket = join(this.folder, 'broker.sock');
    this.http = createServer(this.handle);
  }

  async listen(): Promise<void> {
    return new Promise((resolve) => this.http.listen(this.socket, resolve).unref());
  }

  async stop(): Promise<void> {
    this.http.close();
    await Promise.allSettled(this.answers.values());
    await Promise.all([this.postgres?.stop(), this.chroma?.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private readonly handle: RequestListener = (request, response) => {
    this.answer(request.url ?? '').then(
      (body) => response.end(JSON.stringify(body ?? null)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  };

  private async answer(path: string): Promise<unknown> {
    if (path === '/postgres') return this.once(path, () => this.startPostgres());
    if (path === '/chroma') return this.once(path, () => this.startChroma());
    if (path === '/template/turn') return this.turnToMigrate();
    if (path === '/template/ready') return this.migration?.resolve(true);
    if (path === '/template/failed') return this.migration?.resolve(false);
    throw new Error(`Nothing answers to ${path}`);
  }

  private async once(name: string, start: () => Promise<unknown>): Promise<unknown> {
    const answer = this.answers.get(name) ?? start();
    this.answers.set(name, answer);
    return answer;
  }

  /** True for the caller that has to migrate the template; the others wait until it has. */
  private async turnToMigrate(): Promise<boolean> {
    while (this.migration) {
      if (await this.migration.promise) return false;
      this.migration = undefined;
    }
    this.migration = Promise.withResolvers<boolean>();
    return true;
  }

  private async startPostgres(): Promise<PostgresAddress> {
    this.postgres = new EmbeddedPostgres({
      dataDirectory: this.folder,
      instanceId: randomUUID(),
      recorded: undefined,
      passwords: { administrator: randomBytes(16).toString('hex'), application: randomBytes(16).toString('hex') },
      durable: false,
      maxConnections: MAX_CONNECTIONS,
      log: join(this.folder, 'postgres.log'),
    });
    return this.postgres.start();
  }

  private async startChroma(): Promise<string> {
    this.chroma = new ChromaServer({ directory: join(this.folder, 'chroma'), log: join(this.folder, 'chroma.log') });
    return this.chroma.start();
  }
}

/** A run that was killed could not tidy up. */
const sweepFoldersOfDeadRuns = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(FOLDER.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
