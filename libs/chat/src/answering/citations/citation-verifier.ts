import type { Span } from '#libs/text';

import type { Citation, EvidenceSource } from './evidence';
import { EvidenceIndex } from './evidence-index';
import { scanMarkers, type AnswerPiece } from './marker-scanner';
import { renderMarkers } from './marker-syntax';
import { NOTHING_COMPARED, type Similarity } from './meaning/similarity';
import { isRefusal } from './refusal';
import { StatementJudge, type Proof } from './statement-judge';
import { readAnswer, type CitedStatement } from './statements';
import { withMissingMarkers } from './missing-markers';
import { unsupportedIn } from './unsupported';
import { assertVerbatim } from './verbatim';

/** An answer whose every marker is proven. */
export interface VerifiedAnswer {
  /** The model's text; markers without proof are gone, wrong ones name the source that does prove the statement. */
  readonly content: string;
  /** One per marker of `content`, in their order: the n-th entry proves the n-th marker. */
  readonly citations: readonly Citation[];
  /** Whether at least one statement is proven and the answer does not say that it knows none. */
  readonly grounded: boolean;
  /** Statements of `content` that no source proves, in their order. */
  readonly unsupported: readonly Span[];
}

/** What one reading of an answer proves. */
type Reading = Omit<VerifiedAnswer, 'unsupported'>;

/** Each round removes a marker or ends; answers cite a few dozen times at most. */
const MAX_ROUNDS = 100;

const citationOf = ({ match, support }: Proof): Citation => {
  const { source } = match.indexed;
  const { start, end } = match.passage;
  return {
    marker: source.marker,
    documentId: source.documentId,
    chunkId: source.chunkId,
    title: source.title,
    ...(source.page !== undefined && { page: source.page }),
    quote: source.text.slice(start, end),
    start: source.start + start,
    end: source.start + end,
    support: Math.round(Math.min(1, support) * 1000) / 1000,
  };
};

/** Gives each proof back to the marker that named its source; a repaired one takes the place of the group's first. */
const distribute = ({ places }: CitedStatement, proofs: readonly Proof[]): [number, readonly Citation[]][] => {
  const left = new Map(proofs.map((proof) => [proof.match.indexed.source.marker, citationOf(proof)]));
  const named = places.map(({ piece, numbers }): [number, Citation[]] => [piece, take(left, numbers)]);
  named[0]?.[1].push(...left.values());
  return named;
};

const take = (left: Map<number, Citation>, numbers: readonly number[]): Citation[] =>
  numbers.flatMap((number) => {
    const citation = left.get(number);
    left.delete(number);
    return citation ? [citation] : [];
  });

/** White space that goes with a removed marker; a line end stays. */
const withoutSpaces = (lead: string): string => lead.replaceAll(/[^\S\r\n]/gu, '');

const render = (pieces: readonly AnswerPiece[], kept: ReadonlyMap<number, readonly Citation[]>): string =>
  pieces
    .map((piece, place) => {
      if (piece.kind === 'text') return piece.text;
      const markers = (kept.get(place) ?? []).map(({ marker }) => marker);
      return markers.length > 0 ? piece.lead + renderMarkers(markers) : withoutSpaces(piece.lead);
    })
    .join('')
    .trim();

const verifyOnce = (answer: string, index: EvidenceIndex, similarity: Similarity): Reading => {
  const pieces = scanMarkers(answer, index.has);
  const read = readAnswer(pieces);
  const judge = new StatementJudge(index, read.language, similarity);
  const kept = new Map<number, readonly Citation[]>();
  for (const cited of isRefusal(read) ? [] : read.cited) {
    for (const [piece, citations] of distribute(cited, judge.judge(cited))) kept.set(piece, citations);
  }
  const citations = [...kept.values()].flat();
  return { content: render(pieces, kept), citations, grounded: citations.length > 0 };
};

/** All that read as markers, also of sources that do not exist: `[9【2】]` leaves `[9]` when its inner marker goes. */
const markersOf = (content: string): string =>
  scanMarkers(content, () => true)
    .flatMap((piece) => (piece.kind === 'markers' ? piece.numbers : []))
    .join();

/**
 * Proves every marker of an answer against the sources it was written from, or removes it.
 *
 * Each marker is matched with the statement it closes; the quote is the sentence, or the few sentences, of the source that
 * carry it best. Support is the share of the statement's words found there, rare words and names weighing more, or what meaning
 * gives where it was compared; a number or date that no quoted sentence holds, or a denial of it, makes it low. A marker whose source does not carry the statement is moved to the source
 * that does, or removed; a sentence without marker that a source clearly carries gets that source's. No word is ever added or
 * taken, and the numbers keep naming the same sources. What remains without proof is listed in `unsupported`.
 *
 * @param answer as the model wrote it, whole
 * @param sources what the model was given; offsets as in the documents
 * @param similarity of statements and sentences that words alone do not decide; without it words decide alone
 * @throws CitationNotVerbatimError never, unless this file has a bug: then the answer must not be shown with citations
 */
export const verifyCitations = (
  answer: string,
  sources: readonly EvidenceSource[],
  similarity = NOTHING_COMPARED,
): VerifiedAnswer => {
  const index = new EvidenceIndex(sources);
  let verified = verifyOnce(withMissingMarkers(answer, index, similarity), index, similarity);
  // Brackets around a removed marker can close up to a new one, `[[2]1]`: read again until what is left is what was proven.
  for (let round = 0; round < MAX_ROUNDS && !isSettled(verified); round += 1) {
    verified = verifyOnce(verified.content, index, similarity);
  }
  if (!isSettled(verified)) return unproven(answer);
  assertVerbatim(verified.citations, sources);
  return { ...verified, unsupported: unsupportedIn(verified.content, index.has) };
};

const isSettled = ({ content, citations }: Reading): boolean =>
  markersOf(content) === citations.map(({ marker }) => marker).join();

/** The answer with every statement unproven: for when citations cannot be trusted. */
export const unproven = (answer: string): VerifiedAnswer => {
  const content = withoutMarkers(answer);
  return { content, citations: [], grounded: false, unsupported: unsupportedIn(content, () => false) };
};

/** The text alone: every marker gone, whatever it names. */
export const withoutMarkers = (answer: string): string =>
  scanMarkers(answer, () => false)
    .map((piece) => (piece.kind === 'text' ? piece.text : ''))
    .join('');
