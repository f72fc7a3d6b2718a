import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';
import type { SourceState } from '#libs/ingestion';
import type { ChatUsage, Highlight } from '#libs/llm';
import type { Span } from '#libs/text';

import type { Citation } from '../answering/citations/evidence';
import type { ContextUsed, Dropped } from '../answering/prompt/model-request';
import type { StoredSource } from './stored-source';

export const MESSAGE_ROLES = ['user', 'assistant'] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];

/** An answer is `writing` until it is `complete`, `stopped` by its reader, or `failed` with a reason. */
export const MESSAGE_STATUSES = ['writing', 'complete', 'stopped', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Milliseconds since the question arrived. */
export interface AnswerTimings {
  readonly retrievalMs: number;
  /** Null when the answer was over before its first token. */
  readonly firstTokenMs: number | null;
  readonly totalMs: number;
}

export const RATINGS = ['up', 'down'] as const;
export type Rating = (typeof RATINGS)[number];

/** What is good or bad about an answer, for those who mend it. */
export const FEEDBACK_REASONS = [
  ...(['accurate', 'complete', 'well_sourced'] as const),
  ...(['incorrect', 'incomplete', 'wrong_source', 'document_missed', 'outdated', 'off_topic', 'unclear'] as const),
  'other',
] as const;
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number];

export interface Feedback {
  readonly rating: Rating;
  readonly reasons?: readonly FeedbackReason[] | undefined;
  readonly comment?: string | undefined;
}

/** A question or an answer. Messages form a tree: an answer's parent is its question, a question's parent the answer it follows. */
@Entity('message')
export class MessageEntity extends BaseEntity {
  @Column('uuid')
  conversationId!: string;

  @Column('uuid', { nullable: true })
  parentId!: string | null;

  @Column('text')
  role!: MessageRole;

  @Column('text')
  status!: MessageStatus;

  @Column('text')
  content!: string;

  /** Without their text: what a deleted document said must not live on here. */
  @Column('jsonb', { default: [] })
  sources!: readonly StoredSource[];

  @Column('jsonb', { default: [] })
  citations!: readonly Citation[];

  @Column('boolean', { nullable: true })
  grounded!: boolean | null;

  /** Statements of the content that no source proves, as offsets into it. */
  @Column('jsonb', { default: [] })
  unsupported!: readonly Span[];

  /** 0..1: how likely the sources answer the question; null for questions and older answers. */
  @Column('real', { nullable: true })
  confidence!: number | null;

  /** The sentences of the sources that answer best, as offsets into their documents. */
  @Column('jsonb', { default: [] })
  highlights!: readonly Highlight[];

  @Column('text', { nullable: true })
  provider!: string | null;

  @Column('text', { nullable: true })
  model!: string | null;

  @Column('jsonb', { nullable: true })
  usage!: ChatUsage | null;

  /** Null where no model read a prompt. */
  @Column('jsonb', { nullable: true })
  contextUsed!: ContextUsed | null;

  @Column('jsonb', { nullable: true })
  dropped!: Dropped | null;

  @Column('jsonb', { nullable: true })
  timings!: AnswerTimings | null;

  /** Whether the model wrote it for the very same prompt before. */
  @Column('boolean', { default: false })
  reused!: boolean;

  /** Reason codes, separated by commas, when the answer is less than it could have been. */
  @Column('text', { nullable: true })
  degraded!: string | null;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  /** When its text went with a document that was erased. */
  @Column('timestamptz', { nullable: true })
  erasedAt!: Date | null;

  /** Set where it is read: rows of a table of their own. */
  feedback?: Feedback | undefined;

  /** Set where it is read: the messages that follow the same one, itself included, oldest first. */
  siblingIds?: readonly string[];

  /** Set where it is read, by `withhold`: its reader may no longer see what it rests on. */
  isWithheld?: boolean;

  /** Set where it is read: what became of what its citations quote, in their order. */
  sourceStates?: readonly SourceState[];
}
