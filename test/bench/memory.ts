import { readdirSync, readFileSync } from 'node:fs';

const KIBIBYTES_PER_MEBIBYTE = 1024;

export interface ProcessMemory {
  readonly pid: number;
  readonly name: string;
  /** Resident set, MiB. */
  readonly rss: number;
  /** Proportional set: a page shared by n processes counts 1/n in each, so that a sum is honest. MiB. */
  readonly pss: number;
  /** Largest resident set so far, MiB. */
  readonly peakRss: number;
}

const mebibytes = (text: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / KIBIBYTES_PER_MEBIBYTE;

const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)$/m.exec(read(pid, 'status'))?.[1] ?? 0);

/** What a process is here, told from its command line. */
const ROLES: readonly (readonly [RegExp, string])[] = [
  [/^npm /, 'npm'],
  [/^sh -c node dist/, 'npm (its shell)'],
  [/apps\/local\/src\/main\.js/, 'app (API and worker)'],
  [/chromadb-js-bindings/, 'chroma'],
  [/^postgres: ([a-z ]+?launcher|[a-z ]+?writer|checkpointer)/, 'postgres $1'],
  [/^postgres: /, 'postgres backend'],
  [/bin\/postgres/, 'postgres'],
];

export const roleOf = (pid: number): string => {
  const command = read(pid, 'cmdline').replaceAll('\0', ' ').trim();
  // Guards carry their command as arguments.
  if (/^\/bin\/sh -c/.test(command)) return 'guard';
  for (const [pattern, role] of ROLES) {
    const match = pattern.exec(command);
    if (match) return role.replace('$1', match[1] ?? '');
  }
  return command.slice(0, 40) || '?';
};

const memoryOf = (pid: number): ProcessMemory | undefined => {
  const rollup = read(pid, 'smaps_rollup');
  if (rollup === '') return undefined;
  const peakRss = mebibytes(read(pid, 'status'), 'VmHWM');
  return { pid, name: roleOf(pid), rss: mebibytes(rollup, 'Rss'), pss: mebibytes(rollup, 'Pss'), peakRss };
};

/** A process and all that descend from it; only itself on a system without /proc. */
export const processTree = (root: number): number[] => {
  const parents = new Map(allPids().map((pid) => [pid, parentOf(pid)]));
  const descends = (pid: number): boolean => pid === root || (pid > 1 && descends(parents.get(pid) ?? 0));
  return [root, ...[...parents.keys()].filter((pid) => pid !== root && descends(pid))];
};

const allPids = (): number[] => {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
};

/** Memory of a process and its descendants; empty on a system without /proc. */
export const memoryOfTree = (root: number): ProcessMemory[] => processTree(root).flatMap((pid) => memoryOf(pid) ?? []);

/** npm is how the product was started, not part of it. */
export const isProduct = ({ name }: ProcessMemory): boolean => !name.startsWith('npm');

export const sumOf = (memory: readonly ProcessMemory[], field: 'rss' | 'pss'): number =>
  memory.filter(isProduct).reduce((sum, process) => sum + process[field], 0);

/** Looks again and again and keeps the moment at which the product took most. */
export class PeakMemory {
  highest: ProcessMemory[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(root: number, everyMs = 500) {
    this.timer = setInterval(() => {
      const now = memoryOfTree(root);
      if (sumOf(now, 'pss') > sumOf(this.highest, 'pss')) this.highest = now;
    }, everyMs);
  }

  stop(): ProcessMemory[] {
    clearInterval(this.timer);
    return this.highest;
  }
}
