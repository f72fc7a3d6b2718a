import { decodeText } from '../decode-text';
import { type ExtractedText, type HeadingRange } from '../extracted-document';
import { type Extractor } from '../extractor';
import { withoutDataUris } from '../without-base64';
import { tidyLines } from './plain-text.extractor';

/** Settings (`key: value`) between two `---` lines at the very top; they are about the file, not of it. */
const FRONT_MATTER = /^---[ \t]*\n(?=[\w'"-]+[ \t]*:)[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const FRONT_MATTER_TITLE = /^title[ \t]*:[ \t]*["']?([^\n]*?)["']?[ \t]*$/m;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** CommonMark 4.2: one to six `#`, a space, the words, an optional closing run of `#`. */
const ATX = /^( {0,3}(#{1,6})[ \t]+)(\S[^\n]*)$/;
const CLOSING_MARKS = /(?:[ \t]+#+)?[ \t]*$/;
/** CommonMark 4.3: the line below is made of `=` or `-` only. */
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;
/** Lines that cannot be a setext heading's words: blank, indented code, list, quote, table. */
const NOT_A_TITLE = /^(?:\s*$| {4}|\t|\s*(?:[-*+>|]|\d+[.)])(?:\s|$))/;

interface Line {
  readonly text: string;
  readonly start: number;
}

const linesOf = (text: string): Line[] => {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { text: line, start };
    start += line.length + 1;
    return found;
  });
};

/** Drops what stands inside code fences, where `#` is a comment. */
const outsideFences = (lines: readonly Line[]): Line[] => {
  let fence = '';
  return lines.map((line) => {
    const mark = FENCE.exec(line.text)?.[1] ?? '';
    const inside = fence !== '';
    if (!inside) fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    return inside || mark !== '' ? { text: '', start: line.start } : line;
  });
};

const atxHeading = ({ text, start }: Line): HeadingRange | undefined => {
  const [, marks = '', hashes = '', words = ''] = ATX.exec(text) ?? [];
  const title = words.replace(CLOSING_MARKS, '');
  if (title === '' || /^#+$/.test(title)) return undefined;
  return { level: hashes.length, start: start + marks.length, end: start + marks.length + title.length };
};

const isBlank = (line: Line | undefined): boolean => line === undefined || line.text.trim() === '';

const setextHeading = (
  { text, start }: Line,
  previous: Line | undefined,
  next: Line | undefined,
): HeadingRange | undefined => {
  const underline = next && SETEXT.exec(next.text)?.[1];
  if (underline === undefined || NOT_A_TITLE.test(text) || !isBlank(previous)) return undefined;
  const indent = text.length - text.trimStart().length;
  return { level: underline.startsWith('=') ? 1 : 2, start: start + indent, end: start + text.trimEnd().length };
};

const headingsOf = (text: string): HeadingRange[] => {
  const lines = outsideFences(linesOf(text));
  return lines.flatMap(
    (line, index) => atxHeading(line) ?? setextHeading(line, lines[index - 1], lines[index + 1]) ?? [],
  );
};

const titleOf = (frontMatter: string, text: string, headings: readonly HeadingRange[]): string | undefined => {
  const declared = FRONT_MATTER_TITLE.exec(frontMatter)?.[1]?.trim();
  if (declared !== undefined && declared !== '') return declared;
  const first = headings.find(({ level }) => level === 1);
  return first && text.slice(first.start, first.end);
};

/** Keeps the source nearly verbatim, so that a quote reads as the author wrote it; only headings are recognized. */
const readMarkdown = (source: string): ExtractedText => {
  const tidy = tidyLines(source);
  const frontMatter = FRONT_MATTER.exec(tidy)?.[0] ?? '';
  const text = tidy.slice(frontMatter.length).replace(/^\n+/, '');
  const headings = headingsOf(text);
  const title = titleOf(frontMatter, text, headings);
  return { text, pages: [], headings, ...(title !== undefined && { title }) };
};

export const extractMarkdown: Extractor = ({ bytes }) => readMarkdown(withoutDataUris(decodeText(bytes)));
