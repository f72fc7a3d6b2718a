import { isProduct, sumOf, type ProcessMemory } from './memory';
import type { Row, Section } from './report';

const GOAL_MEBIBYTES = 400;

const mebibytes = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} MiB`;

export interface Moments {
  /** Ten seconds after a start, nothing asked. */
  readonly fresh: readonly ProcessMemory[];
  readonly peak: readonly ProcessMemory[];
  /** Half a minute after all measurements. */
  readonly worked: readonly ProcessMemory[];
}

/** Sums of PSS, in which shared pages count once; the goal speaks of all processes together. */
export const memorySection = ({ fresh, peak, worked }: Moments): Section => ({
  title: 'Memory (sum of PSS of app, Chroma, PostgreSQL and guards; npm apart)',
  rows: [
    total('idle for 10 s after a start', fresh, true),
    total('peak while ingesting (sampled)', peak, false),
    total('idle for 30 s after all of the above', worked, true),
  ],
  notes: [
    'after a start:',
    ...linesOf(fresh),
    'peak while ingesting:',
    ...linesOf(peak),
    'idle after all:',
    ...linesOf(worked),
  ],
});

const total = (name: string, memory: readonly ProcessMemory[], hasGoal: boolean): Row => {
  const pss = sumOf(memory, 'pss');
  const row = { name, ours: mebibytes(pss) };
  if (memory.length === 0) return { name, ours: 'no /proc here' };
  return hasGoal ? { ...row, goal: { text: `under ${GOAL_MEBIBYTES} MiB`, isMet: pss < GOAL_MEBIBYTES } } : row;
};

interface Group {
  readonly name: string;
  readonly count: number;
  readonly rss: number;
  readonly pss: number;
  readonly peakRss: number;
}

const groupsOf = (memory: readonly ProcessMemory[]): Group[] =>
  Array.from(Map.groupBy(memory, ({ name }) => name).entries(), ([name, all]) => ({
    name,
    count: all.length,
    rss: all.reduce((sum, { rss }) => sum + rss, 0),
    pss: all.reduce((sum, { pss }) => sum + pss, 0),
    peakRss: Math.max(...all.map(({ peakRss }) => peakRss)),
  }));

const linesOf = (memory: readonly ProcessMemory[]): string[] =>
  groupsOf(memory)
    .sort((a, b) => b.pss - a.pss)
    .map(({ name, count, rss, pss, peakRss }) => {
      const label = count > 1 ? `${count} x ${name}` : name;
      return `  ${label.padEnd(34)} PSS ${mebibytes(pss).padStart(8)}  RSS ${mebibytes(rss).padStart(8)}  highest RSS ${mebibytes(peakRss)}`;
    })
    .concat(
      `  ${'together, without npm'.padEnd(34)} PSS ${mebibytes(sumOf(memory, 'pss')).padStart(8)}  RSS ${mebibytes(sumOf(memory.filter(isProduct), 'rss')).padStart(8)}`,
    );
