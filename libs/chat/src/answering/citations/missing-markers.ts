import { tokenize, type Span } from '#libs/text';

import type { EvidenceIndex } from './evidence-index';
import { scanMarkers, type AnswerPiece } from './marker-scanner';
import { renderMarkers } from './marker-syntax';
import type { Similarity } from './meaning/similarity';
import { isRefusal } from './refusal';
import { CLEAR_SUPPORT, StatementJudge, type Proof } from './statement-judge';
import { readAnswer, uncitedClaims } from './statements';

/** Shorter sentences agree with a source by chance. */
const MIN_WORDS = 5;
/** What a marker stands before: `... trois mois [2].` */
const CLOSING = /[\s.!?…»”"*_`]*$/u;

/** A marker to be written, at an offset of the answer without markers. */
interface Missing {
  readonly at: number;
  readonly marker: number;
}

/** Whether a sentence says enough for a source to be named that the model did not name. */
export const isLongEnough = (statement: string): boolean => tokenize(statement).length >= MIN_WORDS;

/** What carries a statement so clearly that it is named though the model did not: more than keeps a marker it wrote itself. */
export const clearProof = (judge: StatementJudge, statement: string): Proof | undefined => {
  const proof = judge.bestOfAll(statement);
  return proof && proof.support >= CLEAR_SUPPORT ? proof : undefined;
};

const missingIn = (pieces: readonly AnswerPiece[], index: EvidenceIndex, similarity: Similarity): Missing[] => {
  const read = readAnswer(pieces);
  if (isRefusal(read)) return [];
  const judge = new StatementJudge(index, read.language, similarity);
  return uncitedClaims(read).flatMap((span) => {
    const statement = read.plain.slice(span.start, span.end);
    const proof = isLongEnough(statement) ? clearProof(judge, statement) : undefined;
    return proof ? [{ at: closeOf(read.plain, span), marker: proof.match.indexed.source.marker }] : [];
  });
};

const closeOf = (plain: string, { start, end }: Span): number => {
  const sentence = plain.slice(start, end);
  return start + (CLOSING.exec(sentence)?.index ?? sentence.length);
};

/**
 * The answer with a marker behind each sentence that has none and that a source clearly carries: small models forget most of
 * them. What is written here is proven like everything else afterwards.
 */
export const withMissingMarkers = (answer: string, index: EvidenceIndex, similarity: Similarity): string => {
  const pieces = scanMarkers(answer, index.has);
  const missing = missingIn(pieces, index, similarity);
  if (missing.length === 0) return answer;
  let at = 0;
  return pieces
    .map((piece) => {
      const text = piece.kind === 'text' ? piece.text : piece.lead;
      const written = insert(text, at, missing);
      at += text.length;
      return piece.kind === 'text' ? written : written + renderMarkers(piece.numbers);
    })
    .join('');
};

/** @param from offset of `text` in the answer without markers */
const insert = (text: string, from: number, missing: readonly Missing[]): string => {
  const here = missing.filter(({ at }) => at > from && at <= from + text.length);
  return here.reduceRight(
    (written, { at, marker }) => `${written.slice(0, at - from)} ${renderMarkers([marker])}${written.slice(at - from)}`,
    text,
  );
};
