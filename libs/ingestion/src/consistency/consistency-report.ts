/** What the consistency check found; every list is empty when SQL, vectors and files agree. */
export interface ConsistencyReport {
  readonly collections: number;
  readonly documents: number;
  /** Live chunks in SQL. */
  readonly chunks: number;
  /** Vectors in the store, of every generation. */
  readonly vectors: number;
  /** Ready documents with a live chunk that has no vector or whose words a store lacks, or with fewer chunks than they should have. */
  readonly incompleteDocuments: readonly string[];
  /** Vectors, by meaning or by words, that no chunk row leads to, as `collection: number`. */
  readonly orphanVectors: Readonly<Record<string, number>>;
  /** Vector spaces no collection names, as `collection:model`. */
  readonly orphanSpaces: readonly string[];
  /** Documents with chunks of a generation older than the live one. */
  readonly documentsWithLeftovers: readonly string[];
  /** Documents whose original is not in storage. */
  readonly documentsWithoutFile: readonly string[];
  /** Files no document row leads to. */
  readonly orphanFiles: readonly string[];
  /** Number of repairs made or enqueued; 0 without `repair`. */
  readonly repaired: number;
}

/** Whether nothing was found. */
export const isConsistent = (report: ConsistencyReport): boolean =>
  Object.keys(report.orphanVectors).length +
    report.incompleteDocuments.length +
    report.orphanSpaces.length +
    report.documentsWithLeftovers.length +
    report.documentsWithoutFile.length +
    report.orphanFiles.length ===
  0;
