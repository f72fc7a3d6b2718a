import type { Span } from './span';

const LINE = /[^\r\n\u2028\u2029\u0085\v\f]*(?:\r\n|[\r\n\u2028\u2029\u0085\v\f]|$)/g;
/** Heading, list item, quotation or table row in plain text and Markdown. */
const OPENS_BLOCK = /^\s*(?:#{1,6}\s|[-–—•*·▪◦‣+]\s|>\s?|\||\(?(?:\d{1,3}|[a-zA-Z])[.)]\s|=+\s*$|-{3,}\s*$)/u;
const HEADING_OR_ROW = /^\s*(?:#{1,6}\s|\|)/;
/** `[12] A. Martin`: an entry of a bibliography, unless the line before goes on with it. */
const OPENS_ENTRY = /^\s*\[\d{1,4}\]\s/u;
const ENDS_SENTENCE = /[\p{Sentence_Terminal}…][»”"’)\]\s]*$/u;
const STARTS_LOWER = /^\s*[\p{Ll}(]/u;
/** Wrapped text fills its lines; a shorter line without a full stop is a title, an address line, a cell. */
const WRAPPED_MIN = 50;
/** A line that goes on in lowercase may be shorter: a narrow column. */
const WRAPPED_LOWER_MIN = 25;

const isWrapped = (line: string, next: string): boolean => {
  if (HEADING_OR_ROW.test(line) || OPENS_BLOCK.test(next)) return false;
  const length = line.trim().length;
  if (ENDS_SENTENCE.test(line)) return length >= WRAPPED_MIN && !OPENS_ENTRY.test(next);
  return length >= (STARTS_LOWER.test(next) ? WRAPPED_LOWER_MIN : WRAPPED_MIN);
};

/** Cuts a text into stretches that no sentence crosses: paragraphs, headings, list items, table rows. Blank lines are left out. */
export const sentenceBlocks = (text: string): Span[] => {
  const blocks: Span[] = [];
  let open: { start: number; end: number; line: string } | undefined;
  for (const { 0: line, index } of text.matchAll(LINE)) {
    const blank = line.trim() === '';
    if (open && !blank && isWrapped(open.line, line)) {
      open.end = index + line.length;
      open.line = line;
      continue;
    }
    if (open) blocks.push({ start: open.start, end: open.end });
    open = blank ? undefined : { start: index, end: index + line.length, line };
  }
  if (open) blocks.push({ start: open.start, end: open.end });
  return blocks;
};
