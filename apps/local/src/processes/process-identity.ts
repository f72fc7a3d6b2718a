import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Start time is field 22 of /proc/<pid>/stat (proc(5)); the name before it, in parentheses, may hold spaces. */
const START_TIME_AFTER_NAME = 19;

/**
 * What tells a process from a later one with the same id: its start time, in the system's own notation.
 * @returns undefined when no such process lives.
 */
export const processStartedAt = (pid: number): string | undefined => {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
};

const fromProc = (pid: number): string | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent has not noticed yet.
  return fields[0] === 'Z' ? undefined : fields[START_TIME_AFTER_NAME];
};

const fromPs = (pid: number): string | undefined =>
  execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || undefined;

export const isAlive = (pid: number): boolean => processStartedAt(pid) !== undefined;
