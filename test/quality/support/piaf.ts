import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A public set beside the checkout; absent on other machines, and then there is nothing to measure. */
const DATA = join(process.cwd(), '..', 'shared', 'data', 'piaf');

/** One document of the set. */
export interface Paragraph {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}

export interface Question {
  readonly _id: string;
  readonly text: string;
  readonly metadata: { readonly answers: readonly string[] };
}

export interface Piaf {
  readonly paragraphs: readonly Paragraph[];
  readonly questions: readonly Question[];
  /** Ids of the paragraphs that answer a question, by the question's id. */
  readonly answeredBy: ReadonlyMap<string, readonly string[]>;
}

const linesOf = (file: string): string[] => readFileSync(join(DATA, file), 'utf8').trim().split('\n');
const rowsOf = <T>(file: string): T[] => linesOf(file).map((line) => JSON.parse(line) as T);

/** Undefined, and said loudly, where the set is absent. */
export const readPiaf = (): Piaf | undefined => {
  if (!existsSync(DATA)) {
    process.stderr.write(`SKIPPED: no PIAF data in ${DATA}; what needs it is not measured.\n`);
    return undefined;
  }
  const answeredBy = new Map<string, string[]>();
  for (const line of linesOf('qrels.tsv').slice(1)) {
    const [question = '', paragraph = ''] = line.split('\t');
    answeredBy.set(question, [...(answeredBy.get(question) ?? []), paragraph]);
  }
  return { paragraphs: rowsOf('corpus.jsonl'), questions: rowsOf('queries.jsonl'), answeredBy };
};
