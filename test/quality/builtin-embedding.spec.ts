import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuiltinEmbeddingModel } from '#libs/llm';

/** Public sets beside the checkout; absent on other machines, and then there is nothing to measure. */
const DATA = join(__dirname, '../../../shared/data');

interface Entry {
  readonly _id: string;
  readonly title?: string;
  readonly text: string;
}

const lines = (path: string): string[] => readFileSync(join(DATA, path), 'utf8').trim().split('\n');
const read = (path: string): Entry[] => lines(path).map((line) => JSON.parse(line) as Entry);

const relevantOf = (name: string): Map<string, Set<string>> => {
  const relevant = new Map<string, Set<string>>();
  for (const line of lines(`${name}/qrels.tsv`).slice(1)) {
    const [query = '', document = '', grade] = line.split('\t');
    if (Number(grade) > 0) relevant.set(query, (relevant.get(query) ?? new Set()).add(document));
  }
  return relevant;
};

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
};

const ndcg10 = (ranked: readonly string[], relevant: ReadonlySet<string>): number => {
  const gain = (at: number) => 1 / Math.log2(at + 2);
  const dcg = ranked.slice(0, 10).reduce((sum, id, at) => sum + (relevant.has(id) ? gain(at) : 0), 0);
  const ideal = Array.from({ length: Math.min(10, relevant.size) }, (_, at) => gain(at)).reduce((a, b) => a + b, 0);
  return dcg / ideal;
};

describe.each([
  ['scifact', 1, 0.51],
  ['piaf', 12, 0.63],
])('the built-in embeddings on %s', (name, step, atLeast) => {
  const present = existsSync(join(DATA, name));
  if (!present) console.warn(`SKIPPED: no ${name} in ${DATA}, the built-in embeddings are not measured.`);

  (present ? it : it.skip)(`rank the right passage with an nDCG@10 of at least ${atLeast}`, async () => {
    const model = new BuiltinEmbeddingModel();
    const corpus = read(`${name}/corpus.jsonl`);
    const started = performance.now();
    const vectors = await model.embed(
      corpus.map(({ title, text }) => (title ? `${title}\n${text}` : text)),
      'document',
    );
    const perSecond = corpus.length / ((performance.now() - started) / 1_000);
    const relevant = relevantOf(name);
    const queries = read(`${name}/queries.jsonl`).filter(({ _id }, at) => relevant.has(_id) && at % step === 0);
    let sum = 0;
    for (const { _id, text } of queries) {
      const [query] = await model.embed([text], 'query');
      const scored = corpus.map((document, at) => ({ id: document._id, score: dot(query!, vectors[at]!) }));
      const best = scored.sort((a, b) => b.score - a.score).slice(0, 10);
      sum += ndcg10(
        best.map(({ id }) => id),
        relevant.get(_id)!,
      );
    }
    const ndcg = sum / queries.length;
    console.info(
      `${name}: nDCG@10 ${ndcg.toFixed(3)} over ${queries.length} queries, ${Math.round(perSecond)} passages/s`,
    );
    expect(ndcg).toBeGreaterThan(atLeast);
  });
});
