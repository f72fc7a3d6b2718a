import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, detectLanguage } from '#libs/text';
import type { ChatSource } from '#libs/llm';
import { extractAnswer, rankSentences } from '../../libs/llm/src/extractive/extract-answer';

/** A public set beside the checkout; absent on other machines, and then there is nothing to measure. */
const DATA = join(__dirname, '../../../shared/data/piaf');
const present = existsSync(DATA);
if (!present) console.warn(`SKIPPED: no PIAF data in ${DATA}, the extractive answers are not measured.`);

interface Paragraph {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}
interface PiafQuestion {
  readonly _id: string;
  readonly text: string;
  readonly metadata: { readonly answers: readonly string[] };
}

const lines = (file: string): string[] => readFileSync(join(DATA, file), 'utf8').trim().split('\n');
const read = <T>(file: string): T[] => lines(file).map((line) => JSON.parse(line) as T);

/** Plain BM25 over whole paragraphs: enough to hand the extractor what retrieval would. */
class Bm25 {
  private readonly postings = new Map<string, [document: number, count: number][]>();
  private readonly lengths: number[] = [];
  private readonly mean: number;

  constructor(private readonly paragraphs: readonly Paragraph[]) {
    for (const [document, { title, text }] of paragraphs.entries()) {
      const counts = new Map<string, number>();
      for (const term of analyze(`${title}\n${text}`, 'fr')) counts.set(term, (counts.get(term) ?? 0) + 1);
      this.lengths.push([...counts.values()].reduce((sum, count) => sum + count, 0));
      for (const [term, count] of counts) {
        const list = this.postings.get(term) ?? [];
        list.push([document, count]);
        this.postings.set(term, list);
      }
    }
    this.mean = this.lengths.reduce((sum, length) => sum + length, 0) / this.lengths.length;
  }

  readonly idf = (term: string): number => {
    const frequency = this.postings.get(term)?.length ?? 0;
    return Math.log(1 + (this.paragraphs.length - frequency + 0.5) / (frequency + 0.5));
  };

  sources(question: string, limit: number): (ChatSource & { readonly id: string })[] {
    const scores = new Map<number, number>();
    for (const term of new Set(analyze(question, 'fr'))) {
      for (const [document, count] of this.postings.get(term) ?? []) {
        const saturation = (count * 2.2) / (count + 1.2 * (0.25 + (0.75 * this.lengths[document]!) / this.mean));
        scores.set(document, (scores.get(document) ?? 0) + this.idf(term) * saturation);
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, limit)
      .map(([document, score], at) => {
        const { _id: id, title, text } = this.paragraphs[document]!;
        return { id, marker: at + 1, title, text, score };
      });
  }
}

const flat = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();
const share = (values: readonly boolean[]): number => values.filter(Boolean).length / values.length;

/** Area under the ROC curve, ties counted half. */
const auc = (rows: readonly (readonly [score: number, positive: boolean])[]): number => {
  const sorted = rows.toSorted((a, b) => a[0] - b[0]);
  let ranks = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]![0] === sorted[from]![0]) to++;
    ranks += sorted.slice(from, to).filter(([, positive]) => positive).length * ((from + 1 + to) / 2);
  }
  const positives = rows.filter(([, positive]) => positive).length;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (rows.length - positives));
};

(present ? describe : describe.skip)('the extractive answers on PIAF', () => {
  const paragraphs = present ? read<Paragraph>('corpus.jsonl') : [];
  const relevant = new Map(
    present
      ? lines('qrels.tsv')
          .slice(1)
          .map((line) => line.split('\t').slice(0, 2) as [string, string])
      : [],
  );
  const questions = present ? read<PiafQuestion>('queries.jsonl').filter((_, at) => at % 20 === 0) : [];

  it('puts the gold answer in the best sentences more often than the reference method', () => {
    const index = new Bm25(paragraphs);
    const found: boolean[][] = [[], [], [], []];
    let count = 0;
    for (const { text, metadata } of questions) {
      const input = { question: text, sources: index.sources(text, 5) };
      const golds = metadata.answers.map(flat);
      const holds = (sentence: string) => golds.some((gold) => flat(sentence).includes(gold));
      const ranked = rankSentences(input);
      for (const best of [1, 2, 3]) {
        found[best]!.push(ranked.slice(0, best).some(({ candidate }) => holds(candidate.text)));
      }
      const answer = extractAnswer(input);
      count += answer.length;
      if (answer.length > 0) found[0]!.push(answer.some((sentence) => holds(sentence.text)));
    }
    const [answered, one, two, three] = found.map(share);
    console.info(
      `PIAF, top 5 by BM25: gold in best sentence ${one!.toFixed(3)}, best two ${two!.toFixed(3)}, best three ${three!.toFixed(3)}; ` +
        `answered ${(found[0]!.length / questions.length).toFixed(3)} of the questions, gold in ${answered!.toFixed(3)} of these answers, ` +
        `${(count / found[0]!.length).toFixed(2)} sentences each`,
    );
    expect(one).toBeGreaterThan(0.54);
    expect(two).toBeGreaterThan(0.65);
    expect(three).toBeGreaterThan(0.7);
  });

  it.each([
    ['without corpus statistics', false, 0.79],
    ['with corpus statistics', true, 0.79],
  ])('tells answerable questions from others %s, half of the paragraphs removed', (_, withIdf, atLeast) => {
    const kept = paragraphs.filter((_paragraph, at) => at % 2 === 0);
    const ids = new Set(kept.map(({ _id }) => _id));
    const index = new Bm25(kept);
    const answered: Record<string, boolean[]> = { true: [], false: [] };
    const rows = questions.map(({ _id, text }): [number, boolean] => {
      const input = { question: text, sources: index.sources(text, 5), termWeight: withIdf ? index.idf : undefined };
      const answerable = ids.has(relevant.get(_id)!);
      answered[String(answerable)]!.push(extractAnswer(input).length > 0);
      return [rankSentences(input)[0]?.confidence ?? -Infinity, answerable];
    });
    console.info(
      `PIAF, half removed, ${withIdf ? 'with' : 'without'} corpus IDF: AUC ${auc(rows).toFixed(3)}; answered ` +
        `${share(answered.true!).toFixed(2)} of the answerable and ${share(answered.false!).toFixed(2)} of the others`,
    );
    expect(auc(rows)).toBeGreaterThan(atLeast);
  });

  it('takes the questions for French', () => {
    expect(share(questions.map(({ text }) => detectLanguage(text) === 'fr'))).toBeGreaterThan(0.99);
  });
});
