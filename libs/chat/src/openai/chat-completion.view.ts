import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { CitationView, SourceView, type MessageView } from '../message/message.view';
import { inSeconds } from './openai-model.view';

const FINISH_REASONS = ['stop', 'length'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

class CompletionMessageView {
  @ApiProperty({ enum: ['assistant'] })
  readonly role!: 'assistant';

  @ApiProperty({ example: 'Vous avez 25 jours ouvrés de congés annuels [1].' })
  readonly content!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  readonly refusal!: string | null;
}

class CompletionChoiceView {
  @ApiProperty({ type: 'integer', example: 0 })
  readonly index!: number;

  @ApiProperty({ type: CompletionMessageView })
  readonly message!: CompletionMessageView;

  @ApiProperty({ type: Object, nullable: true, example: null })
  readonly logprobs!: null;

  @ApiProperty({ enum: FINISH_REASONS, example: 'stop' })
  readonly finish_reason!: FinishReason;
}

export class CompletionUsageView {
  @ApiProperty({ type: 'integer', example: 1830 })
  readonly prompt_tokens!: number;

  @ApiProperty({ type: 'integer', example: 42 })
  readonly completion_tokens!: number;

  @ApiProperty({ type: 'integer', example: 1872 })
  readonly total_tokens!: number;
}

/** What proves an answer; beyond the contract of OpenAI. */
class CompletionProofView {
  @ApiProperty({ type: [CitationView], description: 'The n-th entry proves the n-th marker of the content.' })
  readonly citations!: readonly CitationView[];

  @ApiProperty({ type: [SourceView], description: 'What was retrieved; source n is cited as `[n]`.' })
  readonly sources!: readonly SourceView[];

  @ApiProperty({ example: true, description: 'Whether a quote proves at least one statement.' })
  readonly grounded!: boolean;

  @ApiPropertyOptional({ example: 'llm.timeout', description: 'Why the answer is less than it could have been.' })
  readonly degraded?: string;
}

export class ChatCompletionView extends CompletionProofView {
  @ApiProperty({ example: 'chatcmpl-5d0c4c3e-9a51-4d8e-8a29-0d1c2c1b8a10' })
  readonly id!: string;

  @ApiProperty({ enum: ['chat.completion'] })
  readonly object!: 'chat.completion';

  @ApiProperty({ type: 'integer', example: 1_767_225_600, description: 'Seconds since 1970.' })
  readonly created!: number;

  @ApiProperty({ example: 'myia' })
  readonly model!: string;

  @ApiProperty({ type: [CompletionChoiceView] })
  readonly choices!: readonly CompletionChoiceView[];

  @ApiProperty({ type: CompletionUsageView })
  readonly usage!: CompletionUsageView;
}

/** What the answer was asked for with and its message does not know. */
export interface Completed {
  readonly model: string;
  /** Longest answer that was asked for, in tokens. */
  readonly maxTokens?: number | undefined;
}

export const completionId = (messageId: string): string => `chatcmpl-${messageId}`;

export const usageOf = ({ usage }: Pick<MessageView, 'usage'>): CompletionUsageView => {
  const { promptTokens, completionTokens } = usage ?? { promptTokens: 0, completionTokens: 0 };
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
};

/** Models do not say why they ended; one that used up what it was given was cut. */
export const finishReasonOf = (
  { usage }: Pick<MessageView, 'usage'>,
  { maxTokens = Infinity }: Completed,
): FinishReason => ((usage?.completionTokens ?? 0) >= maxTokens ? 'length' : 'stop');

/** As plain fields, to be spread into whatever carries them. */
export type CompletionProof = Pick<CompletionProofView, keyof CompletionProofView>;

export const proofOf = ({ citations, sources, grounded, degraded }: MessageView): CompletionProof => ({
  citations,
  sources,
  grounded,
  ...(degraded !== undefined && { degraded }),
});

export const toChatCompletion = (message: MessageView, completed: Completed): ChatCompletionView => ({
  id: completionId(message.id),
  object: 'chat.completion',
  created: inSeconds(new Date(message.createdAt)),
  model: completed.model,
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: message.content, refusal: null },
      logprobs: null,
      finish_reason: finishReasonOf(message, completed),
    },
  ],
  usage: usageOf(message),
  ...proofOf(message),
});
