import { type HiddenText } from '../extracted-document';
import { cellsOf } from './cells-of';
import { type PdfLine, type PdfPage } from './pdf-line';
import { type Pdfium } from './pdfium';
import { type Glyph, TextPage } from './text-page';
import { INVISIBLE_INK, Visibility } from './visibility';
import { withPage } from './with-page';

/** Cuts after each line end; where a word is broken, PDFium writes U+FFFE in place of hyphen and line end. */
const LINE_END = /(?<=\r\n|\ufffe)/;
/** FPDF_PAGEOBJ_PATH, _IMAGE, _FORM */
const PATH_OBJECT = 2;
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
const MOST_RULES = 40;
const MAX_OBJECTS_LOOKED_AT = 1_000;
/** What PDFium writes for a character whose font tells no letter: such a line is noise, not words. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g; // eslint-disable-line no-control-regex -- these are meant

const isReadable = (line: string): boolean => {
  const unreadable = line.match(UNREADABLE)?.length ?? 0;
  return line.trim() !== '' && unreadable * 3 <= line.length;
};

/** First, middle and last character stand for a line: bullets and formulas at its ends are often set otherwise. */
const readLine = (page: TextPage, text: string, offset: number): PdfLine => {
  const first = offset + text.length - text.trimStart().length;
  const last = offset + text.trimEnd().length - 1;
  const middleIndex = text.slice(Math.floor((first + last) / 2) - offset).search(/\S/) + Math.floor((first + last) / 2);
  const glyphs = [first, middleIndex, last].map((index) => page.glyph(page.charAt(index)));
  const [start, middle, end] = glyphs as [Glyph, Glyph, Glyph];
  return {
    text: text.trim(),
    left: start.left,
    right: end.right,
    baseline: middle.baseline,
    size: middle.size,
    bold: glyphs.every(({ bold }) => bold),
  };
};

interface PageText {
  readonly lines: readonly PdfLine[];
  /** Lines in invisible ink. */
  readonly layer: readonly PdfLine[];
  readonly hidden: readonly HiddenText[];
  /** There are letters, and none of their fonts tells which. */
  readonly isUnreadable: boolean;
}

const isInk = ({ reason }: HiddenText): boolean => reason === INVISIBLE_INK;

const NO_TEXT: PageText = { lines: [], layer: [], hidden: [], isUnreadable: false };

const readLines = (page: TextPage, visibility: Visibility): PageText => {
  const lines: PdfLine[] = [];
  const layer: PdfLine[] = [];
  const hidden: HiddenText[] = [];
  const text = page.text();
  let offset = 0;
  for (const line of text.split(LINE_END)) {
    if (isReadable(line)) {
      const place = readLine(page, line, offset);
      const parts = visibility.split(line, offset);
      const isWhole = parts.hidden.length === 0;
      const cells = isWhole && cellsOf(page, { text: line, offset, place, seams: parts.seams });
      if (parts.seen.trim() !== '') lines.push({ ...place, text: parts.seen.trim(), ...(cells && { cells }) });
      layer.push(...parts.hidden.filter(isInk).map(({ text: words }) => ({ ...place, text: words.trim() })));
      hidden.push(...parts.hidden.filter((part) => !isInk(part)));
    }
    offset += line.length;
  }
  const isUnreadable = text.trim() !== '' && lines.length + layer.length + hidden.length === 0;
  return { lines, layer, hidden, isUnreadable };
};

/** A picture, a group that may hold one, or letters drawn as outlines: more strokes than a ruled blank page has. */
const showsPicture = (pdfium: Pdfium, page: number): boolean => {
  const count = Math.min(pdfium._FPDFPage_CountObjects(page), MAX_OBJECTS_LOOKED_AT);
  let paths = 0;
  for (let index = 0; index < count; index += 1) {
    const type = pdfium._FPDFPageObj_GetType(pdfium._FPDFPage_GetObject(page, index));
    if (type === IMAGE_OBJECT || type === FORM_OBJECT) return true;
    if (type === PATH_OBJECT) paths += 1;
  }
  return paths > MOST_RULES;
};

const readTextPage = (pdfium: Pdfium, page: number): PageText => {
  const handle = pdfium._FPDFText_LoadPage(page);
  if (handle === 0) return NO_TEXT;
  try {
    const text = new TextPage(pdfium, handle);
    return readLines(text, new Visibility(pdfium, page, text));
  } finally {
    pdfium._FPDFText_ClosePage(handle);
  }
};

const inInvisibleInk = ({ text }: PdfLine): HiddenText => ({ reason: INVISIBLE_INK, text });

/** Reads one page's lines with their place and weight; a page the engine refuses counts as one without text. */
export const readPage = (pdfium: Pdfium, document: number, index: number): PdfPage =>
  withPage(pdfium, document, index, (page) => {
    const { lines, layer, hidden, isUnreadable } = readTextPage(pdfium, page);
    const height = pdfium._FPDF_GetPageHeight(page);
    const hasPicture = (lines.length === 0 || layer.length > 0) && showsPicture(pdfium, page);
    if (hasPicture && layer.length > 0) return { page: index + 1, height, lines, layer, hidden, isPicture: false };
    const isPicture = lines.length === 0 && (isUnreadable || hasPicture);
    return { page: index + 1, height, lines, hidden: [...hidden, ...layer.map(inInvisibleInk)], isPicture };
  }) ?? { page: index + 1, height: 0, lines: [], isPicture: false };
