import { randomUUID } from 'node:crypto';

import { GroupEntity } from '../../../libs/auth/src/group/group.entity';
import { UnitOfWork } from '#libs/database';
import { vectorIdOf } from '#libs/ingestion';
import { BuiltinEmbeddingModel } from '#libs/llm';
import { VectorStore } from '#libs/vector-store';
import type { TestApi, TestUser } from '#test/support/api';

import { FileStore } from '../../../libs/ingestion/src/upload/file-store';
import { Knowledge, type CollectionFixture } from '../../retrieval/knowledge';
import {
  COLLECTIONS_PER_ORGANIZATION,
  GROUPS_PER_ORGANIZATION,
  ORGANIZATIONS,
  secretWord,
  USERS_PER_ORGANIZATION,
  type DrawnCollection,
  type DrawnOrganization,
} from './random-world';

export interface Secret {
  readonly collection: CollectionFixture;
  readonly documentId: string;
  /** Names the safe: what a question asks by. */
  readonly name: string;
  /** What only readers may ever see. */
  readonly canary: string;
  readonly organizationAt: number;
  readonly collectionAt: number;
}

export interface Person {
  readonly user: TestUser;
  readonly organizationAt: number;
  readonly at: number;
}

interface Organization {
  readonly id: string;
  readonly people: readonly TestUser[];
  readonly groups: readonly string[];
}

/** Two organizations whose people stay; their collections are new in each draw. */
export class World {
  private constructor(
    private readonly api: TestApi,
    private readonly organizations: readonly Organization[],
  ) {}

  static async create(api: TestApi): Promise<World> {
    const organizations: Organization[] = [];
    for (let at = 0; at < ORGANIZATIONS; at += 1) organizations.push(await createOrganization(api));
    return new World(api, organizations);
  }

  get people(): Person[] {
    return this.organizations.flatMap(({ people }, organizationAt) =>
      people.map((user, at) => ({ user, organizationAt, at })),
    );
  }

  /** Makes the collections, each with a secret of its own, at first for everybody in their organization to read. */
  async plant(draw: string): Promise<Secret[]> {
    const secrets: Secret[] = [];
    for (const organizationAt of this.organizations.keys()) {
      for (let at = 0; at < COLLECTIONS_PER_ORGANIZATION; at += 1) {
        secrets.push(await this.plantOne(`${draw} ${organizationAt} ${at}`, organizationAt, at));
      }
    }
    return secrets;
  }

  /** From here on, who may read what is as drawn. */
  async apply(drawn: readonly DrawnOrganization[], secrets: readonly Secret[]): Promise<void> {
    for (const [organizationAt, { members, collections }] of drawn.entries()) {
      const organization = this.organizations[organizationAt]!;
      await this.gather(organization, members);
      const own = secrets.filter((secret) => secret.organizationAt === organizationAt);
      for (const secret of own) await this.grant(organization, secret, collections[secret.collectionAt]!);
    }
  }

  private async plantOne(seed: string, organizationAt: number, collectionAt: number): Promise<Secret> {
    const { people } = this.organizations[organizationAt]!;
    const maker = people[collectionAt % people.length]!;
    const knowledge = new Knowledge(this.uow);
    const collection = await knowledge.collection(maker);
    const [name, canary] = [secretWord(`name ${seed}`), secretWord(`canary ${seed}`)];
    const text = `Le mot de passe du coffre ${name} est ${canary}.`;
    const documentId = await knowledge.document(collection, [text], `Coffre ${canary}`);
    await this.uow.query(`UPDATE collection SET visibility = 'organization', description = $2 WHERE id = $1`, [
      collection.id,
      canary,
    ]);
    await this.store(collection, documentId, text);
    return { collection, documentId, name, canary, organizationAt, collectionAt };
  }

  private async store(collection: CollectionFixture, documentId: string, text: string): Promise<void> {
    const { id: collectionId, organizationId, embeddingModel, embeddingDimension: dimension } = collection;
    await this.uow.query(
      `INSERT INTO document_content (document_id, organization_id, generation, text) VALUES ($1, $2, 1, $3)`,
      [documentId, organizationId, text],
    );
    const bytes = Buffer.from(text);
    await this.uow.query(`UPDATE document SET size_bytes = $2 WHERE id = $1`, [documentId, bytes.length]);
    // The fixture's storage key is the id of the document.
    const key = `${organizationId}/${documentId}`;
    await this.uow.query(`UPDATE document SET storage_key = $2 WHERE id = $1`, [documentId, key]);
    await this.api.app.get(FileStore, { strict: false }).write(key, pieces(bytes));
    const [vector = new Float32Array()] = await new BuiltinEmbeddingModel().embed([text], 'document');
    await this.api.app
      .get(VectorStore, { strict: false })
      .upsert({ collectionId, organizationId, embeddingModel, dimension }, [
        { id: vectorIdOf(documentId, 1, 0), vector },
      ]);
  }

  private async gather({ id, people, groups }: Organization, members: DrawnOrganization['members']): Promise<void> {
    await this.uow.query(`DELETE FROM user_group_member WHERE organization_id = $1`, [id]);
    for (const [at, group] of groups.entries()) {
      for (const member of members[at] ?? []) {
        await this.uow.query(
          `INSERT INTO user_group_member (id, organization_id, group_id, user_id) VALUES ($1, $2, $3, $4)`,
          [randomUUID(), id, group, people[member]!.id],
        );
      }
    }
  }

  private async grant(
    { id, people, groups }: Organization,
    { collection, documentId }: Secret,
    drawn: DrawnCollection,
  ): Promise<void> {
    await this.uow.query(`DELETE FROM collection_grant WHERE collection_id = $1`, [collection.id]);
    for (const { to, who, role, mayDownload } of drawn.grants) {
      await this.uow.query(
        `INSERT INTO collection_grant (id, organization_id, collection_id, user_id, group_id, role, may_download)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          ...[randomUUID(), id, collection.id],
          ...(to === 'user' ? [people[who]!.id, null] : [null, groups[who]]),
          ...[role, mayDownload],
        ],
      );
    }
    await this.uow.query(
      `UPDATE collection SET visibility = $2, deleted_at = CASE WHEN $3 THEN now() END WHERE id = $1`,
      [collection.id, drawn.visibility, drawn.isDeleted],
    );
    if (drawn.isDocumentDeleted) await new Knowledge(this.uow).delete(collection.id, documentId);
  }

  private get uow(): UnitOfWork {
    return this.api.app.get(UnitOfWork);
  }
}

/** The first of each organization administers it, and the second of the first one the platform. */
const roleOf = (at: number) => (['admin', 'superuser'] as const)[at] ?? 'user';

const createOrganization = async (api: TestApi): Promise<Organization> => {
  const id = await api.createOrganization(`Société ${randomUUID()}`);
  const people: TestUser[] = [];
  for (let at = 0; at < USERS_PER_ORGANIZATION; at += 1) people.push(await api.createUser(roleOf(at), id));
  const groups = Array.from({ length: GROUPS_PER_ORGANIZATION }, () => randomUUID());
  const rows = groups.map((group) => ({ id: group, organizationId: id, name: `Groupe ${group}`, description: '' }));
  await api.app.get(UnitOfWork).repository(GroupEntity).insert(rows);
  return { id, people, groups };
};

// eslint-disable-next-line @typescript-eslint/require-await -- the store takes what arrives over time
async function* pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
