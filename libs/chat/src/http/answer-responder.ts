import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { openEventStream, RequestContext, toProblem } from '#libs/http';

import type { AnswerEvent, NumberedEvent } from '../answering/answer-events';
import type { AnswerRun } from '../answering/answer-run';
import type { MessageView } from '../message/message.view';

const wantsEvents = ({ headers: { accept = '' } }: FastifyRequest): boolean => accept.includes('text/event-stream');

/** Hands an answer over HTTP: as JSON when it is done, or as server-sent events while it is written. */
@Injectable()
export class AnswerResponder {
  constructor(private readonly context: RequestContext) {}

  /**
   * @returns the finished answer, also after it was streamed: an idempotent retry is answered with it
   * @throws what the answer failed with
   */
  async respond(run: AnswerRun, request: FastifyRequest, reply: FastifyReply): Promise<MessageView> {
    // Who sends a key will ask again with it, and wants the whole answer then.
    if (request.headers['idempotency-key'] !== undefined) run.keep();
    if (!wantsEvents(request)) reply.raw.once('close', run.awaited());
    else await this.stream((gone) => run.events(0, gone), request, reply);
    return run.finished;
  }

  /** Streams events until they end or the client leaves. `open` fails before the first byte is sent. */
  async stream(
    open: (gone: AbortSignal) => AsyncIterable<NumberedEvent> | Promise<AsyncIterable<NumberedEvent>>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const gone = new AbortController();
    const events = await open(gone.signal);
    const stream = openEventStream(reply, request);
    stream.closed.addEventListener('abort', () => gone.abort());
    if (stream.closed.aborted) gone.abort();
    try {
      for await (const { id, event } of events) await stream.send(id, event.type, this.dataOf(event, request));
    } finally {
      stream.end();
    }
  }

  private dataOf(event: AnswerEvent, { url }: FastifyRequest): unknown {
    if (event.type !== 'error') return event.data;
    const { locale, requestId } = this.context;
    return toProblem(event.error, locale, url.split('?', 1)[0] ?? url, requestId);
  }
}
