import type { Passage } from './passage';

/** Characters within which passages belong together: an attack is a paragraph or two, and a long manual is no worse than a short one. */
const TOGETHER = 1_000;

/** Probabilities of independent signs: each leaves its part of the doubt that is left. */
const combine = (weights: Iterable<number>): number => {
  let doubt = 1;
  for (const weight of weights) doubt *= 1 - weight;
  return 1 - doubt;
};

const signOf = ({ kind, isMention }: Passage): string => (isMention ? 'mention' : kind);

const scoreFrom = (passages: readonly Passage[], first: number): number => {
  const start = passages[first]?.start ?? 0;
  const heaviest = new Map<string, number>();
  for (let index = first; index < passages.length; index += 1) {
    const passage = passages[index];
    if (!passage || passage.start > start + TOGETHER) break;
    const sign = signOf(passage);
    heaviest.set(sign, Math.max(heaviest.get(sign) ?? 0, passage.weight));
  }
  return combine(heaviest.values());
};

/**
 * The worst place of a text. Each kind of sign counts once there, by its heaviest passage.
 *
 * @param passages in the order of the text
 */
export const scorePassages = (passages: readonly Passage[]): number =>
  passages.reduce((worst, _, index) => Math.max(worst, scoreFrom(passages, index)), 0);
