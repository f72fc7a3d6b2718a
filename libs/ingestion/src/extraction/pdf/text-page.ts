import { type Pdfium, readUtf16, withMemory } from './pdfium';

const BOLD_WEIGHT = 600;
const BOLD_NAME = /bold|black|heavy|demi/i;

/** The room a character takes. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** How one character is set: where its baseline begins, where it ends, how tall its font is. */
export interface Glyph {
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
  readonly bold: boolean;
}

/** One opened text page; indices are PDFium's character indices. */
export class TextPage {
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

  /**
   * The same for `length` characters from `first` on. Indices only grow, each by one or more: where the last is as far from
   * the first as their places are, so is each between them, and the engine need not be asked.
   */
  charsOf(first: number, length: number): (place: number) => number {
    const start = this.charAt(first);
    const isPlain = this.charAt(first + length - 1) - start === length - 1;
    return isPlain ? (place) => start + place : (place) => this.charAt(first + place);
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

  /** Handle of the object that draws a character; 0 for blanks that only the engine sees. */
  objectAt(char: number): number {
    return this.pdfium._FPDFText_GetTextObject(this.handle, char);
  }

  /** In the units of the page, before it is turned. */
  boxAt(char: number): Box {
    const [left = 0, right = 0, bottom = 0, top = 0] = this.doubles(4, (x) =>
      this.pdfium._FPDFText_GetCharBox(this.handle, char, x, x + 8, x + 16, x + 24),
    );
    return { left, right, bottom, top };
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
