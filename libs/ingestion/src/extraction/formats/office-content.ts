import { type OfficeContentNode } from 'officeparser';

import { type DocumentBuilder } from '../document-builder';

const childrenOf = (node: OfficeContentNode): readonly OfficeContentNode[] => node.children ?? [];
const INLINE = new Set(['text', 'break', 'image', 'chart', 'drawing', 'embed', 'comment', 'note']);

const ownText = (node: OfficeContentNode): string => node.text ?? '';

/** The words of a node, its own footnotes left out. */
const wordsOf = (node: OfficeContentNode): string => {
  if (node.type === 'text') return ownText(node);
  if (node.type === 'break') return node.metadata?.breakType === 'lastRenderedPage' ? '' : '\n';
  const blocks = childrenOf(node);
  if (blocks.length === 0) return INLINE.has(node.type) ? '' : ownText(node);
  return blocks.map(wordsOf).join(blocks.every(({ type }) => INLINE.has(type)) ? '' : '\n');
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

const writeTable = (rows: readonly OfficeContentNode[], builder: DocumentBuilder): void =>
  builder.table(rows.filter(({ type }) => type === 'row').map(rowOf));

const writeItem = (node: OfficeContentNode & { type: 'list' }, builder: DocumentBuilder): void => {
  const { listType, itemIndex = 0, indentation = 0 } = node.metadata ?? {};
  builder.item(wordsOf(node), listType === 'ordered' ? `${String(itemIndex + 1)}.` : '-', indentation);
};

const writeSheet = (node: OfficeContentNode & { type: 'sheet' }, builder: DocumentBuilder): void => {
  builder.heading(1, node.metadata?.sheetName ?? '');
  writeTable(childrenOf(node), builder);
  writeOfficeContent(
    childrenOf(node).filter(({ type }) => type !== 'row'),
    builder,
  );
};

/** Text that stands in no paragraph of its own, and everything else that only groups. */
const writeGroup = (node: OfficeContentNode, builder: DocumentBuilder): void => {
  const children = childrenOf(node);
  if (children.every(({ type }) => INLINE.has(type))) builder.paragraph(wordsOf(node));
  else writeOfficeContent(children, builder);
};

const writeNode = (node: OfficeContentNode, builder: DocumentBuilder): void => {
  if (node.type === 'heading') builder.heading(node.metadata?.level ?? 1, wordsOf(node));
  else if (node.type === 'list') writeItem(node, builder);
  else if (node.type === 'table') writeTable(childrenOf(node), builder);
  else if (node.type === 'sheet') writeSheet(node, builder);
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
      if (!written.has(remark)) builder.paragraph(wordsOf(remark));
      written.add(remark);
    }
  }
};
