import type { FindingKind } from './screening-result';

/** A suspicious place in one piece of text, before it is weighed against its neighbours. */
export interface Passage {
  readonly kind: FindingKind;
  /** UTF-16 code units into the piece. */
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  /** A text about attacks quotes it: however many of these there are, they count as one. */
  readonly isMention: boolean;
}
