import { ImportRefusedError } from '../evaluation.errors';
import { GOLDEN_LIMITS } from './golden-question.dto';
import type { ImportQuestionsDto } from './import-questions.dto';

/** A question as a file tells it: its documents are named as the file knows them. */
export interface ImportedQuestion {
  readonly question: string;
  readonly documents: readonly string[];
  readonly answers: readonly string[];
  readonly passage: string | null;
  readonly answerable: boolean;
}

type Row = Readonly<Record<string, unknown>>;

const refuse = (line: number, reason: string): never => {
  throw new ImportRefusedError({ line, reason });
};

const rowOf = (text: string, line: number): Row => {
  try {
    const row: unknown = JSON.parse(text);
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Row;
  } catch {
    // Told below, as any other line that is no object.
  }
  return refuse(line, 'not a JSON object');
};

const linesOf = (text: string): { readonly text: string; readonly line: number }[] =>
  text.split(/\r?\n/).flatMap((own, at) => (own.trim() === '' ? [] : [{ text: own, line: at + 1 }]));

/** @throws ImportRefusedError unless it is a text of 1 to `most` characters */
const textOf = (value: unknown, most: number, name: string, line: number): string => {
  const isText = typeof value === 'string' && value.trim() !== '' && value.length <= most && !value.includes('\0');
  return isText ? value : refuse(line, `${name} must be a text of 1 to ${most} characters`);
};

const textsOf = (value: unknown, [count, most]: readonly [number, number], name: string, line: number): string[] => {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > count) return refuse(line, `${name} must be a list of at most ${count}`);
  return value.map((each) => textOf(each, most, name, line));
};

const { question: QUESTION, documents, passage: PASSAGE, answers, answer } = GOLDEN_LIMITS;
/** File names and titles. */
const NAME = 255;

const jsonl = (text: string): ImportedQuestion[] =>
  linesOf(text).map(({ text: own, line }) => {
    const { question, expectedDocuments, expectedAnswers, expectedPassage, answerable = true } = rowOf(own, line);
    if (typeof answerable !== 'boolean') return refuse(line, 'answerable must be true or false');
    return {
      question: textOf(question, QUESTION, 'question', line),
      documents: textsOf(expectedDocuments, [documents, NAME], 'expectedDocuments', line),
      answers: textsOf(expectedAnswers, [answers, answer], 'expectedAnswers', line),
      passage: expectedPassage == null ? null : textOf(expectedPassage, PASSAGE, 'expectedPassage', line),
      answerable,
    };
  });

/** Texts that are relevant to each question; a grade of 0 says that one is not. */
const judgementsOf = (text: string): Map<string, string[]> => {
  const relevant = new Map<string, string[]>();
  for (const { text: own, line } of linesOf(text)) {
    const [question = '', document = '', grade] = own.split('\t');
    if (line === 1 && Number.isNaN(Number(grade))) continue;
    if (isRelevant(line, question, document, Number(grade)))
      relevant.set(question, [...(relevant.get(question) ?? []), document]);
  }
  return relevant;
};

/** @throws ImportRefusedError for what is no judgement */
const isRelevant = (line: number, question: string, document: string, grade: number): boolean => {
  const isWhole = question !== '' && document !== '' && grade >= 0;
  return isWhole ? grade > 0 : refuse(line, 'judgements must be question, text, grade');
};

/** Questions without a judgement belong to another part of the set. */
const beir = (text: string, judgements: string): ImportedQuestion[] => {
  const relevant = judgementsOf(judgements);
  return linesOf(text).flatMap(({ text: own, line }) => {
    const { _id, text: question, metadata } = rowOf(own, line);
    const named = relevant.get(String(_id));
    if (!named) return [];
    const gold = (metadata as { readonly answers?: unknown } | undefined)?.answers;
    return [
      {
        question: textOf(question, QUESTION, 'text', line),
        documents: named.slice(0, documents),
        answers: textsOf(gold, [answers, answer], 'metadata.answers', line),
        passage: null,
        answerable: true,
      },
    ];
  });
};

/** Reads questions of either layout. @throws ImportRefusedError naming the line */
export const parseQuestions = ({ format, questions, judgements = '' }: ImportQuestionsDto): ImportedQuestion[] =>
  format === 'beir' ? beir(questions, judgements) : jsonl(questions);
