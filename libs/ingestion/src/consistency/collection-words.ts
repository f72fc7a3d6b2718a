import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { SparseVectorStore, type SparseSpace } from '#libs/vector-store';

import { vectorIdOf } from '../pipeline/chunk-ids';

interface SearchedRow {
  readonly documentId: string;
  readonly generation: number;
  readonly ordinal: number;
  /** Published before the check began, and live. */
  readonly isLive: boolean;
}

export interface WordComparison {
  /** Live documents of which words are missing. */
  readonly withoutWords: ReadonlySet<string>;
  readonly orphanIds: readonly string[];
}

const SEARCHED = `
  SELECT k.document_id AS "documentId", k.generation, k.ordinal,
         k.generation = d.generation AND d.deleted_at IS NULL AND d.updated_at < $2 AS "isLive"
    FROM chunk k JOIN document d ON d.id = k.document_id
   WHERE k.collection_id = $1 AND NOT k.is_disabled`;
const NOTHING: WordComparison = { withoutWords: new Set(), orphanIds: [] };

/** Compares the chunk rows of one collection with the words that a store keeps of them, both ways. */
@Injectable()
export class CollectionWords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: SparseVectorStore,
  ) {}

  /** Words are read first, as vectors are. @param since changes after this moment are left out */
  async compare({ collectionId, organizationId }: SparseSpace, since: Date): Promise<WordComparison> {
    if (!this.store.isUsed) return NOTHING;
    const found = new Set<string>();
    for await (const ids of this.store.listIds({ collectionId, organizationId })) for (const id of ids) found.add(id);
    const rows = await this.uow.query<SearchedRow>(SEARCHED, [collectionId, since]);
    const known = new Set(rows.map(idOf));
    const missing = rows.filter((row) => row.isLive && !found.has(idOf(row)));
    return {
      withoutWords: new Set(missing.map(({ documentId }) => documentId)),
      orphanIds: [...found].filter((id) => !known.has(id)),
    };
  }

  async removeOrphans(space: SparseSpace, ids: readonly string[]): Promise<void> {
    await this.store.remove(space, ids);
  }
}

const idOf = ({ documentId, generation, ordinal }: SearchedRow): string => vectorIdOf(documentId, generation, ordinal);
