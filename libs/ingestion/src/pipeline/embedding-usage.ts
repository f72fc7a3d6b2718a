import { Injectable } from '@nestjs/common';

import { UsageMeter } from '#libs/plans';

/** Whose document was embedded, and by which model. */
export interface EmbeddedDocument {
  readonly organizationId: string;
  /** Null when nobody did, or nobody who still exists. */
  readonly uploadedBy: string | null;
  readonly embeddingModel: string;
}

/** Counts the vectors of a document as a use of their model, by the person who added the document. */
@Injectable()
export class EmbeddingUsage {
  constructor(private readonly usage: UsageMeter) {}

  /** @param promptTokens of all chunks, as estimated when they were cut @throws Error outside UnitOfWork.run */
  async record({ organizationId, uploadedBy, embeddingModel }: EmbeddedDocument, promptTokens: number): Promise<void> {
    const [provider = '', ...model] = embeddingModel.split(':');
    await this.usage.record({
      organizationId,
      userId: uploadedBy,
      kind: 'embedding',
      provider,
      model: model.join(':'),
      promptTokens,
    });
  }
}
