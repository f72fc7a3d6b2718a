import { ChromaNotFoundError, type Collection } from 'chromadb';

import { checkVector } from '../check-vector';
import { rankHits } from '../rank-hits';
import { VectorStore, type VectorHit, type VectorRecord, type VectorSpace } from '../vector-store';
import { type VectorOperation } from '../vector-store-observer';
import { batches, lastOfEachId } from './batches';
import { databaseOf, type ChromaLimits } from './chroma-client';
import { ChromaConnection, type ChromaConnectionOptions } from './chroma-connection';
import { chromaSpaceName } from './chroma-space-name';
import { ChromaSpaces } from './chroma-spaces';
import { OneAtATime } from './one-at-a-time';
import { packVector } from './packed-vector';

/** Ids per listing and removing request; bounds the answer, and stays under Chroma's batch limit of 5461. */
const ID_PAGE = 5_000;

interface Call<T> {
  readonly operation: VectorOperation;
  readonly work: (collection: Collection) => Promise<T>;
  /** The answer for a space that does not exist. */
  readonly absent: T;
}

/**
 * One Chroma database per organization, and in it one collection per knowledge collection and embedding model: filtering one big collection by metadata is
 * linear (measured 68-90 ms at 1e5 chunks against 4 ms). Only ids and vectors: text stays in PostgreSQL.
 */
export class ChromaVectorStore extends VectorStore {
  private readonly connection: ChromaConnection;
  private readonly spaces: ChromaSpaces;
  /**
   * Two writers of one collection make Chroma apply each other's batches again: with two, the same vectors took twice the
   * processor time, with three eight times (measured, 3,300 vectors of 768 in batches of 40-55).
   */
  private readonly writers = new OneAtATime();
  private limits: ChromaLimits | undefined;

  constructor(options: ChromaConnectionOptions) {
    super();
    this.connection = new ChromaConnection(options);
    this.spaces = new ChromaSpaces(this.connection);
  }

  override async ensureSpace(space: VectorSpace): Promise<void> {
    await this.spaces.ensure(space);
  }

  override async upsert(space: VectorSpace, records: readonly VectorRecord[]): Promise<void> {
    for (const { vector } of records) checkVector(space, vector);
    if (records.length === 0) return;
    const { maxBatch, acceptsBase64 } = await this.serverLimits();
    const encode = acceptsBase64 ? packVector : (vector: Float32Array) => Array.from(vector);
    const name = chromaSpaceName(space);
    for (const batch of batches(lastOfEachId(records), maxBatch)) {
      await this.writers.run(name, () => this.write(space, batch, encode));
    }
  }

  override async query(space: VectorSpace, vector: Float32Array, limit: number): Promise<VectorHit[]> {
    checkVector(space, vector);
    if (limit < 1) return [];
    const request = { queryEmbeddings: [Array.from(vector)], nResults: limit, include: ['distances' as const] };
    const answer = await this.inSpace(space, {
      operation: 'query',
      work: (collection) => collection.query(request),
      absent: undefined,
    });
    const [distances = []] = answer?.distances ?? [];
    return rankHits((answer?.ids[0] ?? []).map((id, at) => ({ id, score: similarity(distances[at]) })));
  }

  override async remove(space: VectorSpace, ids: readonly string[]): Promise<void> {
    const unique = [...new Set(ids)];
    for (let from = 0; from < unique.length; from += ID_PAGE) {
      const page = unique.slice(from, from + ID_PAGE);
      await this.inSpace(space, {
        operation: 'remove',
        work: (collection) => collection.delete({ ids: page }),
        absent: undefined,
      });
    }
  }

  override async existing(space: VectorSpace, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let from = 0; from < ids.length; from += ID_PAGE) {
      const page = ids.slice(from, from + ID_PAGE);
      const known = await this.inSpace<readonly string[]>(space, {
        operation: 'list',
        work: async (collection) => (await collection.get({ ids: page, include: [] })).ids,
        absent: [],
      });
      for (const id of known) found.add(id);
    }
    return found;
  }

  override async *listIds(space: VectorSpace): AsyncIterable<readonly string[]> {
    for (let offset = 0; ; offset += ID_PAGE) {
      const ids = await this.inSpace<readonly string[]>(space, {
        operation: 'list',
        work: async (collection) => (await collection.get({ limit: ID_PAGE, offset, include: [] })).ids,
        absent: [],
      });
      if (ids.length > 0) yield ids;
      if (ids.length < ID_PAGE) return;
    }
  }

  override count(space: VectorSpace): Promise<number> {
    return this.inSpace(space, { operation: 'count', work: (collection) => collection.count(), absent: 0 });
  }

  override listSpaces(organizationId: string): AsyncIterable<readonly VectorSpace[]> {
    return this.spaces.list(organizationId);
  }

  override async dropSpace(space: VectorSpace): Promise<void> {
    const name = chromaSpaceName(space);
    this.spaces.forget(space);
    const database = databaseOf(space.organizationId);
    await this.connection.call('drop', (client) => client.deleteCollection({ name }), database).catch(ignoreMissing);
  }

  override async ping(): Promise<void> {
    await this.connection.call('ping', (client) => client.heartbeat());
  }

  private async serverLimits(): Promise<ChromaLimits> {
    this.limits ??= await this.connection.call('ensure', (client) => client.limits());
    return this.limits;
  }

  private async write(space: VectorSpace, batch: readonly VectorRecord[], encode: (vector: Float32Array) => number[]) {
    const ids = batch.map(({ id }) => id);
    const embeddings = batch.map(({ vector }) => encode(vector));
    const database = databaseOf(space.organizationId);
    const send = async (id: string) =>
      this.connection.call('upsert', (client) => client.collection(id).upsert({ ids, embeddings }), database);
    const known = (await this.spaces.find(space)) ?? (await this.spaces.ensure(space));
    try {
      await send(known);
    } catch (error) {
      if (!(error instanceof ChromaNotFoundError)) throw error;
      this.spaces.forget(space);
      await send(await this.spaces.ensure(space));
    }
  }

  /** Runs a call on the space's collection; one that vanished behind our back is looked up once more. */
  private async inSpace<T>(space: VectorSpace, { operation, work, absent }: Call<T>): Promise<T> {
    const database = databaseOf(space.organizationId);
    const send = async (id: string) =>
      this.connection.call(operation, (client) => work(client.collection(id)), database);
    const known = await this.spaces.find(space);
    if (known === undefined) return absent;
    try {
      return await send(known);
    } catch (error) {
      if (!(error instanceof ChromaNotFoundError)) throw error;
      this.spaces.forget(space);
      const renewed = await this.spaces.find(space);
      return renewed === undefined ? absent : send(renewed);
    }
  }
}

/** Chroma answers cosine distance, 0 for the same direction; rounding may push it past its bounds. */
const similarity = (distance: number | null | undefined): number =>
  distance === null || distance === undefined ? -1 : Math.max(-1, Math.min(1, 1 - distance));

const ignoreMissing = (error: unknown): void => {
  if (!(error instanceof ChromaNotFoundError)) throw error;
};
