import { type ExtractedText, type HeadingRange, type PageRange } from './extracted-document';
import { DocumentTextTooLargeError } from './extraction.errors';
import { HiddenTexts } from './hidden-texts';
import { markdownTable } from './markdown-table';
import { normalizeText, toSingleLine, TRAILING_BLANKS } from './normalize-text';

/** Some programs write a list's bullets into its text. */
const OWN_BULLET = /^[•·▪◦‣●]\s*/u;
const BETWEEN_BLOCKS = '\n\n';

/**
 * Puts a document's text together block by block and notes where headings and pages lie.
 * Every block is normalized before it is measured, so offsets never have to be corrected afterwards.
 */
export class DocumentBuilder {
  readonly #parts: string[] = [];
  readonly #headings: HeadingRange[] = [];
  readonly #hidden = new HiddenTexts();
  readonly #pageStarts: { page: number; start: number }[] = [];
  #length = 0;
  #lastWasItem = false;
  #lastPage = 0;
  #pendingPages: number[] = [];

  constructor(private readonly maxCharacters = Number.POSITIVE_INFINITY) {}

  heading(level: number, text: string): void {
    const line = toSingleLine(normalizeText(text));
    if (line === '') return;
    const start = this.#append(line, BETWEEN_BLOCKS);
    this.#headings.push({ level, start, end: start + line.length });
  }

  /** Lines inside a paragraph are kept; blank lines and outer blanks are not. */
  paragraph(text: string): void {
    this.#appendBlock(text, BETWEEN_BLOCKS);
  }

  /** Continues the last paragraph, for a sentence that runs over a page break. */
  continuation(text: string): void {
    this.#appendBlock(text, ' ');
  }

  /** One line of a list; `marker` as in Markdown (`-`, `1.`). An empty marker keeps the text's own. */
  item(text: string, marker = '-', depth = 0): void {
    const line = toSingleLine(normalizeText(text));
    if (line === '') return;
    const prefix = marker === '' ? '' : `${'  '.repeat(depth)}${marker} `;
    this.#append(prefix + line.replace(OWN_BULLET, ''), this.#lastWasItem ? '\n' : BETWEEN_BLOCKS);
    this.#lastWasItem = true;
  }

  /** Rows of cells as a Markdown table; columns without any text are left out. */
  table(rows: readonly (readonly string[])[]): void {
    const table = markdownTable(rows.map((row) => row.map((cell) => toSingleLine(normalizeText(cell)))));
    if (table !== '') this.#append(table, BETWEEN_BLOCKS);
  }

  /** Notes words that a reader of the file does not see, in place of writing them. Reasons as in `HiddenText`. */
  hide(reason: string, text: string): void {
    this.#hidden.add(reason, text, this.#length);
  }

  /** What follows stands on this page. */
  startPage(page: number): void {
    this.#pendingPages.push(page);
    this.#lastPage = page;
  }

  /** What follows stands on this page, and those before it that have not been begun are empty. */
  startPages(page: number): void {
    while (this.#lastPage < page) this.startPage(this.#lastPage + 1);
  }

  build(title?: string): ExtractedText {
    const text = this.#parts.join('');
    this.#settlePages(text.length);
    const cleanTitle = toSingleLine(normalizeText(title ?? ''));
    const hidden = this.#hidden.entries;
    return {
      text,
      pages: this.#pageRanges(text.length),
      headings: this.#headings,
      ...(cleanTitle !== '' && { title: cleanTitle }),
      ...(hidden.length > 0 && { hidden }),
    };
  }

  #appendBlock(text: string, separator: string): void {
    const block = normalizeText(text)
      .replace(TRAILING_BLANKS, '')
      .replace(/\n{2,}/g, '\n')
      .replace(/^\n+/, '')
      .trimEnd();
    if (block.trim() !== '') this.#append(block, separator);
  }

  /** @returns the offset the block begins at */
  #append(block: string, separator: string): number {
    if (this.#length > 0) this.#push(separator);
    this.#settlePages(this.#length);
    const start = this.#length;
    this.#push(block);
    this.#lastWasItem = false;
    return start;
  }

  #push(part: string): void {
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length > this.maxCharacters) {
      throw new DocumentTextTooLargeError({ characters: this.#length, maximum: this.maxCharacters });
    }
  }

  #settlePages(start: number): void {
    for (const page of this.#pendingPages) this.#pageStarts.push({ page, start });
    this.#pendingPages = [];
  }

  #pageRanges(length: number): PageRange[] {
    return this.#pageStarts.map(({ page, start }, index) => ({
      page,
      start,
      end: this.#pageStarts[index + 1]?.start ?? length,
    }));
  }
}
