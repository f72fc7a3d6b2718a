import type { LivePassage } from '../search/live-passages';
import type { Selection } from './selection';

/** With fewer places a second document would take the place of the answer. */
const FEWEST_PLACES = 3;

/**
 * Leaves the order as it is but for the last place: when one document would take all places and another one was found,
 * the best passage of another one has the last. Deterministic.
 *
 * Nothing stronger (MMR, a lower score for each further passage of a document): in long documents the neighbours of the best
 * passage are the likeliest to hold the answer.
 */
export const withDiversity =
  (limit: number) =>
  (passages: readonly LivePassage[]): Selection => {
    const last = limit - 1;
    const [best] = passages;
    const isElsewhere = ({ documentId }: LivePassage): boolean => documentId !== best?.documentId;
    const other = passages.find(isElsewhere);
    const isFilledByOne = passages.length > limit && !passages.slice(0, limit).some(isElsewhere);
    if (limit < FEWEST_PLACES || !other || !isFilledByOne) return { kept: passages, losses: [] };
    const ousted = passages[last];
    const rest = passages.filter((passage) => passage !== other && passage !== ousted);
    return {
      kept: [...rest.slice(0, last), other, ...rest.slice(last)],
      losses: ousted ? [{ key: ousted.key, stage: 'diversity', to: other.key }] : [],
    };
  };
