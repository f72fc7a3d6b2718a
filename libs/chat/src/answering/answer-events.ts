import type { MessageView } from '../message/message.view';
import type { StoredSource } from '../message/stored-source';
import type { Citation } from './citations/evidence';

/** A retrieved passage; its text only while the answer is in memory, because it is not stored. */
type AnnouncedSource = StoredSource & { readonly text?: string };

/** Names the question, the answer that is being written and their conversation. */
export interface AnswerIds {
  readonly id: string;
  readonly conversationId: string;
  /** The question: the parent of the answer. */
  readonly parentId: string;
}

/**
 * What happens while an answer is written, in this order: `message`, `sources`, `token` ..., `citations`, `done`; or `error`.
 * `done` is the authority: its `content` may differ from the tokens by markers that were repaired or removed, and replaces them
 * whole when the model failed on the way and the extractive answer took its place.
 */
export type AnswerEvent =
  | { readonly type: 'message'; readonly data: AnswerIds }
  | { readonly type: 'sources'; readonly data: { readonly sources: readonly AnnouncedSource[] } }
  | { readonly type: 'token'; readonly data: { readonly text: string } }
  | { readonly type: 'citations'; readonly data: { readonly citations: readonly Citation[] } }
  | { readonly type: 'done'; readonly data: MessageView }
  | { readonly type: 'error'; readonly error: unknown };

/** An event with its place in the answer, from 1: what a client sends back as `Last-Event-ID`. */
export interface NumberedEvent {
  readonly id: number;
  readonly event: AnswerEvent;
}
