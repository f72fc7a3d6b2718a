import { detectLanguage, splitSentences, tokenize, type Span } from '#libs/text';

import { factsOf } from './facts';
import type { AnswerPiece } from './marker-scanner';
import { saysNoAnswer } from './no-answer';
import { statementTerms } from './terms';

/** One `[1]` or `[1, 2]` of the answer. */
interface MarkerPlace {
  /** Place among the pieces of the answer. */
  readonly piece: number;
  readonly numbers: readonly number[];
}

/** Markers that stand together, `[1][2]` or `[1]. [2]`, and what they are said to prove together. */
export interface CitedStatement {
  readonly places: readonly MarkerPlace[];
  /** Readings of what the markers belong to: the clause they close, then the whole sentence. */
  readonly statements: readonly string[];
  /** Of the answer without markers; undefined when there is none. */
  readonly sentence: Span | undefined;
}

export interface ReadAnswer {
  /** The answer without its markers. */
  readonly plain: string;
  readonly language: string;
  readonly sentences: readonly Span[];
  readonly cited: readonly CitedStatement[];
}

/** A clause of fewer words ("selon", "Il est de") says too little to be proven apart from its sentence. */
const MIN_CLAUSE_WORDS = 3;

const HAS_WORD = /[\p{L}\p{N}]/u;

interface Placed extends MarkerPlace {
  /** Offset in the answer without markers. */
  readonly at: number;
}

const place = (pieces: readonly AnswerPiece[]): { plain: string; placed: Placed[] } => {
  let plain = '';
  const placed: Placed[] = [];
  for (const [piece, part] of pieces.entries()) {
    plain += part.kind === 'text' ? part.text : part.lead;
    if (part.kind === 'markers') placed.push({ piece, numbers: part.numbers, at: plain.length });
  }
  return { plain, placed };
};

/** A marker follows what it proves, except at the start of a line: `[1] says that ...`. */
const sentenceAt = (plain: string, sentences: readonly Span[], at: number): Span | undefined => {
  const opensLine = /(?:^|\n)\s*$/u.test(plain.slice(0, at)) && /^[^\S\n]*\S/u.test(plain.slice(at));
  const next = sentences.find(({ end }) => end > at);
  if (opensLine) return next;
  return sentences.findLast(({ start }) => start < at) ?? next;
};

/** Adjacent markers `[1] [2]` close the same clause: a clause begins after the last marker that is followed by words. */
const clauseStart = (plain: string, sentence: Span, markers: readonly Placed[], at: number): number => {
  const earlier = markers.findLast((marker) => marker.at < at && HAS_WORD.test(plain.slice(marker.at, at)));
  return Math.max(sentence.start, earlier?.at ?? 0);
};

const readingsOf = (plain: string, sentence: Span, placed: readonly Placed[], at: number): string[] => {
  const whole = plain.slice(sentence.start, sentence.end);
  const clause = plain.slice(clauseStart(plain, sentence, placed, at), Math.min(at, sentence.end)).trim();
  return clause !== whole && tokenize(clause).length >= MIN_CLAUSE_WORDS ? [clause, whole] : [whole];
};

/** A line end parts markers too: the next line is another statement. */
const standTogether = (plain: string, from: Placed, to: Placed): boolean =>
  !HAS_WORD.test(plain.slice(from.at, to.at)) && !plain.slice(from.at, to.at).includes('\n');

const group = (plain: string, placed: readonly Placed[]): Placed[][] => {
  const groups: Placed[][] = [];
  for (const marker of placed) {
    const open = groups.at(-1);
    const last = open?.at(-1);
    if (open && last && standTogether(plain, last, marker)) open.push(marker);
    else groups.push([marker]);
  }
  return groups;
};

/** Reads which statement of an answer each group of markers belongs to. */
export const readAnswer = (pieces: readonly AnswerPiece[]): ReadAnswer => {
  const { plain, placed } = place(pieces);
  const language = detectLanguage(plain);
  const sentences = splitSentences(plain, language);
  const cited = group(plain, placed).map((places) => {
    const at = places[0]?.at ?? 0;
    const sentence = sentenceAt(plain, sentences, at);
    return { places, sentence, statements: sentence ? readingsOf(plain, sentence, placed, at) : [] };
  });
  return { plain, language, sentences, cited };
};

/** Sentences that say something to be proven and that no marker belongs to. */
export const uncitedClaims = ({ plain, sentences, cited }: ReadAnswer): Span[] => {
  const proven = new Set(cited.map(({ sentence }) => sentence));
  return sentences.filter((span) => !proven.has(span) && isClaim(plain.slice(span.start, span.end)));
};

/** One word ("Bonjour.") claims nothing. */
const MIN_CLAIM_WORDS = 2;
/** Headings, rules and fences; what asks; what announces. */
const CLAIMS_NOTHING = /^\s*(?:#|```|~~~|\|?[-=|: ]+$)|[?:]\s*[»”"*_)]*\s*$/u;

const QUOTED_QUESTION = /[«“"][^«»“”"]*\?\s*[»”"]\s*$/u;

/** Whether a sentence says what somebody else asked, rather than asking. */
const quotesQuestion = (sentence: string): boolean => {
  const at = sentence.search(QUOTED_QUESTION);
  return at > 0 && HAS_WORD.test(sentence.slice(0, at));
};

/** "According to the documents, ..." makes the rest no refusal, whatever it denies. */
const ATTRIBUTION = /^\s*(?:selon|d['’]après|according to)\s[^,.]{1,40},\s*/iu;

const isClaim = (sentence: string): boolean =>
  (!CLAIMS_NOTHING.test(sentence) || quotesQuestion(sentence)) &&
  !saysNoAnswer(sentence.replace(ATTRIBUTION, '')) &&
  (statementTerms(sentence, detectLanguage(sentence)).length >= MIN_CLAIM_WORDS || factsOf(sentence).length > 0);
