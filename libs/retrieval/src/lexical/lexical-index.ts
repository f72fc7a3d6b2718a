/** A collection as the caller's access query saw it. */
export interface SearchedCollection {
  readonly id: string;
  readonly organizationId: string;
  /** Of the collection's row: what the answer must at least reflect. */
  readonly revision: number;
}

export interface LexicalHit {
  /** The chunk's key, `document:generation:ordinal`, the same as its vector's id: legs are fused by it. */
  readonly id: string;
  readonly collectionId: string;
  /** From 0 up; comparable within one search only. */
  readonly score: number;
}

/**
 * Port: finds passages by their words. Derived data like the vectors: every reader joins live rows. An answer reflects
 * every document that became visible or was replaced up to the revisions the caller has read; former and deleted passages
 * may still be among the hits. Every adapter passes test/contract/lexical-index.
 */
export abstract class LexicalIndex {
  /**
   * The `limit` best passages over all the collections together, best first.
   * @param question as asked, in any language
   */
  abstract search(
    collections: readonly SearchedCollection[],
    question: string,
    limit: number,
  ): Promise<readonly LexicalHit[]>;

  /**
   * How rare each word of a question is in all the collections together: its IDF, in every language spoken there.
   * @param question as asked, in any language
   * @returns by stem, as `stem` of libs/text cuts the word in the language of the question
   */
  abstract rarity(collections: readonly SearchedCollection[], question: string): Promise<ReadonlyMap<string, number>>;
}
