import { type Pdfium, readUtf16, withMemory } from './pdfium';
import { type PdfLine, type PdfPage } from './pdf-line';
import { withPage } from './with-page';

/** Cuts after each line end; where a word is broken, PDFium writes U+FFFE in place of hyphen and line end. */
const LINE_END = /(?<=\r\n|\ufffe)/;
/** FPDF_PAGEOBJ_PATH, _IMAGE, _FORM */
const PATH_OBJECT = 2;
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
const MOST_RULES = 40;
const MAX_OBJECTS_LOOKED_AT = 1_000;
const BOLD_WEIGHT = 600;
const BOLD_NAME = /bold|black|heavy|demi/i;
/** What PDFium writes for a character whose font tells no letter: such a line is noise, not words. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g; // eslint-disable-line no-control-regex -- these are meant

/** How one character is set: where its baseline begins, where it ends, how tall its font is. */
interface Glyph {
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
  readonly bold: boolean;
}

/** One opened text page; indices are PDFium's character indices. */
class TextPage {
  constructor(
    private readonly pdfium: Pdfium,
    private readonly handle: number,
  ) {}

  text(): string {
    const count = this.pdfium._FPDFText_CountChars(this.handle);
    if (count <= 0) return '';
    return withMemory(this.pdfium, (count + 1) * 2, (buffer) => {
      const units = this.pdfium._FPDFText_GetText(this.handle, 0, count, buffer);
      return units <= 1 ? '' : readUtf16(this.pdfium, buffer, units - 1);
    });
  }

  /** From an index into `text()`; characters without a Unicode value are not in the text. */
  charAt(textIndex: number): number {
    return this.pdfium._FPDFText_GetCharIndexFromTextIndex(this.handle, textIndex);
  }

  glyph(char: number): Glyph {
    const [left = 0, baseline = 0] = this.doubles(2, (x) =>
      this.pdfium._FPDFText_GetCharOrigin(this.handle, char, x, x + 8),
    );
    const [, boxRight = left] = this.doubles(4, (x) =>
      this.pdfium._FPDFText_GetCharBox(this.handle, char, x, x + 8, x + 16, x + 24),
    );
    return { left, right: boxRight, baseline, size: this.size(char), bold: this.isBold(char) };
  }

  /** Many programs set a font of size 1 and scale the page instead: only both together tell the size. */
  private size(char: number): number {
    const scale = withMemory(this.pdfium, 24, (matrix) => {
      if (this.pdfium._FPDFText_GetMatrix(this.handle, char, matrix) === 0) return 1;
      const view = new DataView(this.pdfium.HEAPU8.buffer, matrix, 24);
      return Math.hypot(view.getFloat32(8, true), view.getFloat32(12, true));
    });
    return this.pdfium._FPDFText_GetFontSize(this.handle, char) * scale;
  }

  private isBold(char: number): boolean {
    return this.pdfium._FPDFText_GetFontWeight(this.handle, char) >= BOLD_WEIGHT || BOLD_NAME.test(this.fontName(char));
  }

  private doubles(count: number, fill: (pointer: number) => number): number[] {
    return withMemory(this.pdfium, count * 8, (pointer) =>
      fill(pointer) === 0 ? [] : [...new Float64Array(this.pdfium.HEAPU8.buffer, pointer, count)],
    );
  }

  private fontName(char: number): string {
    const size = 128;
    return withMemory(this.pdfium, size, (buffer) => {
      const length = this.pdfium._FPDFText_GetFontInfo(this.handle, char, buffer, size, 0);
      if (length <= 1 || length > size) return '';
      return Buffer.from(this.pdfium.HEAPU8.subarray(buffer, buffer + length - 1)).toString('latin1');
    });
  }
}

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

const readLines = (page: TextPage): PdfLine[] => {
  const lines: PdfLine[] = [];
  let offset = 0;
  for (const text of page.text().split(LINE_END)) {
    if (isReadable(text)) lines.push(readLine(page, text, offset));
    offset += text.length;
  }
  return lines;
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

interface PageText {
  readonly lines: PdfLine[];
  /** There are letters, and none of their fonts tells which. */
  readonly isUnreadable: boolean;
}

const readTextPage = (pdfium: Pdfium, page: number): PageText => {
  const handle = pdfium._FPDFText_LoadPage(page);
  if (handle === 0) return { lines: [], isUnreadable: false };
  try {
    const text = new TextPage(pdfium, handle);
    const lines = readLines(text);
    return { lines, isUnreadable: lines.length === 0 && text.text().trim() !== '' };
  } finally {
    pdfium._FPDFText_ClosePage(handle);
  }
};

/** Reads one page's lines with their place and weight; a page the engine refuses counts as one without text. */
export const readPage = (pdfium: Pdfium, document: number, index: number): PdfPage =>
  withPage(pdfium, document, index, (page) => {
    const { lines, isUnreadable } = readTextPage(pdfium, page);
    const isPicture = lines.length === 0 && (isUnreadable || showsPicture(pdfium, page));
    return { page: index + 1, height: pdfium._FPDF_GetPageHeight(page), lines, isPicture };
  }) ?? { page: index + 1, height: 0, lines: [], isPicture: false };
