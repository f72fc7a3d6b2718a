import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { BUILTIN_EMBEDDING_ID, BuiltinEmbeddingModel } from '#libs/llm';
import { detectLanguage, passageVectors } from '#libs/text';

import { fuse, type ScoredId } from '../../libs/retrieval/src/fusion/fuse';
import { fuseLegs } from '../../libs/retrieval/src/fusion/fuse-legs';
import { CollectionIndex } from '../../libs/retrieval/src/lexical/collection-index';
import { searchMixed, searchWords } from '../../libs/retrieval/src/lexical/search-indexes';
import { SparseLexicalIndex } from '../../libs/retrieval/src/lexical/sparse-lexical-index';
import { InMemoryPostings } from './in-memory-postings';

/** Public sets beside the checkout; absent on other machines, and then there is nothing to measure. */
const DATA = join(__dirname, '../../../shared/data');
const present = existsSync(DATA);
if (!present) console.warn(`SKIPPED: no data sets in ${DATA}, the quality of the ranking is not measured.`);

const CANDIDATES = 100;
/**
 * `words` is the lexical leg without its 4-grams, `shared` the whole of it as a store outside the process weighs it; `equal` is what a fusion that does not know its embedder would do. The last
 * three are embedders that it does not know: the built-in one by another name, the same with noise over it (.31 and .43 by
 * itself), and nothing but noise.
 */
const LEGS = ['words', 'lexical', 'shared', 'dense', 'hybrid', 'equal', 'unknown', 'noisy', 'noise'] as const;

interface Text {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}
type Judgements = ReadonlyMap<string, number>;

const lines = (set: string, file: string) =>
  readFileSync(join(DATA, set, file), 'utf8')
    .trim()
    .split('\n');
const read = (set: string, file: string) => lines(set, file).map((line) => JSON.parse(line) as Text);

const judgements = (set: string): Map<string, Judgements> => {
  const rows = lines(set, 'qrels.tsv')
    .slice(1)
    .map((line) => line.split('\t') as [string, string, string]);
  const byQuery = Map.groupBy(rows, ([query]) => query);
  return new Map(
    Array.from(byQuery, ([query, own]) => [query, new Map(own.map(([, id, grade]) => [id, Number(grade)]))]),
  );
};

/** nDCG@10, as trec_eval computes it. */
const ndcg = (ranked: readonly ScoredId[], relevant: Judgements): number => {
  const gain = (grades: readonly number[]) => grades.reduce((sum, grade, at) => sum + grade / Math.log2(at + 2), 0);
  const ideal = [...relevant.values()].sort((a, b) => b - a).slice(0, 10);
  return gain(ranked.slice(0, 10).map(({ id }) => relevant.get(id) ?? 0)) / gain(ideal);
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

class Corpus {
  private readonly index = new CollectionIndex(true);
  private readonly postings = new InMemoryPostings();
  private readonly ids: string[] = [];
  private readonly vectors: Float32Array[] = [];
  private readonly model = new BuiltinEmbeddingModel();

  constructor(private readonly withVectors = true) {}

  async add(texts: readonly Text[]): Promise<void> {
    for (const { _id, title, text } of texts) {
      const passage = { ordinal: 0, language: detectLanguage(text), text: `${title}\n${text}` };
      this.index.put(_id, 1, [passage]);
      const { language } = passage;
      this.postings.add({ id: _id, language, vectors: passageVectors(passage.text, language) });
      this.ids.push(_id);
      if (this.withVectors) this.vectors.push(...(await this.model.embed([passage.text], 'document')));
    }
  }

  lexical(question: string, search: typeof searchMixed): ScoredId[] {
    const hits = search([{ id: 'c', index: this.index }], question, CANDIDATES);
    return hits.map(({ id, score }) => ({ id: id.replace(/:1:0$/, ''), score }));
  }

  shared(question: string): Promise<readonly ScoredId[]> {
    const searched = [{ id: 'c', organizationId: 'o', revision: 0 }];
    return new SparseLexicalIndex(this.postings).search(searched, question, CANDIDATES);
  }

  async dense(question: string, { signal = 1, noise = 0 } = {}): Promise<ScoredId[]> {
    const [query = new Float32Array()] = await this.model.embed([question], 'query');
    const scored = this.vectors.map((vector, at) => {
      let score = 0;
      for (let i = 0; i < query.length; i += 1) score += (vector[i] ?? 0) * (query[i] ?? 0);
      const id = this.ids[at] ?? '';
      return { id, score: score * signal + (noise === 0 ? 0 : noise * noiseOf(`${question} ${id}`)) };
    });
    return scored.sort((a, b) => b.score - a.score).slice(0, CANDIDATES);
  }
}

type Leg = (typeof LEGS)[number];

const UNKNOWN_ID = 'ollama:in-house';
const ONLY_NOISE = { signal: 0, noise: 0.04 };

/** Normally distributed, and the same for the same text. */
const noiseOf = (text: string): number => {
  const [first, second] = [...createHash('sha1').update(text).digest().subarray(0, 8)]
    .reduce<number[]>((words, byte, at) => words.with(at >> 2, (words[at >> 2] ?? 0) * 256 + byte), [0, 0])
    .map((word) => (word + 1) / 2 ** 32);
  return Math.sqrt(-2 * Math.log(first ?? 1)) * Math.cos(2 * Math.PI * (second ?? 0));
};

const rankings = async (corpus: Corpus, question: string): Promise<Record<Leg, readonly ScoredId[]>> => {
  const words = corpus.lexical(question, searchWords);
  const [lexical, dense] = [corpus.lexical(question, searchMixed), await corpus.dense(question)];
  const found = lexical.map((hit) => ({ ...hit, collectionId: 'c' }));
  const fusedAs = (embeddingModel: string, hits: readonly ScoredId[]) =>
    fuseLegs([{ embeddingModel, hits }], found, () => embeddingModel);
  const [noisy, noise] = [await corpus.dense(question, { noise: 0.06 }), await corpus.dense(question, ONLY_NOISE)];
  return {
    ...{ words, lexical, shared: await corpus.shared(question) },
    ...{ dense, hybrid: fusedAs(BUILTIN_EMBEDDING_ID, dense) },
    equal: fuse([lexical, dense].map((hits) => ({ hits, weight: 0.5 }))),
    ...{ unknown: fusedAs(UNKNOWN_ID, dense), noisy: fusedAs(UNKNOWN_ID, noisy), noise: fusedAs(UNKNOWN_ID, noise) },
  };
};

/** @param every takes one question of so many */
const measure = async (corpus: Corpus, set: string, every: number): Promise<Record<Leg, number>> => {
  const relevant = judgements(set);
  const questions = read(set, 'queries.jsonl').filter(({ _id }, at) => relevant.has(_id) && at % every === 0);
  const scores = Object.fromEntries(LEGS.map((leg) => [leg, [] as number[]])) as Record<Leg, number[]>;
  for (const { _id, text } of questions) {
    const ranked = await rankings(corpus, text);
    for (const leg of LEGS) scores[leg].push(ndcg(ranked[leg], relevant.get(_id) ?? new Map<string, number>()));
  }
  const report = LEGS.map((leg) => `${leg} ${mean(scores[leg]).toFixed(4)}`);
  console.info(`nDCG@10 on ${set}, ${questions.length} questions: ${report.join(', ')}`);
  return Object.fromEntries(LEGS.map((leg) => [leg, mean(scores[leg])])) as Record<Leg, number>;
};

(present ? describe : describe.skip)('the ranking on public sets', () => {
  it.each([
    { set: 'scifact', every: 1, words: 0.68, lexical: 0.7 },
    { set: 'piaf', every: 10, words: 0.79, lexical: 0.81 },
  ])(
    'finds the passages of $set by words, and no embedder spoils it, known or not',
    async ({ set, every, words, lexical }) => {
      const corpus = new Corpus();
      await corpus.add(read(set, 'corpus.jsonl'));
      const result = await measure(corpus, set, every);
      expect(result.words).toBeGreaterThanOrEqual(words);
      expect(result.lexical).toBeGreaterThanOrEqual(lexical);
      expect(result.shared).toBeGreaterThanOrEqual(result.lexical - 0.005);
      const best = Math.max(result.lexical, result.dense);
      for (const leg of ['hybrid', 'unknown', 'noisy', 'noise'] as const) {
        expect({ leg, isWeaker: result[leg] < best - 0.01 }).toEqual({ leg, isWeaker: false });
      }
    },
    120_000,
  );

  it('loses next to nothing when French and English share a collection', async () => {
    const corpus = new Corpus(false);
    for (const set of ['scifact', 'piaf']) await corpus.add(read(set, 'corpus.jsonl'));
    for (const [set, every, least] of [
      ['scifact', 3, 0.66],
      ['piaf', 30, 0.76],
    ] as const) {
      const { lexical, shared } = await measure(corpus, set, every);
      expect(Math.min(lexical, shared)).toBeGreaterThanOrEqual(least);
    }
  }, 120_000);
});
