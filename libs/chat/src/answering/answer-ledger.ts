import type { ChatUsage, Highlight } from '#libs/llm';
import type { RetrievalTrace } from '#libs/retrieval';
import type { Span } from '#libs/text';

import type { AnswerTimings } from '../message/message.entity';
import type { MessageView } from '../message/message.view';
import type { StoredSource } from '../message/stored-source';
import type { Citation } from './citations/evidence';
import type { ContextUsed, Dropped } from './prompt/model-request';

/** Everything an answer is, once written. */
export interface FinishedAnswer {
  readonly status: 'complete' | 'stopped';
  readonly content: string;
  readonly citations: readonly Citation[];
  readonly sources: readonly StoredSource[];
  readonly grounded: boolean;
  /** Statements of `content` that no source proves. */
  readonly unsupported: readonly Span[];
  /** 0..1: how likely the sources answer the question. */
  readonly confidence: number;
  /** Offsets into the documents; best first. */
  readonly highlights: readonly Highlight[];
  readonly provider: string;
  readonly model: string;
  readonly usage: ChatUsage;
  /** Written by the model for the very same prompt before. */
  readonly reused: boolean;
  /** Null where no model read a prompt. */
  readonly contextUsed: ContextUsed | null;
  readonly dropped: Dropped | null;
  readonly timings: AnswerTimings;
  readonly degraded: string | null;
  /** What its search went through. */
  readonly trace?: RetrievalTrace | undefined;
}

/** Port: keeps answers. An answer leaves `writing` exactly once. */
export abstract class AnswerLedger {
  /**
   * Stores an answer together with the look at which of its passages still exist: a document that was deleted meanwhile is
   * not cited, and one that is deleted later waits for this to be stored.
   * @param decide makes the answer from the chunks that are still there; pure, called inside the transaction
   * @throws MessageNotFoundError when the conversation was deleted meanwhile
   */
  abstract finish(
    messageId: string,
    chunkIds: readonly string[],
    decide: (liveChunkIds: ReadonlySet<string>) => FinishedAnswer,
  ): Promise<MessageView>;

  /** Marks an answer as failed. @param code code of the problem */
  abstract fail(messageId: string, code: string): Promise<void>;
}
