import { chownSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { LaunchError } from '../launch.error';
import type { GuardedCommand, GuardedProcess } from '../processes/guarded-process';
import { lastComplaint, readLog } from '../processes/log-file';
import { type Account } from './postgres-account';
import { type Binaries } from './postgres-binaries';
import { POSTGRES_ENVIRONMENT } from './postgres-settings';

/** Superuser of the cluster; the product itself never connects as it. */
export const ADMINISTRATOR = 'postgres';
/** Role and database of the product. */
export const APPLICATION = 'myia';

export interface ClusterRequest {
  readonly cluster: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  readonly passwords: { readonly administrator: string; readonly application: string };
  /** False skips fsync; for throw-away clusters. */
  readonly durable: boolean;
  readonly log: string;
  /** Starts a process that ends when the server is asked to stop. */
  readonly launch: (command: GuardedCommand) => Promise<GuardedProcess>;
}

/**
 * Makes a cluster with the product's role and database in it. All or nothing: it is built beside its final place and
 * renamed, so a start that was killed half-way leaves no half-made cluster behind. Each attempt has a place of its own:
 * what makes the cluster of a killed start may live for some seconds, and removes what it has made when it ends.
 * @throws LaunchError naming the log when PostgreSQL refuses.
 */
export const createCluster = async (request: ClusterRequest): Promise<void> => {
  clearWorkshops(request.cluster);
  const workshop = mkdtempSync(workshopPrefix(request.cluster));
  const files = writeInputs(workshop, request);
  if (request.account) chownSync(workshop, request.account.uid, request.account.gid);
  await initdb(request, workshop, files.password);
  await createDatabase(request, workshop, files.sql);
  renameSync(join(workshop, 'cluster'), request.cluster);
  clearWorkshops(request.cluster);
};

const workshopPrefix = (cluster: string): string => `${cluster}.new-`;

/** One that a dying process still fills is left to the next call. */
const clearWorkshops = (cluster: string): void => {
  const prefix = basename(workshopPrefix(cluster));
  for (const name of readdirSync(dirname(cluster)).filter((candidate) => candidate.startsWith(prefix))) {
    try {
      rmSync(join(dirname(cluster), name), { recursive: true, force: true });
    } catch {
      // It holds nothing anybody reads.
    }
  }
};

export const clusterExists = (cluster: string): boolean => existsSync(join(cluster, 'PG_VERSION'));

const writeInputs = (workshop: string, { account, passwords }: ClusterRequest): { password: string; sql: string } => {
  const files = { password: join(workshop, 'password'), sql: join(workshop, 'setup.sql') };
  writeFileSync(files.password, `${passwords.administrator}\n`, { mode: 0o600 });
  writeFileSync(
    files.sql,
    `CREATE ROLE ${APPLICATION} LOGIN PASSWORD '${passwords.application}';\nCREATE DATABASE ${APPLICATION} OWNER ${APPLICATION};\n`,
    { mode: 0o600 },
  );
  if (account) for (const file of Object.values(files)) chownSync(file, account.uid, account.gid);
  return files;
};

/**
 * The built-in C.UTF-8 provider knows Unicode letters without any library of the machine, so indexes stay valid when
 * the operating system or ICU changes. Lists sorted for readers name a collation (`COLLATE "und-x-icu"`).
 */
const initdb = async (request: ClusterRequest, workshop: string, passwordFile: string): Promise<void> => {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${ADMINISTRATOR}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const place = [`--pgdata=${join(workshop, 'cluster')}`, ...(request.durable ? [] : ['--no-sync'])];
  await runToEnd(request, request.binaries.initdb, [...locale, ...access, ...place]);
};

/** Single-user mode: no port, no connection, and passwords appear in no list of processes. */
const createDatabase = async (request: ClusterRequest, workshop: string, sql: string): Promise<void> => {
  const settings = request.durable ? [] : ['-c', 'fsync=off'];
  const args = ['--single', '-D', join(workshop, 'cluster'), ...settings, 'postgres'];
  await runToEnd(request, request.binaries.postgres, args, sql);
};

const runToEnd = async (request: ClusterRequest, command: string, args: string[], input?: string): Promise<void> => {
  const { account, log } = request;
  const bounds = { stopSignal: 'TERM', stopSeconds: 5 } as const;
  const process = await request.launch({
    command,
    args,
    env: POSTGRES_ENVIRONMENT,
    log,
    account,
    ...bounds,
    ...(input === undefined ? {} : { input }),
  });
  const code = await process.exited;
  // Single-user mode ends with 0 even when a statement failed.
  if (code !== 0 || /\b(ERROR|FATAL|PANIC):/.test(readLog(log))) throw refusal(request);
};

const refusal = ({ cluster, log }: ClusterRequest): LaunchError =>
  new LaunchError({
    fr: `PostgreSQL n’a pas pu créer sa base dans ${dirname(cluster)} : ${lastComplaint(log)} (journal : ${log})`,
    en: `PostgreSQL could not create its database in ${dirname(cluster)}: ${lastComplaint(log)} (log: ${log})`,
  });
