import { type ExtractedDocument, type PageRange } from '../extraction/extracted-document';
import { type Chunk } from './chunk';
import { type ChunkingOptions, chunkingOf } from './chunking-options';
import { fingerprintOf } from './fingerprint';
import { packByMeaning } from './pack-by-meaning';
import { packUnits, type UnitRun } from './pack-units';
import { sectionsOf } from './section';
import { groupSections, type SectionGroup } from './section-group';
import { TableHeaders } from './table-headers';
import { estimateTokens } from './token-counter';
import { type Unit, unitsOf } from './unit';

export type ChunkableDocument = Pick<ExtractedDocument, 'text' | 'headings' | 'pages' | 'language'>;

/** The last page that begins at or before the offset, by bisection. */
const pageAt = (pages: readonly PageRange[], offset: number): number | undefined => {
  let low = 0;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pages[middle]?.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return pages[low - 1]?.page;
};

type Draft = Omit<Chunk, 'ordinal'>;

/** Cuts the groups of one document. */
class Cutter {
  private readonly tableHeaders: TableHeaders;

  constructor(
    private readonly document: ChunkableDocument,
    private readonly options: ChunkingOptions,
  ) {
    this.tableHeaders = new TableHeaders(document.text);
  }

  cut(group: SectionGroup): Draft[] {
    const { text, language } = this.document;
    const units = unitsOf(text, group, language, this.options.maxTokens);
    return this.pack(units).flatMap(({ from, to }) => {
      const [first, last] = [units[from], units[to - 1]];
      return first && last ? [this.draft(group.path, first.start, last.end)] : [];
    });
  }

  private pack(units: readonly Unit[]): readonly UnitRun[] {
    if (this.options.strategy === 'semantic') return packByMeaning(this.document.text, units, this.options);
    return packUnits(units, this.options);
  }

  private draft(path: readonly string[], start: number, end: number): Draft {
    const { text, pages, language } = this.document;
    const page = pageAt(pages, start);
    const tableHeader = this.tableHeaders.at(start);
    const words = text.slice(start, end);
    return {
      start,
      end,
      text: words,
      ...(page !== undefined && { page }),
      headingPath: tableHeader === undefined ? path : [...path, tableHeader],
      tokenCount: estimateTokens(text, start, end),
      language,
      fingerprint: fingerprintOf(words),
    };
  }
}

/**
 * Cuts a document into chunks for embedding and citation. Pure and deterministic.
 *
 * Chunks follow the text's order; every character that is no blank is in at least one; `text.slice(start, end)` is the chunk's
 * text exactly; none counts more than `maxTokens`. A chunk stays inside its section (tiny sections share one), ends with
 * a sentence, a table row or a list item, and begins with the last sentence of the chunk before, inside a section. One that
 * continues a table has the table's header row as the last of its headings.
 */
export const chunkDocument = (document: ChunkableDocument, options: Partial<ChunkingOptions> = {}): Chunk[] => {
  const settings = chunkingOf(options);
  const cutter = new Cutter(document, settings);
  const measure = (start: number, end: number) => estimateTokens(document.text, start, end);
  return groupSections(sectionsOf(document.text, document.headings), measure, settings)
    .flatMap((group) => cutter.cut(group))
    .map((chunk, ordinal) => ({ ordinal, ...chunk }));
};
