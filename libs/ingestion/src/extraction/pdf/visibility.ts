import { type HiddenText } from '../extracted-document';
import { rasterize, type Raster } from './draw-page';
import { type Pdfium, withMemory } from './pdfium';
import { type Box, type TextPage } from './text-page';

export const INVISIBLE_INK = 'invisible-ink';

/** FPDF_TEXTRENDERMODE_INVISIBLE and _CLIP: neither filled nor stroked. */
const INVISIBLE_MODES = new Set([3, 7]);
/** Of 255. */
const LEAST_ALPHA = 8;
const NEARLY_WHITE = 243;
/** Points. Nobody reads smaller letters. */
const TINY = 1;
/** Enough to tell whether there is paint behind a letter. */
const DPI = 72;

/** Where in a line the letters before and after a blank are. */
export interface Blank {
  readonly before: number;
  readonly after: number;
}

interface Parts {
  readonly seen: string;
  readonly hidden: readonly HiddenText[];
  /** Places in the line where another object of the page draws on behind a blank: there alone a column may begin. */
  readonly seams: readonly Blank[];
}

/** Tells which letters of an opened page nobody sees, object by object. */
export class Visibility {
  readonly #reasons = new Map<number, string | undefined>();
  #raster: Raster | undefined;

  constructor(
    private readonly pdfium: Pdfium,
    private readonly page: number,
    private readonly text: TextPage,
  ) {}

  /** Parts a line of the page's text, which begins at `offset` of it. */
  split(line: string, offset: number): Parts {
    const hidden = new Map<string, string>();
    const seams: Blank[] = [];
    const charAt = this.text.charsOf(offset, line.length);
    let seen = '';
    let reason: string | undefined;
    let last = { index: -1, object: 0 };
    for (let index = 0; index < line.length; index += 1) {
      const letter = line.charAt(index);
      // Blanks are not drawn: they go with the letter before.
      if (letter.trim() !== '') {
        const char = charAt(index);
        const object = this.text.objectAt(char);
        reason = this.#reasonAt(object, char);
        if (last.index >= 0 && last.index < index - 1 && object !== last.object) {
          seams.push({ before: last.index, after: index });
        }
        last = { index, object };
      }
      if (reason === undefined) seen += letter;
      else hidden.set(reason, (hidden.get(reason) ?? '') + letter);
    }
    return { seen, hidden: [...hidden].map(([why, text]) => ({ reason: why, text })), seams };
  }

  #reasonAt(object: number, char: number): string | undefined {
    if (object === 0) return undefined;
    if (!this.#reasons.has(object)) this.#reasons.set(object, this.#reasonFor(object, char));
    return this.#reasons.get(object);
  }

  #reasonFor(object: number, char: number): string | undefined {
    if (INVISIBLE_MODES.has(this.pdfium._FPDFTextObj_GetTextRenderMode(object))) return INVISIBLE_INK;
    const { channels, alpha } = this.#fillOf(object);
    if (alpha < LEAST_ALPHA) return 'transparent';
    if (this.text.glyph(char).size <= TINY) return 'font-size-zero';
    const isWhite = channels.every((channel) => channel >= NEARLY_WHITE);
    return isWhite && this.#isPaper(this.text.boxAt(char)) ? 'same-color' : undefined;
  }

  #fillOf(object: number): { readonly channels: readonly number[]; readonly alpha: number } {
    return withMemory(this.pdfium, 16, (at) => {
      const known = this.pdfium._FPDFPageObj_GetFillColor(object, at, at + 4, at + 8, at + 12);
      const view = new DataView(this.pdfium.HEAPU8.buffer, at, 16);
      const [red = 0, green = 0, blue = 0, alpha = 0] = [0, 4, 8, 12].map((place) => view.getUint32(place, true));
      return known === 0 ? { channels: [0], alpha: 255 } : { channels: [red, green, blue], alpha };
    });
  }

  /** Whether nothing but white is drawn where a letter stands. */
  #isPaper({ left, right, bottom, top }: Box): boolean {
    this.#raster ??= rasterize(this.pdfium, this.page, DPI);
    const raster = this.#raster;
    const corners = [this.#pixelAt(raster, left, top), this.#pixelAt(raster, right, bottom)] as const;
    const [[x1, y1], [x2, y2]] = corners;
    for (let y = Math.max(0, Math.min(y1, y2)); y <= Math.min(raster.height - 1, Math.max(y1, y2)); y += 1) {
      for (let x = Math.max(0, Math.min(x1, x2)); x <= Math.min(raster.width - 1, Math.max(x1, x2)); x += 1) {
        if ((raster.pixels[y * raster.width + x] ?? 0) < NEARLY_WHITE) return false;
      }
    }
    return true;
  }

  /** The engine knows how the page is turned and where it begins. */
  #pixelAt({ width, height }: Raster, x: number, y: number): readonly [x: number, y: number] {
    return withMemory(this.pdfium, 8, (at) => {
      this.pdfium._FPDF_PageToDevice(this.page, 0, 0, width, height, 0, x, y, at, at + 4);
      const view = new DataView(this.pdfium.HEAPU8.buffer, at, 8);
      return [view.getInt32(0, true), view.getInt32(4, true)] as const;
    });
  }
}
