import { milliseconds, percentile } from './measure';
import type { Row, Section } from './report';
import type { Scene } from './scene';
import { untilIdle } from './until-idle';
import { meanLegs, readLegs, tellLegs, type LegMeans } from './search-legs';

const QUESTIONS = 60;
const ROUNDS = 3;
/** How much longer half of the searches may take with ten times as many chunks. */
const GROWTH = 2.5;
const P95_MS = 25;
/** How much longer a search in a few collections may take than one in all. */
const RESTRICTED = 2;

export interface SearchProbe {
  readonly stored: number;
  /** Milliseconds of each search in all the caller may read. */
  readonly all: readonly number[];
  /** In one collection of a few documents among them. */
  readonly restricted: readonly number[];
  /** Seconds until the product had done what it does after ingestion. */
  readonly rested: number;
  /** Of both, inside the process. */
  readonly inside: LegMeans;
}

/** Times searches over HTTP: in everything, and in one small collection beside it, in turn. */
export const probeSearches = async (scene: Scene, stored: number, small: string): Promise<SearchProbe> => {
  const probe = { stored, all: [] as number[], restricted: [] as number[] };
  const rested = await untilIdle(scene.product.pid);
  const before = await readLegs(scene);
  for (let round = 0; round <= ROUNDS; round++) {
    for (let number = 0; number < QUESTIONS; number++) {
      // Another question each time, so that no cache knows it.
      const question = scene.corpus.question(stored + round * QUESTIONS + number);
      const all = await timed(() => scene.api.search(question));
      const restricted = await timed(() => scene.api.search(question, small));
      // The first round warms up: the product may still be reading what was stored just now.
      if (round > 0) {
        probe.all.push(all);
        probe.restricted.push(restricted);
      }
    }
  }
  return { ...probe, rested, inside: await meanLegs(scene, before) };
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

/** What searching costs as chunks grow, against itself with fewer, in the same run. */
export const searchGrowthSection = (probes: readonly SearchProbe[]): Section => {
  const last = probes.at(-1);
  return {
    title: `Search as chunks grow (POST /search, ${QUESTIONS * ROUNDS} questions each, builtin embedder)`,
    rows: [...probes.map((probe, at) => rowOf(probe, probes[at - 1])), ...(last ? atTheEnd(last) : [])],
    notes: probes.map(
      ({ stored, rested, inside }) =>
        `with ${stored} chunks, inside, mean of both: ${milliseconds(inside.total)} (${tellLegs(inside)}), ${rested.toFixed(1)} s after ingestion`,
    ),
  };
};

const rowOf = ({ stored, all }: SearchProbe, former: SearchProbe | undefined): Row => {
  const p50 = percentile(all, 0.5);
  const row = { name: `p50 with ${stored.toLocaleString('en')} chunks`, ours: milliseconds(p50) };
  if (!former) return row;
  const baseline = percentile(former.all, 0.5);
  const ratio = p50 / baseline;
  return {
    ...row,
    baseline: milliseconds(baseline),
    ratio,
    goal: { text: `at most ${GROWTH} for ten times as many`, isMet: ratio <= GROWTH },
  };
};

const atTheEnd = ({ stored, all, restricted }: SearchProbe): Row[] => {
  const p95 = percentile(all, 0.95);
  const [some, every] = [percentile(restricted, 0.5), percentile(all, 0.5)];
  return [
    {
      name: `p95 with ${stored.toLocaleString('en')} chunks`,
      ours: milliseconds(p95),
      goal: { text: `at most ${P95_MS} ms`, isMet: p95 <= P95_MS },
    },
    {
      name: 'p50 in one small collection / in all',
      ours: milliseconds(some),
      baseline: milliseconds(every),
      ratio: some / every,
      goal: { text: `at most ${RESTRICTED}`, isMet: some / every <= RESTRICTED },
    },
  ];
};
