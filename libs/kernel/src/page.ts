/** One page of a list, as every list route answers it. */
export interface Page<T> {
  readonly items: readonly T[];
  /** 1-based. */
  readonly page: number;
  readonly pageSize: number;
  /** Number of items on all pages together. */
  readonly total: number;
}
