import { type DocumentBuilder } from '../document-builder';
import { headingLevels } from './heading-levels';
import { isBullet, isContentsLine, startsItem, withoutBullet } from './line-breaks';
import { type PdfBlock } from './pdf-block';
import { rejoinHyphens } from './rejoin-hyphens';

const LEADERS = /\s*(?:\.\s?){5,}\s*/g;
const ENDS_SENTENCE = /[.!?:;…][»”"’)\]\s]*$/u;
const STARTS_LOWER = /^[\p{Ll}(]/u;

type Kind = 'heading' | 'item' | 'paragraph';

/** A paragraph that the page's end cut in two: the first half stops mid-sentence, the second goes on in lowercase. */
const continues = (previous: PdfBlock | undefined, block: PdfBlock): boolean =>
  previous !== undefined &&
  previous.page !== block.page &&
  previous.lines.length > 1 &&
  !ENDS_SENTENCE.test(previous.text) &&
  STARTS_LOWER.test(block.text);

const kindOf = (block: PdfBlock, headings: ReadonlyMap<PdfBlock, number>): Kind => {
  if (headings.has(block)) return 'heading';
  return startsItem(block.text) || isContentsLine(block.text) ? 'item' : 'paragraph';
};

/** Writes the blocks of all pages, and notes where each page begins, pages without text included. */
export const writeBlocks = (
  blocks: readonly PdfBlock[],
  pageCount: number,
  vocabulary: ReadonlySet<string>,
  builder: DocumentBuilder,
): void => {
  const headings = headingLevels(blocks);
  const mend = (text: string) => rejoinHyphens(text, (word) => vocabulary.has(word.toLowerCase()));
  let page = 0;
  let previous: PdfBlock | undefined;
  const write: Record<Kind, (block: PdfBlock) => void> = {
    heading: (block) => builder.heading(headings.get(block) ?? 1, mend(block.text)),
    item: ({ text }) => builder.item(mend(withoutBullet(text)).replace(LEADERS, ' … '), isBullet(text) ? '-' : ''),
    paragraph: (block) =>
      continues(previous, block) ? builder.continuation(mend(block.text)) : builder.paragraph(mend(block.text)),
  };
  for (const block of blocks) {
    while (page < block.page) builder.startPage((page += 1));
    const kind = kindOf(block, headings);
    write[kind](block);
    previous = kind === 'paragraph' ? block : undefined;
  }
  while (page < pageCount) builder.startPage((page += 1));
};
