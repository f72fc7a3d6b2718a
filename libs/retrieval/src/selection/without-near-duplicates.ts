import { fingerprintDistance } from '#libs/ingestion';
import { tokenize } from '#libs/text';

import type { LivePassage } from '../search/live-passages';
import type { Loss, Selection } from './selection';

/** Of 64 bits: a word more or less in a short passage changes so many. What differs is looked at word by word after that. */
const MAX_DISTANCE = 10;
/** Words in which two passages may differ and yet say the same. */
const MAX_DIFFERENT_WORDS = 6;
/** A number, a name, or what turns a sentence round: whoever reads one version must see the other. */
const MATTERS =
  /\d|^\p{Lu}|^(?:ne|n|pas|non|sans|sauf|jamais|aucune?|ni|not|no|non|never|without|except|unless|nor|cannot|t)$/u;

const wordsOf = (text: string): Set<string> => new Set(tokenize(text).map(({ start, end }) => text.slice(start, end)));

const saysTheSame = (one: LivePassage, other: LivePassage): boolean => {
  const [words, others] = [wordsOf(one.text), wordsOf(other.text)];
  const different = [
    ...[...words].filter((word) => !others.has(word)),
    ...[...others].filter((word) => !words.has(word)),
  ];
  return different.length <= MAX_DIFFERENT_WORDS && !different.some((word) => MATTERS.test(word));
};

const isNear = (one: LivePassage, other: LivePassage): boolean =>
  one.fingerprint !== null &&
  other.fingerprint !== null &&
  fingerprintDistance(BigInt(one.fingerprint), BigInt(other.fingerprint)) <= MAX_DISTANCE &&
  saysTheSame(one, other);

/**
 * Drops each passage that differs from one before it in little: another edition of a page, with a typing error mended.
 * Passages that differ in a number, a name or a negation stay, however alike they look.
 */
export const withoutNearDuplicates = (passages: readonly LivePassage[]): Selection => {
  const kept: LivePassage[] = [];
  const losses: Loss[] = [];
  for (const passage of passages) {
    const twin = kept.find((earlier) => isNear(earlier, passage));
    if (twin) losses.push({ key: passage.key, stage: 'near_duplicate', to: twin.key });
    else kept.push(passage);
  }
  return { kept, losses };
};
