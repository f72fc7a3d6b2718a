import { isParagraphBreak, usualStepOf } from './line-breaks';
import { type PdfLine, type PdfPage } from './pdf-line';

/** Lines that belong together: a paragraph, a heading, a list item. */
export interface PdfBlock {
  readonly page: number;
  readonly lines: readonly PdfLine[];
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
}

/** A word broken at the line's end is joined without a blank; the mark stays for `rejoinHyphens`. */
const joinLines = (lines: readonly PdfLine[]): string =>
  lines.map(({ text }) => text).reduce((text, line) => (text.endsWith('\ufffe') ? text + line : `${text} ${line}`));

const asBlock = (page: number, lines: readonly PdfLine[]): PdfBlock => ({
  page,
  lines,
  text: joinLines(lines),
  size: lines.reduce((largest, line) => Math.max(largest, line.size), 0),
  bold: lines.every(({ bold }) => bold),
});

const blocksOfPage = ({ page, lines }: PdfPage, usualStep: number): PdfBlock[] => {
  const blocks: PdfLine[][] = [];
  for (const line of lines) {
    const open = blocks.at(-1);
    const previous = open?.at(-1);
    if (open && previous && !isParagraphBreak(previous, line, usualStep)) open.push(line);
    else blocks.push([line]);
  }
  return blocks.map((block) => asBlock(page, block));
};

/** Groups the lines of each page into blocks, by distance, indentation, style and what the lines end with. */
export const blocksOf = (pages: readonly PdfPage[]): PdfBlock[] => {
  const usualStep = usualStepOf(pages.flatMap(({ lines }) => lines));
  return pages.flatMap((page) => blocksOfPage(page, usualStep));
};
