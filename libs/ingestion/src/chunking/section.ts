import { type HeadingRange } from '../extraction/extracted-document';

/** The text from one heading to the next. Sections follow one another without gaps. */
export interface Section {
  readonly start: number;
  readonly end: number;
  /** Headings it stands under, its own the last. */
  readonly path: readonly string[];
  /** Level of its heading; 0 before the first heading. */
  readonly level: number;
  /** Whether anything but its heading stands in it. */
  readonly hasBody: boolean;
}

/** A whole page set as a heading must not fill the embedder's window. */
const LONGEST_TITLE = 160;

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

const HAS_WORD = /[\p{L}\p{N}]/u;

/** Keeps headings whose offsets can be trusted: in order, inside the text, not two on a line. */
const usable = (text: string, headings: readonly HeadingRange[]): HeadingRange[] => {
  let lastStart = -1;
  return headings.filter(({ start, end }) => {
    const own = lineStart(text, start);
    const ok = start < end && end <= text.length && own > lastStart;
    if (ok) lastStart = own;
    return ok;
  });
};

/** Cuts a document at its headings and notes under which headings each part stands. */
export const sectionsOf = (text: string, headings: readonly HeadingRange[]): Section[] => {
  const open: { level: number; title: string }[] = [];
  const found = usable(text, headings);
  const starts = found.map(({ start }) => lineStart(text, start));
  const sections = found.map(({ level, start, end }, index): Section => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    open.push({ level, title: text.slice(start, Math.min(end, start + LONGEST_TITLE)).toWellFormed() });
    const next = starts[index + 1] ?? text.length;
    return {
      start: starts[index] ?? 0,
      end: next,
      path: open.map(({ title }) => title),
      level,
      hasBody: HAS_WORD.test(text.slice(end, next)),
    };
  });
  const first = starts[0] ?? text.length;
  return first > 0 ? [{ start: 0, end: first, path: [], level: 0, hasBody: true }, ...sections] : sections;
};
