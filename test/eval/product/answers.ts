import { areaUnderRoc } from '../../../libs/evaluation/src/metrics/abstention';
import { mean } from '../../../libs/evaluation/src/metrics/ranking';
import type { BeirQuestion, BeirSet, BeirText } from '../beir';
import type { Answer, Shelf } from './client';
import { inLanes } from './in-lanes';
import type { FigureReport } from './report';

const LANES = 2;

const flat = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ');

/** Whether a gold answer stands in one of the sentences. */
const holdsGold = ({ metadata }: BeirQuestion, sentences: readonly string[]): boolean => {
  const golds = (metadata?.answers ?? []).map(flat);
  return sentences.some((sentence) => golds.some((gold) => flat(sentence).includes(gold)));
};

/** How often the sentences that come nearest to an answer hold the gold one. */
export const measureExtracts = async (report: FigureReport, shelf: Shelf, { questions }: BeirSet): Promise<void> => {
  const rows = await inLanes(LANES, questions, async (question) => {
    const { best, grounded, content } = await shelf.ask(question.text);
    return {
      one: holdsGold(question, best.slice(0, 1)),
      three: holdsGold(question, best),
      answered: grounded,
      right: grounded && holdsGold(question, [content]),
    };
  });
  const share = (key: 'one' | 'three' | 'answered' | 'right'): number => mean(rows.map((row) => Number(row[key])));
  report.add({ name: `Extractive: gold answer in the best sentence`, value: share('one'), atLeast: 0.58 });
  report.add({ name: 'Extractive: gold answer in the best three', value: share('three'), atLeast: 0.74 });
  const right = (share('right') / share('answered')).toFixed(3);
  report.note(`${share('answered').toFixed(3)} of the questions are answered, ${right} of these hold the gold answer`);
};

/** How well the confidence tells the questions whose paragraph is there from those whose paragraph is not. */
export const measureAbstention = async (
  report: FigureReport,
  shelf: Shelf,
  { questions, judgements }: BeirSet,
  kept: readonly BeirText[],
): Promise<void> => {
  const ids = new Set(kept.map(({ _id }) => _id));
  const rows = await inLanes(LANES, questions, async ({ _id, text }) => {
    const { confidence, grounded }: Answer = await shelf.ask(text);
    const isAnswerable = [...(judgements.get(_id)?.keys() ?? [])].some((id) => ids.has(id));
    return { confidence, grounded, isAnswerable };
  });
  const value = areaUnderRoc(rows) ?? 0;
  report.add({ name: `Abstention: AUC, half of the paragraphs removed`, value, atLeast: 0.82 });
  const answered = (answerable: boolean): string =>
    mean(rows.filter((row) => row.isAnswerable === answerable).map((row) => Number(row.grounded))).toFixed(2);
  report.note(`answered are ${answered(true)} of the answerable questions and ${answered(false)} of the others`);
};
