import type { Principal } from '#libs/http';
import type { Locale } from '#libs/kernel';
import type { ChatStyle } from '#libs/llm';

import type { Profile } from '../profile/profile';
import type { AnswerTuning } from '../tuning/answer-tuning';
import type { PastTurn } from './prompt/history';

/** What is to be answered. */
export interface AnswerTask {
  readonly principal: Principal;
  readonly question: string;
  /** The branch so far, oldest first. */
  readonly history: readonly PastTurn[];
  /** All the caller may read when undefined. */
  readonly collectionIds: readonly string[] | undefined;
  /** Language of the answer. */
  readonly locale: Locale;
  /** How an assistant wants it; none when undefined. */
  readonly manner?: AnswerManner | undefined;
  /** What the person said of himself, for an assistant that takes it into account. */
  readonly profile?: Profile | undefined;
  /** Whether what the model wrote to the very same prompt before will do. */
  readonly reuses?: boolean | undefined;
  /** Reason code when the assistant of the conversation is not to be had. */
  readonly degraded?: string | undefined;
  /** Tried in place of what is set for the collection that answers. */
  readonly tuning?: AnswerTuning | undefined;
}

/** What an assistant adds to the writing of an answer. */
export interface AnswerManner {
  readonly instructions: string;
  readonly style: ChatStyle;
  /** Which model is to answer, as `provider:model`. */
  readonly model?: string | undefined;
}
