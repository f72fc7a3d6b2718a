import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access } from '#libs/http';
import { ChatModels, EmbeddingModels, isEnglishOnly } from '#libs/llm';

import { ModelsView } from './models.view';

@ApiTags('Chat')
@Controller('models')
@Access('user', { scope: 'chat' })
export class ModelsController {
  constructor(
    private readonly models: ChatModels,
    private readonly embeddings: EmbeddingModels,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The models that may answer, as far as the operator allows them, and the one that embeds',
    description: 'The default first. Takes a second at most, when a model server does not answer.',
  })
  @ApiOkResponse({ type: ModelsView })
  async list(): Promise<ModelsView> {
    const { id } = this.embeddings.current();
    return { items: await this.models.list(), embedding: { id, isEnglishOnly: isEnglishOnly(id) } };
  }
}
