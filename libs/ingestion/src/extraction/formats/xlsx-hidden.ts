import { type OfficeContentNode } from 'officeparser';

import { type ExtractionLimits } from '../extraction-limits';
import { markText, type MarkedReason } from './hidden-marks';
import { readParts, type PartReader } from './office-parts';

const SHEET = /<sheet ([^>]*)>/g;
const RELATIONSHIP = /<Relationship ([^>]*)>/g;
const HIDDEN_SHEET = /\bstate="(?:hidden|veryHidden)"/;
const ROW = /<row ([^>]*)>/g;
const COLUMN = /<col ([^>]*)>/g;
const CELL = /<c ([^>]*)>/g;
const IS_HIDDEN = /\bhidden="(?:1|true)"/;
const FORMAT = /<numFmt ([^>]*)>/g;
/** A format with nothing for positive numbers, negative ones, zero and text. */
const SHOWS_NOTHING = /\bformatCode="(?:&quot;&quot;)?;(?:&quot;&quot;)?;(?:&quot;&quot;)?;(?:&quot;&quot;)?"/;
const CELL_FORMATS = /<cellXfs[ >](?:(?!<\/cellXfs>)[\s\S])*/;
const CELL_FORMAT = /<xf ([^>]*)>/g;
/** Excel's own limit. */
const MOST_COLUMNS = 16_384;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const attribute = (attributes: string, name: string): string =>
  (new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '').replace(
    /&(amp|lt|gt|quot|apos);/g,
    (_, entity: string) => ENTITIES[entity] ?? '',
  );
const attributesOf = (xml: string, element: RegExp): string[] => [...xml.matchAll(element)].map(([, all = '']) => all);

/** What of a sheet is not shown, counted from 0. */
interface HiddenCells {
  readonly isSheet: boolean;
  readonly rows: ReadonlySet<number>;
  readonly columns: ReadonlySet<number>;
  /** As Excel names them: `B5`. */
  readonly cells: ReadonlySet<string>;
}

/** Numbers of the cell formats that show nothing. */
const emptyFormats = (styles: string): ReadonlySet<string> => {
  const empty = attributesOf(styles, FORMAT)
    .filter((format) => SHOWS_NOTHING.test(format))
    .map((format) => attribute(format, 'numFmtId'));
  const formats = attributesOf(CELL_FORMATS.exec(styles)?.[0] ?? '', CELL_FORMAT);
  return new Set(formats.flatMap((format, at) => (empty.includes(attribute(format, 'numFmtId')) ? [String(at)] : [])));
};

const hiddenColumns = (xml: string): Set<number> => {
  const columns = new Set<number>();
  for (const column of attributesOf(xml, COLUMN).filter((all) => IS_HIDDEN.test(all))) {
    const last = Math.min(Number(attribute(column, 'max')), MOST_COLUMNS);
    for (let at = Number(attribute(column, 'min')); at <= last; at += 1) columns.add(at - 1);
  }
  return columns;
};

const hiddenIn = (xml: string, isSheet: boolean, formats: ReadonlySet<string>): HiddenCells => {
  const rows = attributesOf(xml, ROW).filter((row) => IS_HIDDEN.test(row));
  const cells = formats.size === 0 ? [] : attributesOf(xml, CELL).filter((cell) => formats.has(attribute(cell, 's')));
  return {
    isSheet,
    rows: new Set(rows.map((row) => Number(attribute(row, 'r')) - 1)),
    columns: hiddenColumns(xml),
    cells: new Set(cells.map((cell) => attribute(cell, 'r'))),
  };
};

const hiddenBySheet = (read: PartReader): ReadonlyMap<string, HiddenCells> => {
  const targets = new Map(
    attributesOf(read('xl/_rels/workbook.xml.rels'), RELATIONSHIP).map((all) => [
      attribute(all, 'Id'),
      attribute(all, 'Target').replace(/^\/xl\//, ''),
    ]),
  );
  const formats = emptyFormats(read('xl/styles.xml'));
  return new Map(
    attributesOf(read('xl/workbook.xml'), SHEET).map((sheet) => {
      const xml = read(`xl/${targets.get(attribute(sheet, 'r:id')) ?? ''}`);
      return [attribute(sheet, 'name'), hiddenIn(xml, HIDDEN_SHEET.test(sheet), formats)];
    }),
  );
};

const columnName = (column: number): string =>
  (column >= 26 ? columnName(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

const isHidden = ({ rows, columns, cells }: HiddenCells, row: number, column: number): boolean =>
  rows.has(row) || columns.has(column) || cells.has(`${columnName(column)}${String(row + 1)}`);

const withMarks = (node: OfficeContentNode, reason: MarkedReason): OfficeContentNode => ({
  ...node,
  ...(node.text !== undefined && { text: markText(node.text, reason) }),
  ...(node.children && { children: node.children.map((child) => withMarks(child, reason)) }),
});

const markCells = (node: OfficeContentNode, hidden: HiddenCells): OfficeContentNode => {
  if (node.type === 'cell') {
    const { row = -1, col = -1 } = node.metadata ?? {};
    return isHidden(hidden, row, col) ? withMarks(node, 'hidden-part') : node;
  }
  return node.children ? { ...node, children: node.children.map((child) => markCells(child, hidden)) } : node;
};

/** Sheets in which something is not shown, by their name. */
export const findHiddenCells = async (
  bytes: Uint8Array,
  limits: ExtractionLimits,
): Promise<ReadonlyMap<string, HiddenCells>> => hiddenBySheet((await readParts(bytes, limits)) ?? (() => ''));

/**
 * Marks what a workbook does not show: sheets, rows and columns that are hidden, and cells whose format shows nothing
 * (`;;;`). In the parser's tree, because in the file a text may be shared by cells that are seen and others that are not.
 */
export const markHiddenCells = (
  sheets: readonly OfficeContentNode[],
  hidden: ReadonlyMap<string, HiddenCells>,
): OfficeContentNode[] =>
  sheets.map((sheet) => {
    const own = sheet.type === 'sheet' ? hidden.get(sheet.metadata?.sheetName ?? '') : undefined;
    if (!own || sheet.type !== 'sheet') return sheet;
    if (!own.isSheet) return markCells(sheet, own);
    return { ...withMarks(sheet, 'hidden-part'), metadata: { ...sheet.metadata, sheetName: '' } } as OfficeContentNode;
  });
