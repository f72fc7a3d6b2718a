export const FILTER_OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'isNull'] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

export interface SortTerm {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

export interface FilterTerm {
  readonly field: string;
  readonly operator: FilterOperator;
  /** As text: the resource knows the type of the field. */
  readonly value: string;
}

/** A list request, understood but not yet held against a resource. */
export interface ListQuery {
  /** 1-based. */
  readonly page: number;
  readonly pageSize: number;
  /** Empty: the resource's own order. */
  readonly sort: readonly SortTerm[];
  readonly filters: readonly FilterTerm[];
  readonly q?: string | undefined;
  /** Undefined: all of them. */
  readonly fields?: readonly string[] | undefined;
}

export const DEFAULT_PAGE_SIZE = 25;
export const MAX_PAGE_SIZE = 100;
