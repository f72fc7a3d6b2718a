export interface SparseVector {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

export interface Point {
  readonly id: string;
  /** One without a name, or several with names. */
  readonly vector: readonly number[] | Readonly<Record<string, SparseVector>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Condition {
  readonly key: string;
  readonly match: { readonly value: unknown } | { readonly any: readonly unknown[] };
}

export interface Filter {
  readonly must: readonly Condition[];
}

export interface Query {
  readonly query: readonly number[] | SparseVector;
  readonly using?: string;
  readonly filter?: Filter;
  readonly params?: { readonly idf?: { readonly corpus: Filter } };
  readonly limit: number;
  readonly with_payload?: boolean | readonly string[];
  readonly with_vector?: readonly string[];
}

/** Of a Qdrant collection: its points and what is set for them. */
export interface Stored {
  /** Of dense vectors; undefined where there are none. */
  readonly size: number | undefined;
  /** Names of sparse vectors, and whether rarity counts. */
  readonly sparse: ReadonlyMap<string, { readonly modifier?: 'idf' | 'none' }>;
  readonly indexes: Set<string>;
  readonly points: Map<string, Point>;
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** @throws Refusal for a filter on a field without an index: Qdrant would look at each point */
export const matching = ({ points, indexes }: Stored, filter: Filter = { must: [] }): Point[] => {
  const without = filter.must.find(({ key }) => !indexes.has(key));
  if (without) throw new Refusal(400, `filter on ${without.key}, which has no index`);
  const fits = (point: Point, { key, match }: Condition): boolean =>
    ('any' in match ? match.any : [match.value]).includes(point.payload[key]);
  return [...points.values()].filter((point) => filter.must.every((condition) => fits(point, condition)));
};
