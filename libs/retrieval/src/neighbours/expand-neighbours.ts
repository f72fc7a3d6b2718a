import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { placeOf, type Passage, type SearchHit } from '../search/search-result';
import { adjoining, isCutOff } from './adjoining';
import { NeighbourRows, type NeighbourRow } from './neighbour-rows';

/** What stands beside the best hit, and was not found itself. `chunkId` is the passage it was cut out of. */
export interface Neighbour extends Passage {
  /** Chunk of the hit it stands beside. */
  readonly neighbourOf: string;
}

/** Use case: what the section of the best hit says directly before and after it. */
@Injectable()
export class ExpandNeighbours {
  constructor(private readonly rows: NeighbourRows) {}

  /**
   * Only of the best hit: it is the one most answers are written from. Nothing where its section begins or ends with it, and
   * nothing that a hit says already.
   * @param hits best first
   */
  async execute(caller: Principal, hits: readonly SearchHit[]): Promise<Neighbour[]> {
    const [best] = hits;
    if (!best) return [];
    const found = new Set(hits.map(({ chunkId }) => chunkId));
    const rows = await this.rows.beside(best.chunkId, caller);
    return rows.filter((row) => isCutOff(row) && !found.has(row.chunkId)).flatMap((row) => neighbour(best, row) ?? []);
  }
}

const neighbour = (best: SearchHit, row: NeighbourRow): Neighbour | undefined => {
  const { page, headingPath, language, besideHeadingPath: _, ...rest } = row;
  const stretch = adjoining(best, row, language);
  return stretch && { ...rest, ...placeOf({ page, headingPath }), ...stretch, neighbourOf: best.chunkId };
};
