import { realpathSync } from 'node:fs';

import { LaunchError } from '../launch.error';
import { freePort } from '../processes/free-port';
import { GuardedProcess, type GuardedCommand } from '../processes/guarded-process';
import { lastComplaint, readLog, rotateLog } from '../processes/log-file';
import { waitUntil } from '../processes/wait-until';
import { chooseClusterLocation, CLUSTER, resolveCluster, type ClusterPlace } from './cluster-location';
import { ADMINISTRATOR, APPLICATION, clusterExists, createCluster } from './create-cluster';
import { makeProductRoles } from './product-roles';
import { findAccount, type Account } from './postgres-account';
import { locateBinaries } from './postgres-binaries';
import { POSTGRES_ENVIRONMENT, serverSettings, type ServerNeeds } from './postgres-settings';
import { readPostmasterFile, settlePreviousPostmaster } from './previous-postmaster';

const ATTEMPTS = 8;
/** Covers the replay of {@link serverSettings}' largest log on a slow disk. */
const START_SECONDS = 120;
/** A fast shutdown writes one checkpoint. */
const STOP_SECONDS = 20;
const PORT_TAKEN = /could not bind|Address already in use/;
const BACKENDS_LINGER = /is still in use|lock file .* already exists/;

export interface EmbeddedPostgresOptions extends ClusterPlace, ServerNeeds {
  readonly passwords: { readonly administrator: string; readonly application: string };
  readonly log: string;
}

export interface PostgresAddress {
  readonly port: number;
  /** Connection URL of the product's own role and database. */
  readonly url: string;
  /** Connection URL of the cluster's superuser. */
  readonly administratorUrl: string;
  /** To be recorded in the data directory. */
  readonly location: string;
}

/** A real PostgreSQL server as a guarded child: listens on 127.0.0.1 only, dies with its launcher. */
export class EmbeddedPostgres {
  private current: GuardedProcess | undefined;
  private launching: Promise<unknown> | undefined;
  private stopping = false;

  constructor(private readonly options: EmbeddedPostgresOptions) {}

  /** Process id of the server, for measurements. */
  get pid(): number | undefined {
    return this.current?.pid;
  }

  /** Resolves when the running server ends; never before {@link start} has. */
  get exited(): Promise<number> {
    return this.current?.exited ?? new Promise(() => undefined);
  }

  /**
   * Creates the cluster when there is none, then starts it and waits until it takes connections.
   * @throws LaunchError, whose line names the log.
   */
  async start(): Promise<PostgresAddress> {
    const { options } = this;
    rotateLog(options.log);
    const launch = async (command: GuardedCommand): Promise<GuardedProcess> => this.launch(command);
    const account = findAccount(resolveCluster(options.dataDirectory, options.recorded ?? CLUSTER));
    const location = await chooseClusterLocation(options, account);
    const cluster = resolveCluster(options.dataDirectory, location);
    const binaries = await locateBinaries(account);
    if (!clusterExists(cluster)) await createCluster({ ...options, cluster, account, binaries, launch });
    await settlePreviousPostmaster(realpathSync(cluster));
    const port = await this.startServer(binaries.postgres, cluster, account);
    const address = this.address(port, location);
    await makeProductRoles(address.administratorUrl);
    return address;
  }

  /** Fast shutdown: open transactions roll back, a checkpoint is written. Safe while starting, which then fails. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.launching;
    await this.current?.stop();
  }

  private async startServer(command: string, cluster: string, account: Account | undefined): Promise<number> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      rotateLog(this.options.log);
      const port = await freePort();
      const args = ['-D', cluster, '-p', String(port), ...this.flags()];
      const { log } = this.options;
      const server = { command, args, env: POSTGRES_ENVIRONMENT, log, account };
      const process = await this.launch({ ...server, stopSignal: 'INT', stopSeconds: STOP_SECONDS });
      if (await this.becomesReady(process, cluster)) return port;
      await this.worthAnotherTry(process);
    }
    throw this.refusal();
  }

  /** @throws LaunchError once the server has been asked to stop: nothing may be started behind its back. */
  private async launch(command: GuardedCommand): Promise<GuardedProcess> {
    if (this.stopping) throw this.refusal();
    const starting = GuardedProcess.start(command);
    this.launching = starting.catch(() => undefined);
    this.current = await starting;
    return this.current;
  }

  private flags(): string[] {
    return Object.entries(serverSettings(this.options)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  }

  private async becomesReady(server: GuardedProcess, cluster: string): Promise<boolean> {
    await waitUntil(() => !server.running || isReady(server, cluster), START_SECONDS);
    return server.running && isReady(server, cluster);
  }

  /** Another program was faster at taking the port, or processes of a killed server have not noticed yet. */
  private async worthAnotherTry(server: GuardedProcess): Promise<void> {
    if (server.running) await server.stop();
    const log = readLog(this.options.log);
    if (PORT_TAKEN.test(log)) return;
    if (!BACKENDS_LINGER.test(log)) throw this.refusal();
    await waitUntil(() => false, 1);
  }

  private refusal(): LaunchError {
    const { log } = this.options;
    return new LaunchError({
      fr: `PostgreSQL n’a pas démarré : ${lastComplaint(log)} (journal : ${log})`,
      en: `PostgreSQL did not start: ${lastComplaint(log)} (log: ${log})`,
    });
  }

  private address(port: number, location: string): PostgresAddress {
    const { administrator, application } = this.options.passwords;
    const url = (role: string, password: string, database: string): string =>
      `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
    return {
      port,
      location,
      url: url(APPLICATION, application, APPLICATION),
      administratorUrl: url(ADMINISTRATOR, administrator, 'postgres'),
    };
  }
}

const isReady = (server: GuardedProcess, cluster: string): boolean => {
  const file = readPostmasterFile(cluster);
  return file?.pid === server.pid && file.status === 'ready';
};
