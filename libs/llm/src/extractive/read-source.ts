import { detectLanguage, splitSentences, tokenize, type Span } from '#libs/text';
import type { ChatSource } from '../chat-model';
import type { Candidate, SourceText } from './candidate';
import { charGrams } from './char-grams';
import { contentStems } from './content-stems';
import { isCode, isContentsLine, isLinkList, isTitle } from './furniture';
import { isListItem, isOrderedItem, markLength } from './list-item';
import { trimReferences, withoutReferences } from './references';
import { regionsOf } from './regions';
import { readRow } from './table-row';

/** A cell of fewer words answers nothing by itself. */
const MIN_CELL_WORDS = 3;
/** A row laid out in columns of spaces cannot be read in a line. */
const PADDING = /\s{3,}/u;

/** Between the headings above a passage. */
const HEADING_SEPARATOR = ' > ';

const NONE: ReadonlySet<string> = new Set();

/** How a sentence stands where it is; `row` is the text of the table row a cell belongs to. */
type Surroundings = Pick<Candidate, 'listed' | 'shape' | 'lead' | 'context'> & { readonly row?: string };

/** Links and code say nothing to people. */
const says = (text: string, isItem: boolean): boolean => !isLinkList(text, isItem) && !isCode(text);

/** Reads one source from its beginning to its end. */
class SourceReader {
  readonly sentences: Candidate[] = [];
  private title: ReadonlySet<string> = NONE;
  private before: ReadonlySet<string> = NONE;
  private announcement: ReadonlySet<string> = NONE;
  private header: readonly string[] = [];
  private lastRow: readonly string[] = [];
  private rowStart = 0;
  private itemEnd: number | undefined;

  constructor(
    private readonly text: string,
    private readonly read: SourceText,
  ) {}

  /** @param span of one sentence of running text */
  sentence(span: Span): void {
    const listed = this.text.slice(span.start, span.end);
    const said = listed.slice(markLength(listed));
    const isItem = isListItem(listed);
    this.rowStart = this.sentences.length;
    this.lastRow = this.header = [];
    if (isContentsLine(listed)) return;
    if (isItem) this.item(said, listed);
    else if (this.isOfItem(span)) this.continuation(said);
    else this.prose(said, listed);
    this.before = new Set(this.stemsOf(said));
    this.itemEnd = isItem || this.isOfItem(span) ? span.end : undefined;
  }

  /** Whether a sentence goes on where an item's sentence ended, on the same line. */
  private isOfItem({ start }: Span): boolean {
    return this.itemEnd !== undefined && !this.text.slice(this.itemEnd, start).includes('\n');
  }

  private continuation(said: string): void {
    const shape = this.sentences.at(-1)?.shape ?? 'item';
    if (says(said, false)) this.push(said, { listed: said, shape, lead: this.before, context: this.title });
  }

  private item(said: string, listed: string): void {
    const shape = isOrderedItem(listed) ? 'step' : 'item';
    const lead = this.announcement.size > 0 ? this.announcement : this.before;
    if (says(said, true)) this.push(said, { listed, shape, lead, context: this.title });
  }

  private prose(said: string, listed: string): void {
    const stems = new Set(this.stemsOf(said));
    if (isTitle(listed) || this.isHeading(listed)) this.title = stems;
    else if (says(said, false)) this.push(said, { listed, shape: 'prose', lead: this.before, context: this.title });
    this.announcement = said.endsWith(':') ? stems : NONE;
  }

  private stemsOf(text: string): string[] {
    return contentStems(text, this.read.language);
  }

  /** @param span of one line of a table */
  row(span: Span): void {
    const { cells, isRule } = readRow(this.text, span);
    const texts = cells.map(({ start, end }) => this.text.slice(start, end));
    if (isRule) {
      // The row above a rule is the header: it names the columns and answers nothing.
      this.header = this.lastRow;
      this.sentences.splice(this.rowStart);
    } else this.cells(this.text.slice(cells[0]?.start ?? 0, cells.at(-1)?.end ?? 0), texts);
  }

  /** The first cell names what the others tell; a row of short cells says something only as a whole. */
  private cells(row: string, texts: readonly string[]): void {
    const context = new Set([...texts, ...this.header].flatMap((cell) => this.stemsOf(cell)));
    this.rowStart = this.sentences.length;
    const values = texts.slice(1).filter((cell) => tokenize(cell).length >= MIN_CELL_WORDS);
    const told = values.length > 0 ? values : [row].filter((whole) => !PADDING.test(whole));
    for (const cell of told)
      if (!isCode(cell.replaceAll('|', ''))) this.push(cell, { listed: cell, shape: 'cell', lead: NONE, context, row });
    this.lastRow = texts;
  }

  /** Headings stand in the text of their passage too, some without their number. */
  private isHeading(text: string): boolean {
    const { title, heading } = this.read.source;
    return [title, ...(heading ?? '').split(HEADING_SEPARATOR)].some((one) => one.endsWith(text));
  }

  private push(said: string, around: Surroundings): void {
    const text = trimReferences(said);
    // With a number of the source in it, an item cannot be shown as it stands.
    const listed = text === said.trim() ? around.listed.trim() : text;
    if (withoutReferences(text) !== '') this.put({ ...around, text, listed });
  }

  private put({ row, ...one }: Surroundings & Pick<Candidate, 'text'>): void {
    const stems = this.stemsOf(one.text);
    const { read, sentences } = this;
    sentences.push({
      ...one,
      ...{ source: read, index: sentences.length, stems, stemSet: new Set(stems), grams: charGrams(row ?? one.text) },
    });
  }
}

/** Reads a source into the sentences that may answer; titles, tables of contents, links and code are none. */
export const readSource = (source: ChatSource, rank: number): SourceText => {
  const language = detectLanguage(source.text);
  const sentences: Candidate[] = [];
  const headings = `${source.title}\n${source.heading ?? ''}`;
  const read: SourceText = {
    ...{ source, rank, language, sentences },
    headingGrams: charGrams(headings),
    headingStems: new Set(contentStems(headings, language)),
    topic: contentStems(source.heading?.split(HEADING_SEPARATOR).at(-1) ?? '', language),
    stemSet: new Set(contentStems(source.text, language)),
  };
  const reader = new SourceReader(source.text, read);
  for (const region of regionsOf(source.text)) {
    if (region.kind === 'row') reader.row(region);
    else for (const span of sentencesOf(source.text, region, language)) reader.sentence(span);
  }
  sentences.push(...reader.sentences);
  return read;
};

const sentencesOf = (text: string, { start, end }: Span, language: string): Span[] =>
  splitSentences(text.slice(start, end), language).map((span) => ({
    start: start + span.start,
    end: start + span.end,
  }));
