import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Public sets beside the checkout; absent on other machines, and then there is nothing to measure. */
const DATA = join(process.cwd(), '..', 'shared', 'data');

export interface BeirText {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}

export interface BeirQuestion {
  readonly _id: string;
  readonly text: string;
  readonly metadata?: { readonly answers?: readonly string[] };
}

/** A set in the layout of BEIR: texts, questions, and which text answers which question. */
export interface BeirSet {
  readonly texts: readonly BeirText[];
  readonly questions: readonly BeirQuestion[];
  /** By the question's id, grades by the text's. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const linesOf = (set: string, file: string): string[] =>
  readFileSync(join(DATA, set, file), 'utf8')
    .trim()
    .split('\n');
const rowsOf = <T>(set: string, file: string): T[] => linesOf(set, file).map((line) => JSON.parse(line) as T);

/** Undefined, and said loudly, where the set is absent. */
export const readBeir = (set: string): BeirSet | undefined => {
  if (!existsSync(join(DATA, set))) {
    process.stderr.write(`SKIPPED: no ${set} in ${DATA}; it is not measured.\n`);
    return undefined;
  }
  const judgements = new Map<string, Map<string, number>>();
  for (const line of linesOf(set, 'qrels.tsv').slice(1)) {
    const [question = '', text = '', grade = '0'] = line.split('\t');
    judgements.set(question, (judgements.get(question) ?? new Map<string, number>()).set(text, Number(grade)));
  }
  const questions = rowsOf<BeirQuestion>(set, 'queries.jsonl').filter(({ _id }) => judgements.has(_id));
  return { texts: rowsOf(set, 'corpus.jsonl'), questions, judgements };
};
