import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { Ids } from '#libs/kernel';
import { EmbeddingModels } from '#libs/llm';

import { DEFAULT_STRATEGY, type ChunkingStrategy } from '../chunking/chunking-options';
import { GrantsRepository } from './grants.repository';
import { CollectionEntity, type Duplicates, type Visibility } from './collection.entity';

export interface NewCollection {
  readonly organizationId: string;
  readonly ownerId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly visibility?: Visibility | undefined;
  readonly chunking?: ChunkingStrategy | undefined;
  readonly duplicates?: Duplicates | undefined;
}

/** Use case: makes an empty collection, owned by who makes it, that remembers the embedding model of the day. */
@Injectable()
export class CreateCollection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly models: EmbeddingModels,
    private readonly grants: GrantsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ModelUnavailableError when the model's dimension is unknown and its server does not answer */
  async execute({
    organizationId,
    ownerId,
    name,
    description = '',
    visibility = 'private',
    chunking = DEFAULT_STRATEGY,
    duplicates = 'reuse',
  }: NewCollection): Promise<CollectionEntity> {
    const { id: embeddingModel, dimension: embeddingDimension } = await this.models.ready();
    const collections = this.uow.repository(CollectionEntity);
    const collection = collections.create({
      id: this.ids.next(),
      organizationId,
      ownerId,
      name,
      description,
      visibility,
      chunking,
      duplicates,
      embeddingModel,
      embeddingDimension,
      revision: 0,
      pausedAt: null,
      nextEmbeddingModel: null,
      nextEmbeddingDimension: null,
      deletedAt: null,
    });
    return this.uow.run(async () => {
      const saved = await this.uow.repository(CollectionEntity).save(collection);
      await this.grants.put(
        { collectionId: saved.id, organizationId, role: 'owner', mayDownload: true },
        { userId: ownerId },
      );
      await this.audit.record({
        action: 'collection.created',
        resource: 'collection',
        resourceId: saved.id,
        organizationId,
        after: { name, visibility, chunking, ownerId },
        outcome: 'succeeded',
      });
      return saved;
    });
  }
}
