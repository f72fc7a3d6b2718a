import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { concatMap, type Observable } from 'rxjs';

import { Idempotent, RequestContext } from '#libs/http';

import type { MessageView } from '../message/message.view';
import { MessagesService } from '../message/messages.service';

/** Of an answer only its id is kept for a replay: its text would outlive the documents it quotes. */
export const IdempotentAnswer = (): MethodDecorator =>
  Idempotent({ remember: (answer) => ({ id: (answer as MessageView).id }) });

/** Answers a repeated question with the message as its reader may see it now, not with what was sent then. */
@Injectable()
export class AnswerReplayInterceptor implements NestInterceptor {
  constructor(
    private readonly messages: MessagesService,
    private readonly context: RequestContext,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<MessageView>): Observable<MessageView> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      concatMap(async (answer) => {
        if (!reply.hasHeader('Idempotency-Replayed')) return answer;
        return this.messages.get(this.context.requirePrincipal(), answer.id);
      }),
    );
  }
}
