import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

import { eventually } from './eventually';

/** A process, told apart from a later one with the same id by its start time. */
export interface ProcessMark {
  readonly pid: number;
  readonly parent: number;
  readonly startedAt: string;
  readonly command: string;
}

/** Fields of /proc/<pid>/stat after the name in parentheses, which may hold spaces: proc(5). */
const STATE = 0;
const PARENT = 1;
const START_TIME = 19;

const describeProcess = (pid: number): ProcessMark | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not noticed yet.
    if (fields[STATE] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(fields[PARENT]), startedAt: fields[START_TIME] ?? '', command };
  } catch {
    return undefined;
  }
};

const listProcesses = (): ProcessMark[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => describeProcess(Number(name)) ?? []);

/** A process and everything it has started so far, whatever group or session that is in. */
export const familyOf = (pid: number): ProcessMark[] => {
  const all = listProcesses();
  const family = all.filter((one) => one.pid === pid);
  for (const member of family) family.push(...all.filter(({ parent }) => parent === member.pid));
  return family;
};

const isSame = ({ pid, startedAt }: ProcessMark): boolean => describeProcess(pid)?.startedAt === startedAt;

const stillAlive = (marks: readonly ProcessMark[]): ProcessMark[] => marks.filter(isSame);

/** Waits a little for the last ones to go. @returns those that stay */
export const leftOver = async (marks: readonly ProcessMark[], seconds = 10): Promise<ProcessMark[]> => {
  await eventually(() => stillAlive(marks).length === 0, seconds);
  return stillAlive(marks);
};

export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
};

/** Ends every one of them at once, without a chance to tidy up. */
export const killAll = (marks: readonly ProcessMark[]): void => {
  for (const mark of marks) if (isSame(mark)) signal(mark.pid, 'SIGKILL');
};

const readQuietly = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

/** Processes whose command line, working folder or environment names the folder. */
export const processesNaming = (folder: string): ProcessMark[] =>
  listProcesses().filter(({ pid, command }) => {
    if (pid === process.pid) return false;
    const workingFolder = readQuietly(() => readlinkSync(`/proc/${pid}/cwd`));
    return command.includes(folder) || workingFolder.startsWith(folder);
  });
