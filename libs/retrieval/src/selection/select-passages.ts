import type { LivePassage } from '../search/live-passages';
import type { Loss, Selection, SelectionStep } from './selection';
import { withDiversity } from './with-diversity';
import { withoutNearDuplicates } from './without-near-duplicates';
import { withoutRepetitions } from './without-repetitions';

const inSteps = (passages: readonly LivePassage[], steps: readonly SelectionStep[]): Selection => {
  const losses: Loss[] = [];
  let kept = passages;
  for (const step of steps) {
    const selection = step(kept);
    ({ kept } = selection);
    losses.push(...selection.losses);
  }
  return { kept, losses };
};

/**
 * Candidates that each say something of their own, and what became of the rest.
 * @param keys of all candidates, best first
 * @param live the first of them that are there to be read, in the same order; what was not looked up is behind the last
 * @param wanted how many were looked for
 */
export const selectDistinct = (keys: readonly string[], live: readonly LivePassage[], wanted: number): Selection => {
  const { kept, losses } = inSteps(live, [withoutRepetitions, withoutNearDuplicates]);
  return { kept, losses: [...beforeSelection(keys, live, wanted), ...losses] };
};

/**
 * The hits among distinct candidates.
 * @param ordered best first, as a reranker sees them
 * @param before the same as the search saw them: who would have been a hit lost to the reranker
 */
export const selectBest = (
  ordered: readonly LivePassage[],
  before: readonly LivePassage[],
  limit: number,
): Selection => {
  const hitsBefore = new Set(before.slice(0, limit));
  const first: SelectionStep = (passages) => ({
    kept: passages.slice(0, limit),
    losses: passages
      .slice(limit)
      .map((passage) => ({ key: passage.key, stage: hitsBefore.has(passage) ? 'reranking' : 'limit' })),
  });
  return inSteps(ordered, [withDiversity(limit), first]);
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
