import type { LivePassage } from '../search/live-passages';
import type { Loss, Selection } from './selection';

const essence = (text: string): string => text.replace(/\s+/gu, ' ').trim().toLowerCase();

/**
 * Drops each passage that says the very same as one before it: the second copy of a file tells nobody anything new. Passages
 * that differ in a number or a name stay, however alike they look: two versions of a rule must both be seen.
 */
export const withoutRepetitions = (passages: readonly LivePassage[]): Selection => {
  const said = new Map<string, string>();
  const losses: Loss[] = [];
  const kept = passages.filter(({ key, text }) => {
    const words = essence(text);
    const to = said.get(words);
    if (to === undefined) said.set(words, key);
    else losses.push({ key, stage: 'repetition', to });
    return to === undefined;
  });
  return { kept, losses };
};
