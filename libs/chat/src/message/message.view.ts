import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { SOURCE_STATES, type SourceState } from '#libs/ingestion';

import { FEEDBACK_REASONS, MESSAGE_ROLES, MESSAGE_STATUSES, RATINGS, type MessageEntity } from './message.entity';

const DOCUMENT_ID = 'b1f0c1de-4d1c-4a9e-9d58-4f5a3f0a7c11';
const CHUNK_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** The place of a passage in its document. */
abstract class PassageView {
  @ApiProperty({ example: 1, description: 'The number the answer cites it by.' })
  readonly marker!: number;

  @ApiProperty({ format: 'uuid', example: DOCUMENT_ID })
  readonly documentId!: string;

  @ApiProperty({ format: 'uuid', example: CHUNK_ID })
  readonly chunkId!: string;

  @ApiProperty({ example: 'Accord sur le temps de travail' })
  readonly title!: string;

  @ApiPropertyOptional({ type: Number, example: 3 })
  readonly page?: number | undefined;

  @ApiProperty({ example: 1200, description: 'Offset into the extracted text of the document, UTF-16 units.' })
  readonly start!: number;

  @ApiProperty({ example: 1250, description: 'End of the passage, exclusive.' })
  readonly end!: number;
}

export class SourceView extends PassageView {
  @ApiPropertyOptional({ type: String, example: 'Congés annuels' })
  readonly heading?: string | undefined;

  @ApiProperty({ example: 0.83, description: 'How well it was found; 0 for one that only stands beside another.' })
  readonly score!: number;

  @ApiPropertyOptional({
    format: 'uuid',
    example: CHUNK_ID,
    description: 'The passage directly before or after which it stands; absent for one that was found itself.',
  })
  readonly neighbourOf?: string;
}

export class CitationView extends PassageView {
  @ApiProperty({
    example: 'Les congés annuels sont de 25 jours ouvrés par an.',
    description: 'The text of the document at `start..end`, to the letter.',
  })
  readonly quote!: string;

  @ApiProperty({ example: 0.94, minimum: 0, maximum: 1, description: 'How well the quote carries the statement.' })
  readonly support!: number;

  @ApiProperty({
    enum: SOURCE_STATES,
    example: 'current',
    description:
      '`current`: the document says so; `changed`: it says something else by now; `withdrawn`: it was deleted. The quote is what it said then.',
  })
  readonly source!: SourceState;
}

/** A stretch of a text, UTF-16 units, end exclusive. */
export class SpanView {
  @ApiProperty({ example: 58 })
  readonly start!: number;

  @ApiProperty({ example: 97 })
  readonly end!: number;
}

export class HighlightView extends SpanView {
  @ApiProperty({ example: 1, description: 'Of the source it stands in.' })
  readonly marker!: number;
}

export class UsageView {
  @ApiProperty({ example: 1830 })
  readonly promptTokens!: number;

  @ApiProperty({ example: 42 })
  readonly completionTokens!: number;
}

export class ContextUsedView {
  @ApiProperty({ example: 1830, description: 'Tokens of the prompt; estimated where the model server does not tell.' })
  readonly promptTokens!: number;

  @ApiProperty({ example: 8192, description: 'Tokens the model reads and writes at most.' })
  readonly windowTokens!: number;
}

export class DroppedView {
  @ApiProperty({ type: [Number], example: [7, 8], description: 'Markers of the sources the model did not read.' })
  readonly sources!: readonly number[];

  @ApiProperty({ example: 2, description: 'Earlier questions and answers that left no trace in the prompt.' })
  readonly turns!: number;
}

export class TimingsView {
  @ApiProperty({ example: 12 })
  readonly retrievalMs!: number;

  @ApiProperty({ example: 310, nullable: true, type: Number })
  readonly firstTokenMs!: number | null;

  @ApiProperty({ example: 1450 })
  readonly totalMs!: number;
}

export class FeedbackView {
  @ApiProperty({ enum: RATINGS, example: 'up' })
  readonly rating!: (typeof RATINGS)[number];

  @ApiProperty({ enum: FEEDBACK_REASONS, isArray: true, example: ['well_sourced'] })
  readonly reasons!: readonly (typeof FEEDBACK_REASONS)[number][];

  @ApiPropertyOptional({ type: String, example: 'Réponse exacte.' })
  readonly comment?: string | undefined;
}

/** A question or an answer. */
export class MessageView {
  @ApiProperty({ format: 'uuid', example: '5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0a4f2a0e-6df4-4f43-8a55-5d5b4d7d9a01' })
  readonly conversationId!: string;

  @ApiProperty({ format: 'uuid', type: String, nullable: true, example: '2f1a7c9d-0a1c-4e1f-8f53-3a1b6e0c7d22' })
  readonly parentId!: string | null;

  @ApiProperty({ enum: MESSAGE_ROLES, example: 'assistant' })
  readonly role!: (typeof MESSAGE_ROLES)[number];

  @ApiProperty({ enum: MESSAGE_STATUSES, example: 'complete' })
  readonly status!: (typeof MESSAGE_STATUSES)[number];

  @ApiProperty({ example: 'Vous avez 25 jours ouvrés de congés annuels [1].' })
  readonly content!: string;

  @ApiProperty({ type: [CitationView], description: 'The n-th entry proves the n-th marker of `content`.' })
  readonly citations!: readonly CitationView[];

  @ApiProperty({ type: [SourceView], description: 'What was retrieved; source n is cited as `[n]`.' })
  readonly sources!: readonly SourceView[];

  @ApiProperty({
    example: true,
    description: 'Whether a quote of the caller’s documents proves at least one statement.',
  })
  readonly grounded!: boolean;

  @ApiProperty({
    type: [SpanView],
    description: 'Statements of `content` that no source proves, as offsets into it, in their order.',
  })
  readonly unsupported!: readonly SpanView[];

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 1,
    example: 0.82,
    description: 'How likely the sources answer the question, whoever wrote the answer. Null for questions.',
  })
  readonly confidence!: number | null;

  @ApiProperty({
    type: [HighlightView],
    description:
      'The sentences of the sources that come nearest to an answer, best first, also where none is given; offsets into the extracted text of the document.',
  })
  readonly highlights!: readonly HighlightView[];

  @ApiProperty({ type: String, nullable: true, example: 'ollama' })
  readonly provider!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'mistral' })
  readonly model!: string | null;

  @ApiProperty({ type: UsageView, nullable: true })
  readonly usage!: UsageView | null;

  @ApiPropertyOptional({ type: ContextUsedView, description: 'Absent where no model read a prompt.' })
  readonly contextUsed?: ContextUsedView;

  @ApiPropertyOptional({ type: DroppedView, description: 'What the window of the model had no room for.' })
  readonly dropped?: DroppedView;

  @ApiProperty({ type: TimingsView, nullable: true })
  readonly timings!: TimingsView | null;

  @ApiPropertyOptional({
    example: 'llm.timeout',
    description: 'Why the answer is less than it could have been: reason codes, separated by commas.',
  })
  readonly degraded?: string;

  @ApiPropertyOptional({
    example: true,
    description: 'The model wrote it for the very same prompt before; it used no tokens now.',
  })
  readonly reused?: boolean;

  @ApiPropertyOptional({ example: 'chat.answer_interrupted', description: 'Code of the problem of a failed answer.' })
  readonly failureCode?: string;

  @ApiPropertyOptional({ type: FeedbackView })
  readonly feedback?: FeedbackView;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    example: ['5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10'],
    description:
      'The messages that follow the same one, this one included, oldest first: where there are several, each begins a branch. In lists only.',
  })
  readonly siblingIds?: readonly string[];

  @ApiPropertyOptional({
    example: true,
    description: 'The answer rested on documents the caller may no longer read; its text and citations are left out.',
  })
  readonly withheld?: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-02-03T09:14:07.120Z' })
  readonly createdAt!: string;
}

/** Null columns are left out of the optional fields. */
const present = <T>(value: T | null): T | undefined => value ?? undefined;

const optionalFields = ({
  contextUsed,
  dropped,
  degraded,
  failureCode,
  feedback,
  siblingIds,
  isWithheld,
  reused,
}: MessageEntity): Partial<MessageView> =>
  JSON.parse(
    JSON.stringify({
      contextUsed: present(contextUsed),
      dropped: present(dropped),
      degraded: present(degraded),
      failureCode: present(failureCode),
      feedback: feedback && { ...feedback, reasons: feedback.reasons ?? [] },
      siblingIds,
      reused: reused || undefined,
      withheld: isWithheld,
    }),
  ) as Partial<MessageView>;

export const toMessageView = (message: MessageEntity): MessageView => ({
  id: message.id,
  conversationId: message.conversationId,
  parentId: message.parentId,
  role: message.role,
  status: message.status,
  content: message.content,
  citations: message.citations.map((citation, place) => ({
    ...citation,
    source: message.sourceStates?.[place] ?? 'current',
  })),
  sources: message.sources,
  grounded: message.grounded === true,
  unsupported: message.unsupported,
  confidence: message.confidence,
  // Of a document that was erased, or that its reader may no longer see, no place is told either.
  highlights: message.highlights.filter(({ marker }) => message.sources.some((source) => source.marker === marker)),
  provider: message.provider,
  model: message.model,
  usage: message.usage,
  timings: message.timings,
  ...optionalFields(message),
  createdAt: message.createdAt.toISOString(),
});
