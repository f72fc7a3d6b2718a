import { matching, Refusal, type Point, type Query, type SparseVector, type Stored } from './stored-points';

export interface ScoredPoint extends Point {
  readonly score: number;
}

/** Qdrant reckons in 32 bits. */
const { fround } = Math;

export const isDense = (vector: Point['vector'] | Query['query']): vector is readonly number[] => Array.isArray(vector);

/** @throws Refusal as Qdrant words it */
export const requireSize = ({ size }: Stored, { length }: readonly number[]): void => {
  if (length === size) return;
  throw new Refusal(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${length}`);
};

/** The points that a query finds, best first, as lib/segment of Qdrant 1.19 reckons. */
export const best = (stored: Stored, query: Query): ScoredPoint[] => {
  const scored = isDense(query.query) ? byCosine(stored, query, query.query) : bySparse(stored, query, query.query);
  return scored.toSorted((a, b) => b.score - a.score).slice(0, query.limit);
};

const byCosine = (stored: Stored, { filter }: Query, vector: readonly number[]): ScoredPoint[] => {
  requireSize(stored, vector);
  return matching(stored, filter).map((point) => ({
    ...point,
    score: isDense(point.vector) ? cosine(vector, point.vector) : 0,
  }));
};

/** Only points that share a dimension with the query are found. */
const bySparse = (stored: Stored, { using = '', filter, params }: Query, vector: SparseVector): ScoredPoint[] => {
  const settings = stored.sparse.get(using);
  if (!settings) throw new Refusal(400, `Wrong input: Not existing vector name error: ${using}`);
  if (params?.idf && settings.modifier !== 'idf') throw new Refusal(400, 'search param `idf` requires the modifier');
  const corpus = matching(stored, params?.idf?.corpus).flatMap((point) => sparseOf(point, using) ?? []);
  const weights = new Map(
    vector.indices.map((index, at) => {
      const rarity = settings.modifier === 'idf' ? idf(corpus, index) : 1;
      return [index, fround((vector.values[at] ?? 0) * rarity)] as const;
    }),
  );
  return matching(stored, filter).flatMap((point) => {
    const shared = (sparseOf(point, using)?.indices ?? []).flatMap((index, at) => {
      const weight = weights.get(index);
      return weight === undefined ? [] : [fround(weight * (sparseOf(point, using)?.values[at] ?? 0))];
    });
    return shared.length === 0 ? [] : [{ ...point, score: shared.reduce((sum, one) => fround(sum + one), 0) }];
  });
};

const sparseOf = ({ vector }: Point, name: string): SparseVector | undefined =>
  isDense(vector) ? undefined : vector[name];

/** Over the points of the corpus that have the vector. */
const idf = (corpus: readonly SparseVector[], index: number): number => {
  const frequency = corpus.filter(({ indices }) => indices.includes(index)).length;
  return fround(Math.log(fround((corpus.length - frequency + 0.5) / (frequency + 0.5) + 1)));
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

const cosine = (a: readonly number[], b: readonly number[]): number => {
  const norm = Math.sqrt(dot(a, a) * dot(b, b));
  return norm === 0 ? 0 : dot(a, b) / norm;
};
