import { execFile, execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { promisify } from 'node:util';

import { LaunchError } from '../launch.error';

const run = promisify(execFile);
const NAME = 'postgres';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account PostgreSQL runs as. PostgreSQL refuses to be root, so root lends it another account: the owner of an
 * existing cluster, else the system account `postgres`, created when the machine has none.
 * @returns undefined for an ordinary user, who runs everything as itself.
 */
export const findAccount = (cluster: string): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  return ownerOf(cluster) ?? systemAccount() ?? createSystemAccount();
};

/** True when the account can pass through every folder down to this one. */
export const canEnter = async (account: Account | undefined, folder: string): Promise<boolean> =>
  runsAs(account, 'cd "$1"', folder);

/** True when the shell command, given the arguments as `$1`, `$2`..., succeeds under that account. */
export const runsAs = async (account: Account | undefined, command: string, ...args: string[]): Promise<boolean> => {
  try {
    await run('/bin/sh', ['-c', command, 'sh', ...args], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};

const ownerOf = (cluster: string): Account | undefined => {
  if (!existsSync(cluster)) return undefined;
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? undefined : { uid, gid };
};

const systemAccount = (): Account | undefined => {
  try {
    return { uid: numericId('-u'), gid: numericId('-g') };
  } catch {
    return undefined;
  }
};

const numericId = (option: '-u' | '-g'): number =>
  Number(execFileSync('id', [option, NAME], { encoding: 'utf8', stdio: 'pipe' }));

const createSystemAccount = (): Account => {
  try {
    execFileSync('groupadd', ['--force', '--system', NAME], { stdio: 'pipe' });
    execFileSync('useradd', ['--system', '--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME], {
      stdio: 'pipe',
    });
    return { uid: numericId('-u'), gid: numericId('-g') };
  } catch (cause) {
    throw new LaunchError(
      {
        fr: `PostgreSQL refuse d’être lancé par root et le compte « ${NAME} » n’a pas pu être créé : lancez npm start avec un compte ordinaire.`,
        en: `PostgreSQL refuses to run as root and the account "${NAME}" could not be created: run npm start as an ordinary user.`,
      },
      { cause },
    );
  }
};
