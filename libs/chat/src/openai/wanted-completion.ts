import type { FastifyRequest } from 'fastify';

import type { ChatCompletionDto } from './chat-completion.dto';
import type { Completed } from './chat-completion.view';

/** In which form a completion is wanted. */
export interface WantedCompletion extends Completed {
  readonly isStreamed: boolean;
  readonly includeUsage: boolean;
  /**
   * As a conversation: on demand, and for a request that may be repeated, which is answered with what its reader may see of
   * the first answer by then.
   */
  readonly isKept: boolean;
}

/** Read from the body as it came: a repeated request is answered before its body is read any other way. */
export const wantedOf = ({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>): WantedCompletion => {
  const { model = '', stream, stream_options: options, store, ...rest } = (body ?? {}) as Partial<ChatCompletionDto>;
  return {
    model,
    maxTokens: rest.max_completion_tokens ?? rest.max_tokens ?? undefined,
    isStreamed: stream === true,
    includeUsage: options?.include_usage === true,
    isKept: store === true || headers['idempotency-key'] !== undefined,
  };
};
