import { type PdfCell, type PdfLine } from './pdf-line';
import { CELL_GAP } from './table-rows';
import { type TextPage } from './text-page';
import { type Blank } from './visibility';

export interface LineText {
  readonly text: string;
  /** Where it begins in the page's text. */
  readonly offset: number;
  readonly place: PdfLine;
  readonly seams: readonly Blank[];
}

const blanksOf = (text: string): Blank[] =>
  [...text.matchAll(/\S\s+(?=\S)/g)].map(({ index, 0: { length } }) => ({ before: index, after: index + length }));

/**
 * Cuts a line where its words stand further apart than words do. Only where another object of the page draws on is that
 * measured, for measuring takes time; once a line stands apart, everywhere in it.
 *
 * @returns undefined for a plain line
 */
export const cellsOf = (page: TextPage, { text, offset, place, seams }: LineText): PdfCell[] | undefined => {
  const boxAt = (index: number) => page.boxAt(page.charAt(offset + index));
  const edges = ({ before, after }: Blank) => ({ after, right: boxAt(before).right, left: boxAt(after).left });
  const isWide = ({ right, left }: { right: number; left: number }) => left - right >= CELL_GAP * place.size;
  if (!seams.some((seam) => isWide(edges(seam)))) return undefined;
  const cells: PdfCell[] = [];
  let [start, left] = [0, place.left];
  for (const gap of blanksOf(text).map(edges).filter(isWide)) {
    cells.push({ text: text.slice(start, gap.after).trim(), left, right: gap.right });
    [start, left] = [gap.after, gap.left];
  }
  return [...cells, { text: text.slice(start).trim(), left, right: place.right }];
};
