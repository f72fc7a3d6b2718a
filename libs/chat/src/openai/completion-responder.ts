import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { openEventStream, RequestContext, toOpenAiError, toProblem } from '#libs/http';
import { Clock } from '#libs/kernel';

import type { AnswerEvent } from '../answering/answer-events';
import type { AnswerRun } from '../answering/answer-run';
import type { MessageView } from '../message/message.view';
import { CompletionChunks } from './completion-chunks';
import { goneOf } from './gone-of';
import { inSeconds } from './openai-model.view';
import type { WantedCompletion } from './wanted-completion';

/** What ends a stream of the OpenAI contract. */
const DONE = '[DONE]';

type Exchange = readonly [request: FastifyRequest, reply: FastifyReply];

const whenAborted = (signal: AbortSignal, act: () => void): void => {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
};

async function* eventsOf(run: AnswerRun, gone: AbortSignal): AsyncGenerator<AnswerEvent> {
  for await (const { event } of run.events(0, gone)) yield event;
}

/** An answer that was written before, as the events it would have had. */
const eventsAgain = ({ id, conversationId, content, ...message }: MessageView): AnswerEvent[] => [
  { type: 'message', data: { id, conversationId, parentId: message.parentId ?? '' } },
  { type: 'token', data: { text: content } },
  { type: 'done', data: { id, conversationId, content, ...message } },
];

/** Hands an answer over as the OpenAI contract has it. */
@Injectable()
export class CompletionResponder {
  constructor(
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /**
   * A client that goes away ends the writing of an answer that nobody else can read.
   * @returns the finished answer, also after it was streamed
   * @throws what the answer failed with
   */
  async respond(run: AnswerRun, wanted: WantedCompletion, ...exchange: Exchange): Promise<MessageView> {
    const gone = goneOf(exchange[1]);
    if (wanted.isKept) run.keep();
    else whenAborted(gone, () => void run.stop().catch(() => undefined));
    if (wanted.isStreamed) await this.stream(run.ids.id, eventsOf(run, gone), wanted, exchange);
    return run.finished;
  }

  /** Streams an answer that is known already. */
  async streamAgain(message: MessageView, wanted: WantedCompletion, ...exchange: Exchange): Promise<void> {
    await this.stream(message.id, eventsAgain(message), wanted, exchange);
  }

  private async stream(
    messageId: string,
    events: AsyncIterable<AnswerEvent> | Iterable<AnswerEvent>,
    wanted: WantedCompletion,
    [request, reply]: Exchange,
  ): Promise<void> {
    const chunks = new CompletionChunks(messageId, { ...wanted, created: inSeconds(this.clock.now()) });
    const stream = openEventStream(reply, request);
    try {
      for await (const event of events) {
        const sent = event.type === 'error' ? [this.errorOf(event.error, request)] : chunks.of(event);
        for (const each of sent) await stream.sendData(JSON.stringify(each));
      }
      await stream.sendData(DONE);
    } finally {
      stream.end();
    }
  }

  private errorOf(error: unknown, { url }: FastifyRequest): object {
    const { locale, requestId } = this.context;
    return toOpenAiError(toProblem(error, locale, url, requestId));
  }
}
