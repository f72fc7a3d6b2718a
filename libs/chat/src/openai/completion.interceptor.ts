import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';

import { RequestContext } from '#libs/http';

import type { MessageView } from '../message/message.view';
import { MessagesService } from '../message/messages.service';
import { toChatCompletion, type ChatCompletionView } from './chat-completion.view';
import { CompletionResponder } from './completion-responder';
import { wantedOf } from './wanted-completion';

/** Makes a completion of an answer; a repeated request gets the first answer as its reader may see it now. */
@Injectable()
export class CompletionInterceptor implements NestInterceptor<MessageView, ChatCompletionView | undefined> {
  constructor(
    private readonly messages: MessagesService,
    private readonly context: RequestContext,
    private readonly responder: CompletionResponder,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<MessageView>): Observable<ChatCompletionView | undefined> {
    const http = context.switchToHttp();
    const exchange = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()] as const;
    return next.handle().pipe(concatMap((message) => this.present(message, ...exchange)));
  }

  private async present(
    message: MessageView,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ChatCompletionView | undefined> {
    const wanted = wantedOf(request);
    if (!reply.hasHeader('Idempotency-Replayed')) return toChatCompletion(message, wanted);
    const again = await this.messages.get(this.context.requirePrincipal(), message.id);
    if (!wanted.isStreamed) return toChatCompletion(again, wanted);
    await this.responder.streamAgain(again, wanted, request, reply);
    return undefined;
  }
}
