import type { ChatSource } from '#libs/llm';
import { detectLanguage } from '#libs/text';

import { extractAnswer, rankSentences } from '../../libs/llm/src/extractive/extract-answer';
import { readPiaf, type Paragraph } from './support/piaf';
import { PlainBm25 } from './support/plain-bm25';

const piaf = readPiaf();

/** Paragraphs as retrieval would hand them to the extractor. */
const sourcesFrom = (index: PlainBm25<Paragraph>, question: string): (ChatSource & { readonly id: string })[] =>
  index
    .search(question, 5)
    .map(({ text: { _id: id, title, text }, score }, at) => ({ id, marker: at + 1, title, text, score }));

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

(piaf ? describe : describe.skip)('the extractive answers on PIAF', () => {
  const paragraphs = piaf?.paragraphs ?? [];
  const questions = (piaf?.questions ?? []).filter((_, at) => at % 20 === 0);

  it('puts the gold answer in the best sentences more often than the reference method', () => {
    const index = new PlainBm25(paragraphs, 'fr');
    const found: boolean[][] = [[], [], [], []];
    let count = 0;
    for (const { text, metadata } of questions) {
      const input = { question: text, sources: sourcesFrom(index, text) };
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
    const index = new PlainBm25(kept, 'fr');
    const answered: Record<string, boolean[]> = { true: [], false: [] };
    const rows = questions.map(({ _id, text }): [number, boolean] => {
      const input = { question: text, sources: sourcesFrom(index, text), termWeight: withIdf ? index.idf : undefined };
      const answerable = (piaf?.answeredBy.get(_id) ?? []).some((id) => ids.has(id));
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
