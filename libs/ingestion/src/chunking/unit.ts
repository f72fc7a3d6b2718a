import { splitSentences } from '#libs/text';

import { cutLongStretch } from './cut-long-stretch';
import { estimateTokens } from './token-counter';

/** The smallest stretch a chunk is made of: a sentence, or a line of a table, a list or code. Never blank at its ends. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
  /** A sentence may be repeated at the next chunk's start; a line of a table or list may not. */
  readonly isSentence: boolean;
  readonly opensParagraph: boolean;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Handed to the sentence splitter at once: a file of one endless line must not be one call. */
const WINDOW = 20_000;
const LINE = /[^\n]+/g;
const LINE_WISE = /^[ \t]*(?:\||```|~~~|(?:[-*+•–]|\d{1,3}[.)])[ \t])/;
const FENCE = /^[ \t]*(?:```|~~~)/;

const linesOf = (text: string, { start, end }: Stretch): Stretch[] =>
  Array.from(text.slice(start, end).matchAll(LINE), ({ 0: found, index }) => ({
    start: start + index,
    end: start + index + found.length,
  }));

/** Lines up to the next blank one. Not one pattern for all: it would exhaust the stack on a file of one endless line. */
const blocksOf = (text: string, range: Stretch): Stretch[] => {
  const blocks: { start: number; end: number }[] = [];
  let inBlock = false;
  for (const line of linesOf(text, range)) {
    const open = blocks.at(-1);
    const follows = open !== undefined && line.start === open.end + 1;
    if (text.slice(line.start, line.end).trim() === '') inBlock = false;
    else if (inBlock && follows) open.end = line.end;
    else inBlock = blocks.push({ ...line }) > 0;
  }
  return blocks;
};

const trim = (text: string, { start, end }: Stretch): Stretch => {
  const inside = text.slice(start, end);
  const left = inside.length - inside.trimStart().length;
  return { start: start + left, end: Math.max(start + left, start + inside.trimEnd().length) };
};

/** Windows of a long block, cut at a blank where there is one. */
const windows = (text: string, { start, end }: Stretch): Stretch[] => {
  const found: Stretch[] = [];
  for (let from = start; from < end;) {
    const blank = from + WINDOW < end ? text.lastIndexOf(' ', from + WINDOW) : end;
    const to = blank > from + WINDOW / 2 ? blank : Math.min(end, from + WINDOW);
    found.push({ start: from, end: to });
    from = to;
  }
  return found;
};

/** Sentence starts only are taken from the splitter: each sentence reaches to the next, so nothing can fall between. */
const sentences = (text: string, block: Stretch, language: string): Stretch[] =>
  windows(text, block).flatMap((window) => {
    const found = splitSentences(text.slice(window.start, window.end), language);
    const starts = found.map(({ start }) => window.start + start);
    const cuts = [window.start, ...starts.filter((start) => start > window.start), window.end];
    return cuts.slice(0, -1).map((start, index) => ({ start, end: cuts[index + 1] ?? window.end }));
  });

/** Fenced code is one block even where it holds blank lines: its lines must not be read as prose. */
const isLineWise = (text: string, { start }: Stretch, insideFence: boolean): boolean =>
  insideFence || LINE_WISE.test(text.slice(start, start + 200));

const fencesIn = (text: string, block: Stretch): number =>
  linesOf(text, block).filter(({ start }) => FENCE.test(text.slice(start, start + 200))).length;

/**
 * Splits a stretch of text into units, in order; every character that is no blank belongs to exactly one.
 * Units over `maxTokens` are cut at clauses, words, at last inside a word.
 */
export const unitsOf = (text: string, range: Stretch, language: string, maxTokens: number): Unit[] => {
  let insideFence = false;
  return blocksOf(text, range).flatMap((block) => {
    const lineWise = isLineWise(text, block, insideFence);
    if (lineWise && fencesIn(text, block) % 2 === 1) insideFence = !insideFence;
    const parts = lineWise ? linesOf(text, block) : sentences(text, block, language);
    return parts
      .map((part) => trim(text, part))
      .filter(({ start, end }) => start < end)
      .flatMap((part) => cutLongStretch(text, part, maxTokens))
      .map((part, index) => ({
        ...part,
        tokens: estimateTokens(text, part.start, part.end),
        isSentence: !lineWise,
        opensParagraph: index === 0 || lineWise,
      }));
  });
};
