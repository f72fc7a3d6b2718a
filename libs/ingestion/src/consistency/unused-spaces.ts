import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';
import { VectorStore, type VectorSpace } from '#libs/vector-store';

import { DROP_SPACE, spaceKey, type SpaceJob } from '../pipeline/ingestion.queues';

/** Seconds between the finding of a space and its removal, which looks again: an hour is longer than any restore in progress. */
const GRACE_SECONDS = 3_600;

/**
 * Vector spaces that no collection names, as after a restore of SQL from a backup older than the vectors. Only the databases
 * of organizations that SQL knows are looked into: what else lies in the store may be another installation's.
 */
@Injectable()
export class UnusedSpaces {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly vectors: VectorStore,
  ) {}

  /**
   * Those whose removal is not under way already.
   * @param organizationId everything when left out @throws VectorStoreUnavailableError
   */
  async find(organizationId?: string): Promise<SpaceJob[]> {
    const unused: SpaceJob[] = [];
    for (const organization of organizationId === undefined ? await this.organizations() : [organizationId]) {
      for await (const page of this.vectors.listSpaces(organization)) unused.push(...(await this.unusedAmong(page)));
    }
    return unused;
  }

  /** Lets them be removed after a while, unless a collection names them then. @returns how many there are */
  async remove(spaces: readonly SpaceJob[]): Promise<number> {
    for (const space of spaces) {
      const options = { key: spaceKey(space), startAfterSeconds: GRACE_SECONDS };
      await this.uow.run(() => this.jobs.enqueue(DROP_SPACE, space, options));
    }
    return spaces.length;
  }

  private async organizations(): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(`SELECT id FROM organization ORDER BY id`);
    return rows.map(({ id }) => id);
  }

  /** Asked after the spaces were listed: a space is made after the row that names it. */
  private async unusedAmong(spaces: readonly VectorSpace[]): Promise<SpaceJob[]> {
    const named = await this.uow.query<{ id: string; models: (string | null)[] }>(
      `SELECT id, ARRAY[embedding_model, next_embedding_model] AS models FROM collection WHERE id::text = ANY ($1)`,
      [spaces.map(({ collectionId }) => collectionId)],
    );
    const used = new Map(named.map(({ id, models }) => [id, models]));
    const unused: SpaceJob[] = [];
    for (const { dimension: embeddingDimension, ...space } of spaces) {
      const job = { ...space, embeddingDimension };
      if (used.get(space.collectionId)?.includes(space.embeddingModel)) continue;
      if (!(await this.jobs.isPending(DROP_SPACE, spaceKey(job)))) unused.push(job);
    }
    return unused;
  }
}
