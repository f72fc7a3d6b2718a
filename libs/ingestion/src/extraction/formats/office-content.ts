import { type OfficeContentNode } from 'officeparser';

import { type DocumentBuilder } from '../document-builder';
import { type HiddenText } from '../extracted-document';
import { splitMarked } from './hidden-marks';

const childrenOf = (node: OfficeContentNode): readonly OfficeContentNode[] => node.children ?? [];
const INLINE = new Set(['text', 'break', 'image', 'chart', 'drawing', 'embed', 'comment', 'note']);

const ownText = (node: OfficeContentNode): string => node.text ?? '';

/** Points. Nobody reads smaller letters. */
const TINY = 1;

/** What of a node's own text is seen by who opens the file, and what is not. */
const partsOf = (node: OfficeContentNode): { readonly seen: string; readonly hidden: readonly HiddenText[] } => {
  const { seen, hidden } = splitMarked(ownText(node));
  const isTiny = node.type === 'text' && Number.parseFloat(node.formatting?.size ?? '') <= TINY;
  return isTiny ? { seen: '', hidden: [...hidden, { reason: 'font-size-zero', text: seen }] } : { seen, hidden };
};

/** Notes what a block hides, before the block is written. What only groups repeats the words of its pieces. */
const noteHidden = (node: OfficeContentNode, builder: DocumentBuilder): void => {
  const isPiece = childrenOf(node).length === 0;
  for (const { reason, text } of isPiece ? partsOf(node).hidden : []) builder.hide(reason, text);
  for (const child of childrenOf(node)) noteHidden(child, builder);
};

/** What groups inline pieces runs on; what groups blocks stands on lines. */
const wordsOfGroup = (node: OfficeContentNode): string => {
  const blocks = childrenOf(node);
  if (blocks.length === 0) return INLINE.has(node.type) ? '' : partsOf(node).seen;
  return blocks.map(wordsOf).join(blocks.every(({ type }) => INLINE.has(type)) ? '' : '\n');
};

/** The words of a node that are seen, its own footnotes left out. */
const wordsOf = (node: OfficeContentNode): string => {
  if (node.type === 'text') return partsOf(node).seen;
  if (node.type === 'break') return node.metadata?.breakType === 'lastRenderedPage' ? '' : '\n';
  return wordsOfGroup(node);
};

const takeWords = (node: OfficeContentNode, builder: DocumentBuilder): string => {
  noteHidden(node, builder);
  return wordsOf(node);
};

/** Excel's own limit; a made-up column number must not make a row of a billion cells. */
const MOST_COLUMNS = 16_384;

/** Sheets list only the cells that hold something; the column number says where each one stands. */
const rowOf = (row: OfficeContentNode): string[] => {
  const cells: string[] = [];
  for (const cell of childrenOf(row)) {
    const column = cell.type === 'cell' ? cell.metadata?.col : undefined;
    cells[Math.max(Math.min(column ?? 0, MOST_COLUMNS), cells.length)] = wordsOf(cell);
  }
  return Array.from(cells, (cell: string | undefined) => cell ?? '');
};

/** A made-up number must not make a million empty pages. */
const MOST_SLIDES = 20_000;

const writeTable = (nodes: readonly OfficeContentNode[], builder: DocumentBuilder): void => {
  const rows = nodes.filter(({ type }) => type === 'row');
  for (const row of rows) noteHidden(row, builder);
  builder.table(rows.map(rowOf));
};

const writeItem = (node: OfficeContentNode & { type: 'list' }, builder: DocumentBuilder): void => {
  const { listType, itemIndex = 0, indentation = 0 } = node.metadata ?? {};
  builder.item(takeWords(node, builder), listType === 'ordered' ? `${String(itemIndex + 1)}.` : '-', indentation);
};

const writeSheet = (node: OfficeContentNode & { type: 'sheet' }, builder: DocumentBuilder): void => {
  builder.heading(1, node.metadata?.sheetName ?? '');
  writeTable(childrenOf(node), builder);
  writeOfficeContent(
    childrenOf(node).filter(({ type }) => type !== 'row'),
    builder,
  );
};

/** A slide is a page to whoever looks for a passage. Its speaker notes follow it. */
const writeSlide = (node: OfficeContentNode & { type: 'slide' }, builder: DocumentBuilder): void => {
  const number = node.metadata?.slideNumber;
  if (number !== undefined && number <= MOST_SLIDES) builder.startPages(number);
  writeGroup(node, builder);
};

/** Text that stands in no paragraph of its own, and everything else that only groups. */
const writeGroup = (node: OfficeContentNode, builder: DocumentBuilder): void => {
  const children = childrenOf(node);
  if (children.every(({ type }) => INLINE.has(type))) builder.paragraph(takeWords(node, builder));
  else writeOfficeContent(children, builder);
};

const writeNode = (node: OfficeContentNode, builder: DocumentBuilder): void => {
  if (node.type === 'heading') builder.heading(node.metadata?.level ?? 1, takeWords(node, builder));
  else if (node.type === 'list') writeItem(node, builder);
  else if (node.type === 'table') writeTable(childrenOf(node), builder);
  else if (node.type === 'sheet') writeSheet(node, builder);
  else if (node.type === 'slide') writeSlide(node, builder);
  else writeGroup(node, builder);
};

const remarksOf = (node: OfficeContentNode): readonly OfficeContentNode[] => [
  ...(node.notes ?? []),
  ...(node.comments ?? []),
];

/** Writes officeparser's tree as blocks; notes and comments follow the block they belong to, each once. */
export const writeOfficeContent = (nodes: readonly OfficeContentNode[], builder: DocumentBuilder): void => {
  const written = new Set<OfficeContentNode>();
  for (const node of nodes) {
    writeNode(node, builder);
    for (const remark of [node, ...childrenOf(node)].flatMap(remarksOf)) {
      if (!written.has(remark)) builder.paragraph(takeWords(remark, builder));
      written.add(remark);
    }
  }
};
