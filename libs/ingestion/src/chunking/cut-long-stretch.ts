import { TokenCounter } from './token-counter';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const CLAUSE_END = /[,;:)\]}»”…|–—、，；](?=\s|$)/gu;
const SPACE = /\s/;
/** A piece smaller than this part of the maximum is not worth a better place to cut. */
const LEAST_SHARE = 0.5;
/** Longer clusters are no writing: a letter under a thousand accents may be cut. */
const LONGEST_GRAPHEME = 64;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The furthest offset up to which the text stays within `maxTokens`; at least one unit further than `start`. */
const furthest = (text: string, { start, end }: Stretch, maxTokens: number): number => {
  const counter = new TokenCounter();
  for (let index = start; index < end; index += 1) {
    counter.add(text.charCodeAt(index));
    if (counter.tokens > maxTokens) return Math.max(index, start + 1);
  }
  return end;
};

const lastClause = (window: string): number => {
  let last = -1;
  for (const { 0: mark, index } of window.matchAll(CLAUSE_END)) last = index + mark.length;
  return last;
};

const lastSpace = (window: string): number => {
  let index = window.length;
  while (index > 0 && !SPACE.test(window.charAt(index))) index -= 1;
  return index;
};

const isTrail = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
const isLead = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** Back to where no surrogate pair, and no letter with its accents, is cut. */
const graphemeStart = (text: string, start: number, limit: number): number => {
  const from = Math.max(start, limit - LONGEST_GRAPHEME);
  const cluster = graphemes.segment(text.slice(from, limit + 2)).containing(limit - from);
  if (cluster && cluster.index > 0) return from + cluster.index;
  const cutsPair = isTrail(text.charCodeAt(limit)) && isLead(text.charCodeAt(limit - 1));
  return cutsPair && limit - 1 > start ? limit - 1 : limit;
};

/** Where to end a piece that may not reach past `limit`: after a clause, else a word, else between letters. */
const cutBefore = (text: string, start: number, limit: number): number => {
  const window = text.slice(start, limit);
  const least = window.length * LEAST_SHARE;
  const clause = lastClause(window);
  if (clause > least) return start + clause;
  const space = lastSpace(window);
  return space > least ? start + space : graphemeStart(text, start, limit);
};

const skipSpace = (text: string, offset: number, end: number): number => {
  let index = offset;
  while (index < end && SPACE.test(text.charAt(index))) index += 1;
  return index;
};

/** Cuts a stretch longer than `maxTokens` into pieces that are not; a shorter one stays whole. */
export const cutLongStretch = (text: string, stretch: Stretch, maxTokens: number): Stretch[] => {
  if (stretch.end - stretch.start <= maxTokens) return [stretch]; // a token is at least one unit
  const pieces: Stretch[] = [];
  for (let start = stretch.start; start < stretch.end;) {
    const limit = furthest(text, { start, end: stretch.end }, maxTokens);
    const end = limit < stretch.end ? cutBefore(text, start, limit) : stretch.end;
    pieces.push({ start, end: start + text.slice(start, end).trimEnd().length });
    start = skipSpace(text, end, stretch.end);
  }
  return pieces;
};
