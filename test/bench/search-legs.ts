import { milliseconds } from './measure';
import type { Scene } from './scene';

const RETRIEVAL = 'retrieval_duration_seconds';
const TOTAL = 'leg="total"';
const LEGS = ['dense', 'lexical', 'join'];

type Legs = ReadonlyMap<string, { readonly sum: number; readonly count: number }>;

/** Milliseconds a search took inside the process, in all and by leg; legs overlap. */
export interface LegMeans {
  readonly total: number;
  readonly legs: ReadonlyMap<string, number>;
}

/** What the product counted of its searches so far. */
export const readLegs = async ({ api }: Scene): Promise<Legs> =>
  new Map(
    await Promise.all(
      ['total', ...LEGS].map(
        async (leg) => [leg, await api.histogram(RETRIEVAL, leg === 'total' ? TOTAL : `leg="${leg}"`)] as const,
      ),
    ),
  );

/** Means since `before`. */
export const meanLegs = async (scene: Scene, before: Legs): Promise<LegMeans> => {
  const legs = new Map<string, number>();
  for (const [leg, { sum, count }] of await readLegs(scene)) {
    const past = before.get(leg) ?? { sum: 0, count: 0 };
    legs.set(leg, (1_000 * (sum - past.sum)) / Math.max(1, count - past.count));
  }
  return { total: legs.get('total') ?? Number.NaN, legs };
};

export const tellLegs = ({ legs }: LegMeans): string =>
  LEGS.map((leg) => `${leg} ${milliseconds(legs.get(leg) ?? 0)}`).join(', ');
