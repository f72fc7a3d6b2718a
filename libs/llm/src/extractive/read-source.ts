import { detectLanguage, splitSentences, tokenize, type Span } from '#libs/text';
import type { ChatSource } from '../chat-model';
import type { Candidate, SourceText } from './candidate';
import { charGrams } from './char-grams';
import { contentStems } from './content-stems';
import { ANNOUNCES, isCode, isContentsLine, isLinkList, isTitle } from './furniture';
import { isListItem, isOrderedItem, markLength } from './list-item';
import { trimReferences, withoutReferences } from './references';
import { regionsOf } from './regions';
import { readTable, type ReadRow } from './read-table';
import { isFigure } from './table-row';

/** A cell of fewer words answers nothing by itself. */
const MIN_CELL_WORDS = 3;
/** A row of more is a record: none of its cells is told alone. */
const MAX_TOLD_CELLS = 3;
/** A row laid out in columns of spaces cannot be read in a line. */
const PADDING = /\s{3,}/u;

/** Between the headings above a passage. */
const HEADING_SEPARATOR = ' > ';

const NONE: ReadonlySet<string> = new Set();

/** How a sentence stands where it is; `gramText` is the table row a cell belongs to, with what stands above it. */
type Surroundings = Pick<Candidate, 'listed' | 'shape' | 'lead' | 'context' | 'above' | 'row'> & {
  readonly gramText?: string;
};

/** Links and code say nothing to people. */
const says = (text: string, isItem: boolean): boolean => !isLinkList(text, isItem) && !isCode(text);

/** Reads one source from its beginning to its end. */
class SourceReader {
  readonly sentences: Candidate[] = [];
  private title: ReadonlySet<string> = NONE;
  private before: ReadonlySet<string> = NONE;
  private announcement: ReadonlySet<string> = NONE;
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
    if (says(said, false))
      this.push(said, { listed: said, shape, lead: this.before, context: this.title, above: NONE });
  }

  private item(said: string, listed: string): void {
    const shape = isOrderedItem(listed) ? 'step' : 'item';
    const lead = this.announcement.size > 0 ? this.announcement : this.before;
    if (says(said, true)) this.push(said, { listed, shape, lead, context: this.title, above: this.announcing() });
  }

  /** What says of which things the list is. */
  private announcing(): ReadonlySet<string> {
    if (this.announcement.size > 0) return this.announcement;
    return this.title.size > 0 ? this.title : new Set(this.read.topic);
  }

  private prose(said: string, listed: string): void {
    const stems = new Set(this.stemsOf(said));
    if (isTitle(listed) || this.isHeading(listed)) this.title = stems;
    else if (says(said, false))
      this.push(said, { listed, shape: 'prose', lead: this.before, context: this.title, above: NONE });
    this.announcement = ANNOUNCES.test(said) ? stems : NONE;
  }

  private stemsOf(text: string): string[] {
    return contentStems(text, this.read.language);
  }

  /** @param spans of the lines of one table */
  table(spans: readonly Span[]): void {
    const title = this.read.source.heading?.split(HEADING_SEPARATOR).findLast((one) => one.startsWith('|'));
    for (const read of readTable(this.text, spans, title)) this.row(read);
  }

  /** The first cell names what the others tell; a record, or a row of short cells, says something only as a whole. */
  private row({ row: { whole, cells, line }, group, above }: ReadRow): void {
    const named = new Set(above.flatMap((name) => this.stemsOf(name)));
    const context = new Set([...cells.flatMap((cell) => this.stemsOf(cell)), ...named]);
    const names = cells.filter((cell) => !isFigure(cell)).map((cell) => new Set(this.stemsOf(cell)));
    const values =
      cells.length > MAX_TOLD_CELLS ? [] : cells.slice(1).filter((cell) => tokenize(cell).length >= MIN_CELL_WORDS);
    const shape = values.length > 0 || cells.length === 1 ? 'cell' : 'row';
    const told = values.length > 0 ? values : [whole].filter((text) => !PADDING.test(text));
    for (const cell of told) {
      const around = {
        listed: cell,
        shape,
        lead: NONE,
        context,
        above: named,
        row: { line, names, group },
        gramText: [whole, ...above].join(' '),
      } as const;
      if (!isCode(cell.replaceAll('|', ''))) this.push(cell, around);
    }
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

  private put({ gramText, ...one }: Surroundings & Pick<Candidate, 'text'>): void {
    const stems = this.stemsOf(one.text);
    const { read, sentences } = this;
    sentences.push({
      ...one,
      ...{
        source: read,
        index: sentences.length,
        stems,
        stemSet: new Set(stems),
        grams: charGrams(gramText ?? one.text),
      },
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
    if (region.kind === 'table') reader.table(region.lines);
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
