import { detectLanguage, isStopWord, splitSentences, stem, tokenize, type Span } from '#libs/text';
import type { ChatSource } from '../chat-model';

/** A sentence of a source that may become a part of the answer. */
export interface Candidate {
  readonly source: SourceText;
  /** Position among the sentences of its source. */
  readonly index: number;
  /** Verbatim. */
  readonly text: string;
  /** Content stems in order. */
  readonly stems: readonly string[];
  readonly stemSet: ReadonlySet<string>;
}

export interface SourceText {
  readonly source: ChatSource;
  /** Position in the request: reading order. */
  readonly rank: number;
  readonly language: string;
  readonly headingStems: ReadonlySet<string>;
  readonly stemSet: ReadonlySet<string>;
  readonly sentences: readonly Candidate[];
}

/** `[12]` in a source would read as a marker of ours. */
const REFERENCE = /\[\d+(?:\s?[,–-]\s?\d+)*\]/g;

const contentStems = (text: string, language: string): string[] =>
  tokenize(text)
    .filter(({ term }) => !isStopWord(term, language))
    .map(({ term }) => stem(term, language));

/** The longest stretch of a sentence without a bracketed number; still verbatim. */
const quotable = (sentence: string): string =>
  sentence
    .split(REFERENCE)
    .map((piece) => piece.trim())
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');

/** Reads a source into its sentences. */
export const readSource = (source: ChatSource, rank: number): SourceText => {
  const language = detectLanguage(source.text);
  const sentences: Candidate[] = [];
  const read: SourceText = {
    source,
    rank,
    language,
    headingStems: new Set(contentStems(`${source.title}\n${source.heading ?? ''}`, language)),
    stemSet: new Set(contentStems(source.text, language)),
    sentences,
  };
  for (const [index, { start, end }] of splitSentences(source.text, language).entries()) {
    sentences.push(toCandidate(read, index, { start, end }));
  }
  return read;
};

const toCandidate = (source: SourceText, index: number, { start, end }: Span): Candidate => {
  const text = quotable(source.source.text.slice(start, end));
  const stems = contentStems(text, source.language);
  return { source, index, text, stems, stemSet: new Set(stems) };
};
