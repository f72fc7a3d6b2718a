import { join } from 'node:path';

import type { Environment } from '#libs/config';

import { ChromaServer } from '../chroma/chroma-server';
import type { DataDirectory } from '../data-directory/data-directory';
import { LaunchError } from '../launch.error';
import { EmbeddedPostgres } from '../postgres/embedded-postgres';
import { given } from './given';

/** The API's and the worker's pools, migrations and a person with psql. */
const MAX_CONNECTIONS = 40;

export interface ServerUrls {
  readonly DATABASE_URL: string;
  /** Empty where vectors lie in Qdrant. */
  readonly CHROMA_URL: string;
}

/** The servers the application needs: embedded ones, save those the environment names. */
export class LocalServers {
  private readonly postgres: EmbeddedPostgres | undefined;
  private readonly chroma: ChromaServer | undefined;
  private stopping = false;

  constructor(
    private readonly env: Environment,
    private readonly data: DataDirectory,
  ) {
    if (!given(env.DATABASE_URL)) this.postgres = new EmbeddedPostgres(postgresOptions(data));
    if (!given(env.CHROMA_URL) && !given(env.QDRANT_URL)) {
      this.chroma = new ChromaServer({ directory: join(data.path, 'chroma'), log: data.log('chroma') });
    }
  }

  /** True once every embedded server is a process of its own, starting while this one does something else. */
  get launched(): boolean {
    return [this.postgres, this.chroma].every((server) => !server || server.pid !== undefined);
  }

  /** @throws LaunchError when one does not start. */
  async start(): Promise<ServerUrls> {
    const [databaseUrl, chromaUrl] = await Promise.all([this.startPostgres(), this.chroma?.start()]);
    return {
      DATABASE_URL: databaseUrl ?? given(this.env.DATABASE_URL) ?? '',
      CHROMA_URL: chromaUrl ?? given(this.env.CHROMA_URL) ?? '',
    };
  }

  /** Resolves when a server ends that nobody asked to. Call after {@link start}. */
  async failure(): Promise<LaunchError> {
    const ended = [
      this.postgres?.exited.then(() => endedError('PostgreSQL', this.data.log('postgres'))),
      this.chroma?.exited.then(() => endedError('Chroma', this.data.log('chroma'))),
    ];
    const error = await Promise.race(ended.filter((promise) => promise !== undefined));
    return this.stopping ? new Promise(() => undefined) : error;
  }

  /** Chroma first: vectors are derived from what PostgreSQL holds. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.chroma?.stop();
    await this.postgres?.stop();
  }

  private async startPostgres(): Promise<string | undefined> {
    const address = await this.postgres?.start();
    if (address && address.location !== this.data.marker.cluster) this.data.record({ cluster: address.location });
    return address?.url;
  }
}

const postgresOptions = (data: DataDirectory): ConstructorParameters<typeof EmbeddedPostgres>[0] => ({
  dataDirectory: data.path,
  instanceId: data.marker.instanceId,
  recorded: data.marker.cluster,
  passwords: {
    administrator: data.secret('postgres-administrator'),
    application: data.secret('postgres-application'),
  },
  durable: true,
  maxConnections: MAX_CONNECTIONS,
  log: data.log('postgres'),
});

const endedError = (server: string, log: string): LaunchError =>
  new LaunchError({
    fr: `${server} s’est arrêté sans qu’on le lui demande ; MY-IA s’arrête aussi. Relancez npm start ; la raison est dans ${log}`,
    en: `${server} ended without being asked to; MY-IA stops too. Run npm start again; the reason is in ${log}`,
  });
