import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import { ReadableCollections } from '#libs/ingestion';

import { LexicalIndex } from '../lexical/lexical-index';
import type { SearchRequest } from './search-result';

/** Use case: how rare the words of a question are in what the caller may read, which tells what an answer must speak of. */
@Injectable()
export class MeasureRarity {
  constructor(
    private readonly readable: ReadableCollections,
    private readonly lexical: LexicalIndex,
  ) {}

  /**
   * @returns IDF by stem, as `stem` of libs/text cuts the word in the language of the question
   * @throws CollectionNotFoundError when a named collection does not exist or is not the caller's to see
   */
  async execute(
    caller: Principal,
    { query, collectionIds }: Pick<SearchRequest, 'query' | 'collectionIds'>,
  ): Promise<ReadonlyMap<string, number>> {
    return this.lexical.rarity(await this.readable.list(caller, collectionIds), query);
  }
}
