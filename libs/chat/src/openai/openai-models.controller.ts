import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, type Principal } from '#libs/http';

import { OfferedModels } from './offered-models.service';
import { OpenAiModelListView, OpenAiModelView, toOpenAiModel } from './openai-model.view';
import { ModelNotFoundError } from './openai.errors';

@ApiTags('OpenAI-compatible')
@Controller('openai/v1/models')
@Access('user', { scope: 'chat' })
export class OpenAiModelsController {
  constructor(private readonly models: OfferedModels) {}

  @Get()
  @ApiOperation({
    summary: 'What a client may name as model',
    description:
      '`myia` answers from everything the caller may read, `collection:<id>` from one collection, `assistant:<id>` as an assistant; the last is the embedding model of the installation.',
  })
  @ApiOkResponse({ type: OpenAiModelListView })
  async list(@CurrentUser() caller: Principal): Promise<OpenAiModelListView> {
    const models = await this.models.list(caller);
    return { object: 'list', data: models.map(toOpenAiModel) };
  }

  @Get(':model')
  @ApiOperation({ summary: 'One of the models' })
  @ApiParam({ name: 'model', schema: { type: 'string', example: 'myia' } })
  @ApiOkResponse({ type: OpenAiModelView })
  @ApiProblems(ModelNotFoundError, InvalidRequestError)
  async get(@CurrentUser() caller: Principal, @Param('model') model: string): Promise<OpenAiModelView> {
    return toOpenAiModel(await this.models.get(caller, model));
  }
}
