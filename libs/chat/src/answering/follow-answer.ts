import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { NotAnAnswerError } from '../chat.errors';
import { AbandonedAnswers } from '../message/abandoned-answers';
import type { MessageEntity } from '../message/message.entity';
import { toMessageView } from '../message/message.view';
import { MessagesRepository } from '../message/messages.repository';
import type { AnswerEvent, NumberedEvent } from './answer-events';
import { AnswerRuns } from './answer-runs';

/** Milliseconds between two looks at an answer that another process writes. */
const LOOK_AGAIN_MS = 500;

/** Use case: the events of an answer, from wherever the reader lost them. */
@Injectable()
export class FollowAnswer {
  constructor(
    private readonly runs: AnswerRuns,
    private readonly messages: MessagesRepository,
    private readonly abandoned: AbandonedAnswers,
  ) {}

  /**
   * Events after `afterId`: live, or made from the stored answer when it is over for long or written by another process. Then a
   * reader that has a part already gets `citations` and `done`, which holds the whole.
   * @param gone aborted when the reader leaves
   * @throws ResourceNotFoundError, NotAnAnswerError
   */
  async execute(
    principal: Principal,
    messageId: string,
    afterId: number,
    gone: AbortSignal,
  ): Promise<AsyncIterable<NumberedEvent>> {
    const message = await this.messages.getOwn(principal, messageId);
    if (message.role !== 'assistant') throw new NotAnAnswerError(messageId);
    const run = message.isWithheld ? undefined : this.runs.find(messageId);
    return run?.events(afterId, gone) ?? this.stored(principal, message, afterId, gone);
  }

  private async *stored(
    principal: Principal,
    message: MessageEntity,
    afterId: number,
    gone: AbortSignal,
  ): AsyncGenerator<NumberedEvent> {
    let current = message;
    while (current.status === 'writing' && !gone.aborted) {
      await sleep(LOOK_AGAIN_MS, undefined, { signal: gone }).catch(() => undefined);
      await this.abandoned.markFailed(current.conversationId);
      current = await this.messages.getOwn(principal, message.id);
    }
    const events = afterId > 0 ? endOf(current) : [...beginningOf(current), ...endOf(current)];
    for (const [place, event] of events.entries()) yield { id: afterId + place + 1, event };
  }
}

const beginningOf = ({ id, conversationId, parentId, sources, content }: MessageEntity): AnswerEvent[] => [
  { type: 'message', data: { id, conversationId, parentId: parentId ?? '' } },
  { type: 'sources', data: { sources } },
  ...(content === '' ? [] : [{ type: 'token' as const, data: { text: content } }]),
];

const endOf = (message: MessageEntity): AnswerEvent[] => [
  { type: 'citations', data: { citations: message.citations } },
  { type: 'done', data: toMessageView(message) },
];
