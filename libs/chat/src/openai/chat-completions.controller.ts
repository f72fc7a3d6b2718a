import { Controller, HttpCode, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, LongLived, type Principal } from '#libs/http';

import { TooManyAnswersError } from '../chat.errors';
import { IdempotentAnswer } from '../http/answer-replay.interceptor';
import type { MessageView } from '../message/message.view';
import { ChatCompletionDto } from './chat-completion.dto';
import { ChatCompletionView } from './chat-completion.view';
import { CompleteChat } from './complete-chat';
import { CompletionResponder } from './completion-responder';
import { CompletionInterceptor } from './completion.interceptor';
import { OpenAiBody } from './openai-body.decorator';
import { ModelNotFoundError, UnsupportedParameterError } from './openai.errors';
import { refuseUnsupported } from './refused-parameters';
import { wantedOf } from './wanted-completion';

/** What the strict pipe of other routes does not know. */
type Asked = Readonly<ChatCompletionDto>;

const STREAM_EXAMPLE = [
  'data: {"id":"chatcmpl-5d0c4c3e-…","object":"chat.completion.chunk","created":1767225600,"model":"myia","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}',
  'data: {"id":"chatcmpl-5d0c4c3e-…","object":"chat.completion.chunk","created":1767225600,"model":"myia","choices":[{"index":0,"delta":{"content":"Vous avez 25 jours [1]."},"logprobs":null,"finish_reason":null}]}',
  'data: {"id":"chatcmpl-5d0c4c3e-…","object":"chat.completion.chunk","created":1767225600,"model":"myia","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"citations":[{"marker":1,"quote":"…"}],"sources":[],"grounded":true}',
  'data: [DONE]',
  '',
].join('\n\n');

@ApiTags('OpenAI-compatible')
@Controller('openai/v1/chat/completions')
@UseInterceptors(CompletionInterceptor)
@Access('user', { scope: 'chat' })
export class ChatCompletionsController {
  constructor(
    private readonly completions: CompleteChat,
    private readonly responder: CompletionResponder,
  ) {}

  @Post()
  @HttpCode(200)
  @LongLived()
  @IdempotentAnswer()
  @ApiOperation({
    summary: 'Answer from the documents, for clients of the OpenAI API',
    description:
      'The proof of the answer stands beside it in `citations`, `sources` and `grounded`; in a stream, in the chunk with the `finish_reason`. Nothing of what is said is stored, unless `store` or an `Idempotency-Key` asks for it; a client that goes away ends the writing.',
  })
  @ApiBody({ type: ChatCompletionDto })
  @ApiExtraModels(ChatCompletionView)
  @ApiOkResponse({
    description: 'The completion, or its chunks with `stream: true`.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ChatCompletionView) } },
      'text/event-stream': { schema: { type: 'string' }, example: STREAM_EXAMPLE },
    },
  })
  @ApiProblems(ModelNotFoundError, UnsupportedParameterError, InvalidRequestError, TooManyAnswersError)
  async complete(
    @CurrentUser() caller: Principal,
    @OpenAiBody(ChatCompletionDto, refuseUnsupported) body: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const wanted = wantedOf(request);
    const run = await this.completions.begin(caller, body, wanted.isKept);
    return this.responder.respond(run, wanted, request, reply);
  }
}
