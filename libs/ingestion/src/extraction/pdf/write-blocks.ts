import { type DocumentBuilder } from '../document-builder';
import { headingLevels } from './heading-levels';
import { isBullet, isContentsLine, startsItem, withoutBullet } from './line-breaks';
import { type PdfBlock } from './pdf-block';
import { type PdfPage } from './pdf-line';
import { rejoinHyphens } from './rejoin-hyphens';

const LEADERS = /\s*(?:\.\s?){5,}\s*/g;
const ENDS_SENTENCE = /[.!?:;…][»”"’)\]\s]*$/u;
const STARTS_LOWER = /^[\p{Ll}(]/u;

type Kind = 'heading' | 'item' | 'paragraph' | 'table';

/** A paragraph that the page's end cut in two: the first half stops mid-sentence, the second goes on in lowercase. */
const continues = (previous: PdfBlock | undefined, block: PdfBlock): boolean =>
  previous !== undefined &&
  previous.page !== block.page &&
  previous.lines.length > 1 &&
  !ENDS_SENTENCE.test(previous.text) &&
  STARTS_LOWER.test(block.text);

const kindOf = (block: PdfBlock, headings: ReadonlyMap<PdfBlock, number>): Kind => {
  if (block.rows) return 'table';
  if (headings.has(block)) return 'heading';
  return startsItem(block.text) || isContentsLine(block.text) ? 'item' : 'paragraph';
};

/** Writes the blocks of all pages, and notes where each page begins, pages without text included. */
export const writeBlocks = (
  blocks: readonly PdfBlock[],
  pages: readonly PdfPage[],
  vocabulary: ReadonlySet<string>,
  builder: DocumentBuilder,
): void => {
  const headings = headingLevels(blocks);
  const mend = (text: string) => rejoinHyphens(text, (word) => vocabulary.has(word.toLowerCase()));
  let begun = 0;
  const beginPage = () => {
    const page = pages[begun];
    builder.startPage((begun += 1));
    for (const { reason, text } of page?.hidden ?? []) builder.hide(reason, text);
  };
  let previous: PdfBlock | undefined;
  const write: Record<Kind, (block: PdfBlock) => void> = {
    table: ({ rows = [] }) => builder.table(rows.map((row) => row.map(mend))),
    heading: (block) => builder.heading(headings.get(block) ?? 1, mend(block.text)),
    item: ({ text }) => builder.item(mend(withoutBullet(text)).replace(LEADERS, ' … '), isBullet(text) ? '-' : ''),
    paragraph: (block) =>
      continues(previous, block) ? builder.continuation(mend(block.text)) : builder.paragraph(mend(block.text)),
  };
  for (const block of blocks) {
    while (begun < block.page) beginPage();
    const kind = kindOf(block, headings);
    write[kind](block);
    previous = kind === 'paragraph' ? block : undefined;
  }
  while (begun < pages.length) beginPage();
};
