import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { readableCollection } from '#libs/ingestion';
import { EmbeddingModels } from '#libs/llm';

import { UsableAssistants } from '../assistant/usable-assistants.service';
import { EVERYTHING, parseModelName, type OfferedModel } from './offered-model';
import { ModelNotFoundError } from './openai.errors';

const OWNER = 'my-ia';

/** What exists as long as the product has no date of its own; clients expect one. */
const ALWAYS = new Date('2026-01-01T00:00:00Z');

const COLLECTIONS = `
  SELECT c.id, c.name, c.created_at AS "createdAt" FROM collection c
   WHERE ${readableCollection('c', '$1', '$2')} AND ($3::uuid IS NULL OR c.id = $3)
   ORDER BY c.name, c.id`;

type Named = Pick<OfferedModel, 'name' | 'createdAt'> & { readonly id: string };

const ofCollection = ({ id, name, createdAt }: Named): OfferedModel => ({
  ...{ id: `collection:${id}`, name, createdAt, ownedBy: OWNER },
  answersFrom: { collectionIds: [id] },
});

const ofAssistant = ({ id, name, createdAt }: Named): OfferedModel => ({
  ...{ id: `assistant:${id}`, name, createdAt, ownedBy: OWNER },
  answersFrom: { assistantId: id },
});

const ofEverything: OfferedModel = {
  ...{ id: EVERYTHING, name: 'MY-IA', createdAt: ALWAYS, ownedBy: OWNER },
  answersFrom: {},
};

/** What the caller may name as `model`: only what he may read or use exists here. */
@Injectable()
export class OfferedModels {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly assistants: UsableAssistants,
    private readonly embeddings: EmbeddingModels,
  ) {}

  async list(principal: Principal): Promise<OfferedModel[]> {
    const collections = await this.collections(principal);
    const assistants = await this.assistants.all(principal);
    return [ofEverything, ...assistants.map(ofAssistant), ...collections.map(ofCollection), this.embedding()];
  }

  /** @throws ModelNotFoundError also for a collection or an assistant of others */
  async get(principal: Principal, model: string): Promise<OfferedModel> {
    const offered = await this.find(principal, model);
    if (!offered) throw new ModelNotFoundError(model);
    return offered;
  }

  private async find(principal: Principal, model: string): Promise<OfferedModel | undefined> {
    if (model === EVERYTHING) return ofEverything;
    const embedding = this.embedding();
    if (model === embedding.id) return embedding;
    const { kind, id = '' } = parseModelName(model) ?? {};
    if (kind === 'collection') return (await this.collections(principal, id)).map(ofCollection)[0];
    const assistant = kind && (await this.assistants.find(principal, id));
    return assistant && ofAssistant(assistant);
  }

  private collections({ id, organizationId }: Principal, only?: string): Promise<Named[]> {
    return this.uow.query<Named>(COLLECTIONS, [organizationId, id, only ?? null]);
  }

  private embedding(): OfferedModel {
    const { id } = this.embeddings.current();
    return { id, name: id, createdAt: ALWAYS, ownedBy: OWNER };
  }
}
