import { isParagraphBreak, usualStepOf } from './line-breaks';
import { findTables, type PagePart } from './find-tables';
import { joinFragments } from './join-fragments';
import { joinTexts } from './join-texts';
import { type PdfLine, type PdfPage } from './pdf-line';

/** Lines that belong together: a paragraph, a heading, a list item, a table. */
export interface PdfBlock {
  readonly page: number;
  readonly lines: readonly PdfLine[];
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  /** Of a table. */
  readonly rows?: PagePart['rows'];
}

const asBlock = (page: number, lines: readonly PdfLine[]): PdfBlock => ({
  page,
  lines,
  text: joinTexts(lines.map(({ text }) => text)),
  size: lines.reduce((largest, line) => Math.max(largest, line.size), 0),
  bold: lines.every(({ bold }) => bold),
});

const blocksIn = (page: number, lines: readonly PdfLine[], usualStep: number): PdfBlock[] => {
  const blocks: PdfLine[][] = [];
  for (const line of lines) {
    const open = blocks.at(-1);
    const previous = open?.at(-1);
    if (open && previous && !isParagraphBreak(previous, line, usualStep)) open.push(line);
    else blocks.push([line]);
  }
  return blocks.map((block) => asBlock(page, block));
};

/** A page whose tables are found and whose other lines are whole. */
export interface PartedPage {
  readonly page: number;
  readonly parts: readonly PagePart[];
}

export const partPage = ({ page, lines }: PdfPage): PartedPage => ({
  page,
  parts: findTables(lines).map((part) => (part.rows ? part : { lines: joinFragments(part.lines) })),
});

const linesOutsideTables = ({ parts }: PartedPage): readonly PdfLine[] =>
  parts.flatMap(({ lines, rows }) => (rows ? [] : lines));

/** Groups the lines of each page into blocks, by distance, indentation, style and what the lines end with. */
export const blocksOf = (pages: readonly PartedPage[]): PdfBlock[] => {
  const usualStep = usualStepOf(pages.flatMap(linesOutsideTables));
  return pages.flatMap(({ page, parts }) =>
    parts.flatMap(({ lines, rows }) => (rows ? { ...asBlock(page, lines), rows } : blocksIn(page, lines, usualStep))),
  );
};
