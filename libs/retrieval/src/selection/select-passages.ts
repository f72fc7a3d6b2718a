import type { LivePassage } from '../search/live-passages';
import type { Loss, Selection, SelectionStep } from './selection';
import { withoutRepetitions } from './without-repetitions';

/** So many of the best, and no more. */
const first =
  (limit: number): SelectionStep =>
  (passages) => ({
    kept: passages.slice(0, limit),
    losses: passages.slice(limit).map(({ key }) => ({ key, stage: 'limit' })),
  });

/**
 * From the candidates to the hits, and what became of the rest.
 * @param keys of all candidates, best first
 * @param live the first of them that are there to be read, in the same order; what was not looked up is behind the last
 * @param wanted how many were looked for
 */
export const selectPassages = (
  keys: readonly string[],
  live: readonly LivePassage[],
  wanted: number,
  limit: number,
): Selection => {
  const losses: Loss[] = [...beforeSelection(keys, live, wanted)];
  let kept = live;
  for (const step of [withoutRepetitions, first(limit)]) {
    const selection = step(kept);
    ({ kept } = selection);
    losses.push(...selection.losses);
  }
  return { kept, losses };
};

const beforeSelection = (keys: readonly string[], live: readonly LivePassage[], wanted: number): Loss[] => {
  const last = live.at(-1)?.key;
  const lookedUp = live.length < wanted || last === undefined ? keys.length : keys.indexOf(last) + 1;
  const there = new Set(live.map(({ key }) => key));
  return keys.flatMap((key, at): Loss[] => {
    if (there.has(key)) return [];
    return [{ key, stage: at < lookedUp ? 'stale' : 'limit' }];
  });
};
