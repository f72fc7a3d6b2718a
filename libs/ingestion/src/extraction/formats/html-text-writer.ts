import { type DocumentBuilder } from '../document-builder';
import { withoutBase64 } from '../without-base64';
import { isWithoutWords } from './html-node';

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);
const HEADING = /^h([1-6])$/;

interface OpenList {
  readonly ordered: boolean;
  count: number;
}

/**
 * Turns the opening and closing of HTML elements into blocks: headings, paragraphs, list items, tables as Markdown rows.
 * A table inside a table's cell becomes part of that cell's text.
 */
export class HtmlTextWriter {
  title: string | undefined;
  #inline = '';
  #titleDepth = 0;
  #preDepth = 0;
  #tableDepth = 0;
  #rows: string[][] = [];
  #firstHeading: string | undefined;
  readonly #lists: OpenList[] = [];
  #itemMarker: string | undefined;

  constructor(private readonly builder: DocumentBuilder) {}

  text(text: string): void {
    const clean = withoutBase64(text);
    if (this.#titleDepth > 0) this.title = (this.title ?? '') + clean;
    else this.#inline += this.#preDepth > 0 ? clean : clean.replace(/[ \t\r\n\f]+/g, ' ');
  }

  /** @returns whether the element's content is to be read */
  open(name: string, hidden: boolean): boolean {
    if (name === 'title' && this.title === undefined) this.#titleDepth += 1;
    if (name === 'br') this.#inline += '\n';
    if (this.#isSkipped(name) || hidden) return false;
    if (this.#isBlock(name)) this.#flush();
    this.#openStructure(name);
    return true;
  }

  close(name: string): void {
    if (name === 'title') this.#titleDepth = 0;
    const level = HEADING.exec(name)?.[1];
    if (level !== undefined && this.#tableDepth === 0) this.#flushHeading(Number(level));
    else if (this.#isBlock(name)) this.#flush();
    this.#closeStructure(name);
  }

  finish(): void {
    this.#flush();
    this.title = this.title?.trim() === '' ? this.#firstHeading : (this.title ?? this.#firstHeading);
  }

  #isSkipped(name: string): boolean {
    return isWithoutWords(name) && name !== 'head';
  }

  #isBlock(name: string): boolean {
    return BLOCKS.has(name) || HEADING.test(name);
  }

  #openStructure(name: string): void {
    if (name === 'pre') this.#preDepth += 1;
    else if (name === 'ol' || name === 'ul') this.#lists.push({ ordered: name === 'ol', count: 0 });
    else if (name === 'li') this.#itemMarker = this.#nextMarker();
    else this.#openTable(name);
  }

  #openTable(name: string): void {
    if (name === 'table') this.#tableDepth += 1;
    if (this.#tableDepth !== 1) return;
    if (name === 'tr') this.#rows.push([]);
    if (name === 'td' || name === 'th') this.#rows.at(-1)?.push('');
  }

  #closeStructure(name: string): void {
    if (name === 'pre') this.#preDepth -= 1;
    else if (name === 'ol' || name === 'ul') this.#lists.pop();
    else if (name === 'li') this.#itemMarker = undefined;
    else if (name === 'table') this.#closeTable();
  }

  #closeTable(): void {
    this.#tableDepth -= 1;
    if (this.#tableDepth > 0) return;
    this.builder.table(this.#rows);
    this.#rows = [];
  }

  #nextMarker(): string {
    const list = this.#lists.at(-1);
    if (!list?.ordered) return '-';
    list.count += 1;
    return `${String(list.count)}.`;
  }

  #take(): string {
    const text = this.#inline;
    this.#inline = '';
    return this.#preDepth > 0 ? text : text.replace(/ *\n */g, '\n').trim();
  }

  #flushHeading(level: number): void {
    const text = this.#take();
    this.#firstHeading ??= text === '' ? undefined : text;
    this.builder.heading(level, text);
  }

  #flush(): void {
    const text = this.#take();
    if (text.trim() === '') return;
    if (this.#tableDepth > 0 && this.#addToCell(text)) return;
    if (this.#lists.length > 0) this.#flushItem(text);
    else this.builder.paragraph(text);
  }

  /** The first block of an item carries the marker; later ones follow as plain lines of the same list. */
  #flushItem(text: string): void {
    this.builder.item(text, this.#itemMarker ?? '', Math.max(0, this.#lists.length - 1));
    this.#itemMarker = '';
  }

  #addToCell(text: string): boolean {
    const row = this.#rows.at(-1);
    if (row === undefined || row.length === 0) return false;
    row.push(`${row.pop() ?? ''} ${text}`);
    return true;
  }
}
