import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { processStartedAt } from '../processes/process-identity';
import { waitUntil } from '../processes/wait-until';
import { DataDirectoryError } from './data-directory.errors';

const FILE = 'my-ia.lock';
/** Each loss of a race shows that another instance is starting, which then holds the lock. */
const ATTEMPTS = 5;
/** Covers the bounds of an orderly end: requests under way, then the servers. */
const FAREWELL_SECONDS = 45;

interface Holder {
  readonly pid: number;
  readonly startedAt: string;
  /** It has been asked to end: the folder is about to be free. */
  readonly leaving?: boolean;
}

/**
 * One living instance per data directory. The lock names its holder by process id and start time, so one left by a
 * crash is recognised even when another program has got the same process id since.
 */
export class InstanceLock {
  private constructor(private readonly file: string) {}

  /**
   * Waits for an instance that is about to end: npm passes a stop on without awaiting its effect, and people start again
   * at once.
   * @throws DataDirectoryError when a living instance holds it and means to stay.
   */
  static async acquire(directory: string): Promise<InstanceLock> {
    const file = join(directory, FILE);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (createLock(file)) return new InstanceLock(file);
      const holder = readHolder(file);
      if (holder && !(await goes(file, holder))) throw DataDirectoryError.inUse(directory, holder.pid);
      removeStale(file, holder);
    }
    throw DataDirectoryError.inUse(directory, readHolder(file)?.pid ?? 0);
  }

  /** Tells those who want to start that it is worth waiting. */
  announceEnd(): void {
    const draft = draftOf(this.file, { leaving: true });
    renameSync(draft, this.file);
  }

  release(): void {
    if (readHolder(this.file)?.pid === process.pid) rmSync(this.file, { force: true });
  }
}

/** Resolves to true once the holder is no more, or is leaving and does so in time. */
const goes = async (file: string, holder: Holder): Promise<boolean> => {
  if (!isLiving(holder)) return true;
  return holder.leaving === true && (await waitUntil(() => !existsSync(file) || !isLiving(holder), FAREWELL_SECONDS));
};

const draftOf = (file: string, more: Partial<Holder> = {}): string => {
  const draft = `${file}.${process.pid}`;
  const holder: Holder = { pid: process.pid, startedAt: processStartedAt(process.pid) ?? '', ...more };
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  return draft;
};

/** A link appears with its whole content or not at all, and never replaces another. */
const createLock = (file: string): boolean => {
  const draft = draftOf(file);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

const readHolder = (file: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
};

const isLiving = ({ pid, startedAt }: Holder): boolean => {
  const current = processStartedAt(pid);
  return current !== undefined && current === startedAt;
};

/** Two instances may find the same stale lock: what was moved away is looked at again, and put back if it is live. */
const removeStale = (file: string, stale: Holder | undefined): void => {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    const moved = readHolder(aside);
    if (moved && moved.pid !== stale?.pid && isLiving(moved)) linkSync(aside, file);
  } catch {
    // Another instance was faster; the next attempt sees its lock.
  } finally {
    rmSync(aside, { force: true });
  }
};
