import { readFileSync } from 'node:fs';

import { processTree, roleOf } from './memory';

/** The kernel counts processor time in hundredths of a second (`getconf CLK_TCK`). */
const MS_PER_TICK = 10;
/** Fields of /proc/<pid>/stat behind the command's closing bracket: user and system time. */
const USER = 11;
const SYSTEM = 12;

const ticksOf = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return Number(fields[USER] ?? 0) + Number(fields[SYSTEM] ?? 0);
  } catch {
    return 0;
  }
};

/** Milliseconds of processor time so far of a process and its descendants, by what they are here; empty without /proc. */
export const processorTime = (root: number): Map<string, number> => {
  const times = new Map<string, number>();
  for (const pid of processTree(root)) {
    const [role = ''] = roleOf(pid).split(' ');
    times.set(role, (times.get(role) ?? 0) + ticksOf(pid) * MS_PER_TICK);
  }
  return times;
};
