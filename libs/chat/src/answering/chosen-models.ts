import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { AnswerModels, type ModelChain } from '#libs/llm';

/** Which models an answer may come from: the assistant's, the organization's, the installation's, the extractive one. */
@Injectable()
export class ChosenModels {
  constructor(
    private readonly models: AnswerModels,
    private readonly uow: UnitOfWork,
  ) {}

  /** @param wished `provider:model` of the assistant or the request */
  async chainFor({ organizationId }: Principal, wished: string | undefined): Promise<ModelChain> {
    const [organization] = await this.uow.query<{ chatModel: string | null }>(
      'SELECT chat_model AS "chatModel" FROM organization WHERE id = $1',
      [organizationId],
    );
    return this.models.chain([wished, organization?.chatModel].flatMap((id) => id ?? []));
  }
}
