import { Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, LongLived, type Principal } from '#libs/http';
import { ModelUnavailableError } from '#libs/llm';

import { EmbedTexts } from './embed-texts';
import { EmbeddingDto } from './embedding.dto';
import { EmbeddingListView } from './embedding.view';
import { goneOf } from './gone-of';
import { OpenAiBody } from './openai-body.decorator';
import { DimensionsFixedError, ModelNotFoundError, TokensNotSupportedError } from './openai.errors';
import { refuseTokens } from './refused-parameters';

/** What the strict pipe of other routes does not know. */
type Asked = Readonly<EmbeddingDto>;

@ApiTags('OpenAI-compatible')
@Controller('openai/v1/embeddings')
@Access('user', { scope: 'search' })
export class EmbeddingsController {
  constructor(private readonly texts: EmbedTexts) {}

  @Post()
  @HttpCode(200)
  @LongLived()
  @ApiOperation({ summary: 'Embed texts with the embedding model of the installation' })
  @ApiBody({ type: EmbeddingDto })
  @ApiOkResponse({ type: EmbeddingListView })
  @ApiProblems(ModelNotFoundError, DimensionsFixedError, TokensNotSupportedError, InvalidRequestError)
  @ApiProblems(ModelUnavailableError)
  embed(
    @CurrentUser() caller: Principal,
    @OpenAiBody(EmbeddingDto, refuseTokens) body: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EmbeddingListView> {
    return this.texts.execute(caller, body, goneOf(reply));
  }
}
