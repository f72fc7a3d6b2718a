import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { LaunchError } from '../launch.error';
import { isAlive } from '../processes/process-identity';
import { waitUntil } from '../processes/wait-until';

/** As long as a guard gives a server to end, and then some. */
const PATIENCE_SECONDS = 25;

/** The lock file of a running or crashed server; its lines: https://doxygen.postgresql.org/pidfile_8h.html */
export const readPostmasterFile = (cluster: string): { pid: number; status: string } | undefined => {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
};

/**
 * Makes way for a new server after a crash: asks the previous one to end, as its guard does too, and waits for it. Called only by the owner of the data directory, so nobody else can want that server.
 * @throws LaunchError when it still runs after the bound.
 */
export const settlePreviousPostmaster = async (cluster: string): Promise<void> => {
  const previous = readPostmasterFile(cluster);
  if (!previous || !isAlive(previous.pid)) return;
  if (!servesCluster(previous.pid, cluster)) {
    // The number went to another program since; PostgreSQL itself would take that program for a server and refuse.
    rmSync(join(cluster, 'postmaster.pid'));
    return;
  }
  interrupt(previous.pid);
  if (!(await waitUntil(() => !isAlive(previous.pid), PATIENCE_SECONDS))) throw stillRunning(previous.pid);
};

const interrupt = (pid: number): void => {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has just ended.
  }
};

/** A server's working folder is its cluster. */
const servesCluster = (pid: number, cluster: string): boolean => {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(cluster);
  } catch {
    return false;
  }
};

const stillRunning = (pid: number): LaunchError =>
  new LaunchError({
    fr: `Le PostgreSQL d’un démarrage précédent (processus ${pid}) ne s’arrête pas : arrêtez-le (kill ${pid}) puis recommencez.`,
    en: `The PostgreSQL of an earlier start (process ${pid}) does not stop: end it (kill ${pid}), then try again.`,
  });
