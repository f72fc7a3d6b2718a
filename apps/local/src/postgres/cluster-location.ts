import { existsSync, mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

import { LaunchError } from '../launch.error';
import { type Account, canEnter } from './postgres-account';
import { SYSTEM_DIRECTORY } from './postgres-binaries';

/** Name of the cluster's folder inside the data directory. */
export const CLUSTER = 'postgres';

export interface ClusterPlace {
  readonly dataDirectory: string;
  readonly instanceId: string;
  /** Where the data directory says its cluster is: a name inside it, or an absolute path; absent before the first start. */
  readonly recorded: string | undefined;
}

/**
 * Where the cluster is, or will be: beside the rest of the data, unless the account cannot enter that folder (a home
 * of mode 700, as root's is).
 * @returns a name inside the data directory or an absolute path, to be recorded.
 * @throws LaunchError when a recorded cluster is gone or out of reach; making a new one would silently lose data.
 */
export const chooseClusterLocation = async (place: ClusterPlace, account: Account | undefined): Promise<string> => {
  if (place.recorded !== undefined) return checkedLocation(place, place.recorded, account);
  if (!account || (await canEnter(account, place.dataDirectory))) return CLUSTER;
  const elsewhere = join(SYSTEM_DIRECTORY, place.instanceId);
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 });
  return join(elsewhere, CLUSTER);
};

export const resolveCluster = (dataDirectory: string, location: string): string =>
  isAbsolute(location) ? location : join(dataDirectory, location);

const checkedLocation = async (
  { dataDirectory }: ClusterPlace,
  recorded: string,
  account: Account | undefined,
): Promise<string> => {
  const cluster = resolveCluster(dataDirectory, recorded);
  if (!existsSync(join(cluster, 'PG_VERSION'))) throw goneError(dataDirectory, cluster);
  if (!(await canEnter(account, dirname(cluster)))) throw outOfReachError(cluster);
  return recorded;
};

const goneError = (dataDirectory: string, cluster: string): LaunchError =>
  new LaunchError({
    fr: `La base de ${dataDirectory} devrait être dans ${cluster}, qui n’existe plus : restaurez-la, ou choisissez un autre DATA_DIR.`,
    en: `The database of ${dataDirectory} should be in ${cluster}, which is gone: restore it, or choose another DATA_DIR.`,
  });

const outOfReachError = (cluster: string): LaunchError =>
  new LaunchError({
    fr: `Le compte de PostgreSQL ne peut plus entrer dans ${dirname(cluster)} : rendez ce dossier traversable (chmod o+x, ainsi que ses parents).`,
    en: `PostgreSQL's account can no longer enter ${dirname(cluster)}: make that folder passable (chmod o+x, its parents too).`,
  });
