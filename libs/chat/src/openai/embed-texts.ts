import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { EmbeddingModels, type EmbeddingModel } from '#libs/llm';
import { BudgetWatch, UsageMeter } from '#libs/plans';

import { estimateTokens } from '../answering/prompt/token-estimate';
import type { EmbeddingDto } from './embedding.dto';
import { toEmbeddingList, type EmbeddingListView } from './embedding.view';
import { DimensionsFixedError, ModelNotFoundError } from './openai.errors';

/** Use case: embeds texts with the embedding model of the installation, for clients of the OpenAI API. */
@Injectable()
export class EmbedTexts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly models: EmbeddingModels,
    private readonly budgets: BudgetWatch,
    private readonly usage: UsageMeter,
  ) {}

  /**
   * @param gone aborted when the client goes away
   * @throws ModelNotFoundError for any model but the installation's; DimensionsFixedError
   * @throws BudgetExhaustedError; ModelUnavailableError
   */
  async execute(principal: Principal, body: EmbeddingDto, gone: AbortSignal): Promise<EmbeddingListView> {
    const model = await this.modelFor(body);
    await this.budgets.requireLeft(principal.organizationId);
    const texts = [body.input].flat();
    const vectors = await model.embed(texts, body.input_type === 'query' ? 'query' : 'document', gone);
    const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    await this.count(principal, model, tokens);
    return toEmbeddingList(vectors, { model: model.id, tokens, encoding: body.encoding_format ?? 'float' });
  }

  private async modelFor({ model: name, dimensions }: EmbeddingDto): Promise<EmbeddingModel> {
    if (name !== this.models.current().id) throw new ModelNotFoundError(name);
    const model = await this.models.ready();
    if (dimensions != null && dimensions !== model.dimension) throw new DimensionsFixedError(name, model.dimension);
    return model;
  }

  private async count({ id: userId, organizationId }: Principal, { id }: EmbeddingModel, promptTokens: number) {
    const [provider = '', ...rest] = id.split(':');
    const use = { organizationId, userId, kind: 'embedding', provider, model: rest.join(':'), promptTokens } as const;
    await this.uow.run(() => this.usage.record(use));
  }
}
