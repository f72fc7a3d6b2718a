import { randomUUID } from 'node:crypto';

import { DataSource } from 'typeorm';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { chunkIdOf } from '#libs/ingestion';

import { dataSourceOptions } from '../../libs/database/src/data-source-options';
import { createTestDatabase } from '../support/embedded-servers';

export interface PassageFixture {
  readonly text: string;
  readonly language?: string;
  readonly page?: number;
  readonly heading?: readonly string[];
}

export interface CollectionFixture {
  readonly id: string;
  readonly organizationId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
}

/** Rows of collections, documents and chunks as ingestion leaves them. */
export class Knowledge {
  constructor(readonly uow: UnitOfWork) {}

  async user(organizationId: string = randomUUID()): Promise<Principal> {
    const id = randomUUID();
    await this.uow.query(
      `INSERT INTO organization (id, organization_id, name) VALUES ($1, $1, 'Société') ON CONFLICT DO NOTHING`,
      [organizationId],
    );
    await this.uow.query(
      `INSERT INTO app_user (id, organization_id, email, display_name, password_hash, role)
       VALUES ($1, $2, $3, 'Personne', 'x', 'user')`,
      [id, organizationId, `${id}@exemple.fr`],
    );
    return { id, organizationId, role: 'user', sessionId: randomUUID(), locale: 'fr' };
  }

  async collection(
    { id: ownerId, organizationId }: Pick<Principal, 'id' | 'organizationId'>,
    embeddingModel = 'builtin:hashed-ngrams-v1',
    embeddingDimension = 768,
  ): Promise<CollectionFixture> {
    const id = randomUUID();
    await this.uow.query(
      `INSERT INTO collection (id, organization_id, owner_id, name, embedding_model, embedding_dimension)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, organizationId, ownerId, `Collection ${id.slice(0, 4)}`, embeddingModel, embeddingDimension],
    );
    await this.uow.query(
      `INSERT INTO collection_grant (id, organization_id, collection_id, user_id, role) VALUES ($1, $2, $3, $4, 'owner')`,
      [randomUUID(), organizationId, id, ownerId],
    );
    return { id, organizationId, embeddingModel, embeddingDimension };
  }

  async revision(collectionId: string): Promise<number> {
    const [row] = await this.uow.query<{ revision: string }>('SELECT revision FROM collection WHERE id = $1', [
      collectionId,
    ]);
    return Number(row?.revision);
  }

  /** A document and its first generation, published. */
  async document(
    collection: CollectionFixture,
    passages: readonly (string | PassageFixture)[],
    title = 'Document',
  ): Promise<string> {
    const id = randomUUID();
    await this.uow.run(async () => {
      await this.uow.query(
        `INSERT INTO document (id, organization_id, collection_id, filename, title, media_type, size_bytes, content_hash,
                               storage_key, status)
         VALUES ($1, $2, $3, 'f.txt', $4, 'text/plain', 1, $5, $5, 'ready')`,
        [id, collection.organizationId, collection.id, title, id],
      );
      await this.publish(collection, id, passages);
    });
    return id;
  }

  /** Replaces the document's chunks by a new generation; the former one stays behind, as it does until a job removes it. */
  async publish(
    { id: collectionId, organizationId }: CollectionFixture,
    documentId: string,
    passages: readonly (string | PassageFixture)[],
  ): Promise<void> {
    await this.uow.run(async () => {
      const revision = await this.bump(collectionId);
      const [document] = await this.uow.query<{ generation: number }>(
        'UPDATE document SET generation = generation + 1, revision = $2 WHERE id = $1 RETURNING generation',
        [documentId, revision],
      );
      const generation = document?.generation ?? 0;
      for (const [ordinal, passage] of passages.entries()) {
        const {
          text,
          language = 'fr',
          page = null,
          heading = [],
        } = typeof passage === 'string' ? { text: passage } : passage;
        await this.uow.query(
          `INSERT INTO chunk (id, organization_id, document_id, collection_id, generation, ordinal, start_offset,
                              end_offset, page, heading_path, text, token_count, language)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12)`,
          [
            ...[
              chunkIdOf(documentId, generation, ordinal),
              organizationId,
              documentId,
              collectionId,
              generation,
              ordinal,
            ],
            ...[ordinal * 1000, ordinal * 1000 + text.length, page, heading, text, language],
          ],
        );
      }
    });
  }

  async delete(collectionId: string, documentId: string): Promise<void> {
    await this.uow.run(async () => {
      const revision = await this.bump(collectionId);
      await this.uow.query('UPDATE document SET deleted_at = now(), revision = $2 WHERE id = $1', [
        documentId,
        revision,
      ]);
    });
  }

  /** Makes a change of a document's passages visible. */
  async touch(collectionId: string, documentId: string): Promise<void> {
    await this.uow.run(async () => {
      const revision = await this.bump(collectionId);
      await this.uow.query('UPDATE document SET revision = $2 WHERE id = $1', [documentId, revision]);
    });
  }

  /** Removes the row of a deleted document for good. */
  async purge(documentId: string): Promise<void> {
    await this.uow.query('DELETE FROM document WHERE id = $1 AND deleted_at IS NOT NULL', [documentId]);
  }

  private async bump(collectionId: string): Promise<string> {
    const [row] = await this.uow.query<{ revision: string }>(
      'UPDATE collection SET revision = revision + 1 WHERE id = $1 RETURNING revision',
      [collectionId],
    );
    return row?.revision ?? '0';
  }
}

export interface OpenKnowledge {
  readonly knowledge: Knowledge;
  close(): Promise<void>;
}

/** On a database of one's own. */
export const openKnowledge = async (): Promise<OpenKnowledge> => {
  const database = await createTestDatabase();
  const dataSource = await new DataSource(dataSourceOptions(database.url, 5)).initialize();
  const close = async () => {
    await dataSource.destroy();
    await database.drop();
  };
  return { knowledge: new Knowledge(new UnitOfWork(dataSource)), close };
};
