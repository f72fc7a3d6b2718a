import { mean, ndcgAt, recallAt } from '../../../libs/evaluation/src/metrics/ranking';
import type { BeirSet } from '../beir';
import { joinArticles } from '../articles';
import type { Shelf } from './client';
import { inLanes } from './in-lanes';
import type { FigureReport } from './report';

const LANES = 2;
const DEPTH = 10;

/** Every document once, at the place of its best passage. */
const documentsOf = (keys: readonly string[]): string[] => [...new Set(keys)];

interface RankingGoals {
  readonly ndcg: number;
  readonly recall: number;
  /** How many passages are looked at for the recall. */
  readonly recallDepth: number;
}

/** How well the search ranks whole documents. */
export const measureRanking = async (
  report: FigureReport,
  name: string,
  shelf: Shelf,
  { questions, judgements }: BeirSet,
  { ndcg, recall, recallDepth }: RankingGoals,
): Promise<void> => {
  const rows = await inLanes(LANES, questions, async ({ _id, text }) => {
    const hits = await shelf.search(text, recallDepth);
    const ranked = documentsOf(hits.map(({ documentId }) => shelf.keyOf(documentId)));
    const relevant = judgements.get(_id) ?? new Map<string, number>();
    return { ndcg: ndcgAt(DEPTH, ranked, relevant), recall: recallAt(recallDepth, ranked, relevant) };
  });
  report.add({
    name: `${name}: nDCG@10 over ${rows.length} questions`,
    value: mean(rows.map((row) => row.ndcg)),
    atLeast: ndcg,
  });
  report.add({ name: `${name}: recall@${recallDepth}`, value: mean(rows.map((row) => row.recall)), atLeast: recall });
};

const PASSAGES = 5;
const CONTAINED = 0.85;

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** The paragraphs of each article as one document, which the product cuts itself. */
export const articlesOf = ({ texts }: BeirSet) =>
  joinArticles(texts, 1, '\n\n').map(({ title, text }) => ({ key: title, title, text }));

/** How often the gold answer stands in the first passages of the right article. */
export const measureArticles = async (
  report: FigureReport,
  shelf: Shelf,
  { texts, questions, judgements }: BeirSet,
): Promise<void> => {
  const titles = new Map(texts.map(({ _id, title }) => [_id, title]));
  const found = await inLanes(LANES, questions, async ({ _id, text, metadata }) => {
    const right = new Set([...(judgements.get(_id)?.keys() ?? [])].map((id) => titles.get(id)));
    const golds = (metadata?.answers ?? []).map(flat);
    const hits = await shelf.search(text, PASSAGES);
    return hits.some(
      (hit) => right.has(shelf.keyOf(hit.documentId)) && golds.some((gold) => flat(hit.text).includes(gold)),
    );
  });
  const value = mean(found.map(Number));
  report.add({ name: `PIAF by article: gold answer in the first 5 passages`, value, atLeast: CONTAINED });
};
