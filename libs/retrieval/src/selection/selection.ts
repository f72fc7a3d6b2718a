import type { LivePassage } from '../search/live-passages';
import type { LossStage } from '../trace/retrieval-trace';

/** A passage that goes no further. */
export interface Loss {
  readonly key: string;
  readonly stage: LossStage;
  /** Key of the passage that stands in its place. */
  readonly to?: string | undefined;
}

/** What is left of the candidates, best first, and what became of the others. */
export interface Selection {
  readonly kept: readonly LivePassage[];
  readonly losses: readonly Loss[];
}

/** One step from many candidates to few hits. */
export type SelectionStep = (passages: readonly LivePassage[]) => Selection;
