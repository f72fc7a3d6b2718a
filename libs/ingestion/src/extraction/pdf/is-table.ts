import { isContentsLine } from './line-breaks';
import { areAligned, textsOf, type Span } from './table-columns';
import { type PdfRow } from './table-rows';

const LEAST_ROWS = 3;
/** Share of the cells that must hold something. */
const LEAST_FILLED = 0.4;
/** From so many words in a cell on, two columns of them are prose. */
const WORDS_OF_PROSE = 5;
/** What a list puts before its items, and a page before its notes. */
const MARKER = /^(?:[^\p{L}\p{N}]|\(?(?:\d{1,3}|[ivx]{1,4}|\p{L})[.)]?)$/u;
const PAGE_NUMBER = /^\d{1,4}$/;
const SECTION_NUMBER = /^(?:\d{1,3}\.)*\d{1,3}\.?$/;
const AMOUNT = /^[(+\-−–<>≈~]?\s*[\d][\d\s.,'’]*(?:\s*(?:%|€|\$|£|[\p{L}°]{1,3}\d?))?\)?$|^[-–—]$/u;

type Texts = readonly (readonly string[])[];

const columnAt = (texts: Texts, at: number): string[] => texts.map((row) => row.at(at) ?? '');
const filled = (cells: readonly string[]): string[] => cells.filter((cell) => cell !== '');

const isFilled = (texts: Texts): boolean => {
  const cells = texts.flat();
  return columnAt(texts, 0).every((cell) => cell !== '') && filled(cells).length >= LEAST_FILLED * cells.length;
};

const isList = (texts: Texts, columns: number): boolean =>
  columns === 2 && columnAt(texts, 0).every((cell) => MARKER.test(cell));

/** Titles, and pages that never go back. */
const isContents = (texts: Texts, columns: number): boolean => {
  if (texts.flat().some(isContentsLine)) return true;
  const pages = columnAt(texts, -1);
  if (!pages.every((page) => PAGE_NUMBER.test(page))) return false;
  const isRising = pages.every((page, at) => at === 0 || Number(page) >= Number(pages[at - 1]));
  return isRising && (columns === 2 || columnAt(texts, 0).every((cell) => SECTION_NUMBER.test(cell)));
};

const wordsIn = (cells: readonly string[]): number =>
  filled(cells).reduce((sum, cell) => sum + cell.split(' ').length, 0) / Math.max(1, filled(cells).length);

/** Newspapers set sentences side by side. */
const isProse = (texts: Texts, columns: number): boolean => {
  const wordy = Array.from({ length: columns }, (_, at) => wordsIn(columnAt(texts, at)) >= WORDS_OF_PROSE);
  return wordy.filter(Boolean).length >= 2;
};

/** Two columns are many things: a table only with a head that is set apart, or with amounts in the second. */
const isTelling = ([head, ...body]: readonly PdfRow[], texts: Texts, columns: number): boolean =>
  columns > 2 ||
  (head?.bold === true && !body.some(({ bold }) => bold)) ||
  columnAt(texts.slice(1), 1).every((cell) => AMOUNT.test(cell));

const NOT_TABLES: readonly ((texts: Texts, columns: number) => boolean)[] = [isList, isContents, isProse];

/**
 * Tells whether rows under one another are a table for certain. What is not stays lines of text, of which nothing is lost;
 * a table too many would tear sentences apart.
 */
export const isTable = (rows: readonly PdfRow[], columns: readonly Span[]): boolean => {
  if (rows.length < LEAST_ROWS || columns.length < 2) return false;
  const texts = rows.map((row) => textsOf(row, columns));
  // The head may be set otherwise than what is under it.
  return (
    areAligned(rows.slice(1), columns) &&
    isFilled(texts.slice(1)) &&
    !NOT_TABLES.some((isOther) => isOther(texts, columns.length)) &&
    isTelling(rows, texts, columns.length)
  );
};
