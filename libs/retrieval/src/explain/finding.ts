import { LOSS_STAGES, type RetrievalTrace } from '../trace/retrieval-trace';

/**
 * The first stage that lost a document, in their order. `none`: it is found. `no_right` and `undisclosed` are told to
 * administrators alone, for others what they may not read does not exist: the person may not read it; the administrator may not,
 * and where it stands would tell what it says. `not_retrieved`: neither leg brought a passage of it. Then the stages of the passages.
 */
export const EXPLAINED_STAGES = [
  ...(['not_ready', 'failed', 'quarantined', 'no_text', 'disabled'] as const),
  ...(['no_right', 'undisclosed', 'not_searched', 'not_retrieved'] as const),
  ...LOSS_STAGES,
  'none',
] as const;
export type ExplainedStage = (typeof EXPLAINED_STAGES)[number];

/** Places from 1; null where it was not found, however far one looked. */
export interface WouldBePosition {
  /** Among all candidates after fusion. */
  readonly fused: number | null;
  readonly lexical: number | null;
  readonly dense: number | null;
}

/** What became of one document in the search for a question. */
export interface Finding {
  readonly stage: ExplainedStage;
  /** Place of its best passage among those handed on, from 1; null when it was lost before. */
  readonly place: number | null;
  /** Of its best passage. */
  readonly position: WouldBePosition;
  /** Figures of the stage, for its texts. */
  readonly details: Readonly<Record<string, string | number | null>>;
  readonly trace: RetrievalTrace;
}
