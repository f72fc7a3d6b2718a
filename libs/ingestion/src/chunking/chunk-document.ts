import { type ExtractedDocument, type PageRange } from '../extraction/extracted-document';
import { type Chunk } from './chunk';
import { type ChunkingOptions, DEFAULT_CHUNKING } from './chunking-options';
import { packUnits } from './pack-units';
import { sectionsOf } from './section';
import { groupSections, type SectionGroup } from './section-group';
import { estimateTokens } from './token-counter';
import { unitsOf } from './unit';

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

const draft = (document: ChunkableDocument, path: readonly string[], start: number, end: number): Draft => {
  const page = pageAt(document.pages, start);
  return {
    start,
    end,
    text: document.text.slice(start, end),
    ...(page !== undefined && { page }),
    headingPath: path,
    tokenCount: estimateTokens(document.text, start, end),
    language: document.language,
  };
};

const chunkGroup = (document: ChunkableDocument, group: SectionGroup, options: ChunkingOptions): Draft[] => {
  const units = unitsOf(document.text, group, document.language, options.maxTokens);
  return packUnits(units, options).flatMap(({ from, to }) => {
    const [first, last] = [units[from], units[to - 1]];
    return first && last ? [draft(document, group.path, first.start, last.end)] : [];
  });
};

/**
 * Cuts a document into chunks for embedding and citation. Pure and deterministic.
 *
 * Chunks follow the text's order; every character that is no blank is in at least one; `text.slice(start, end)` is the chunk's
 * text exactly; none counts more than `maxTokens`. A chunk stays inside its section (tiny sections share one), ends with
 * a sentence, a table row or a list item, and begins with the last sentence of the chunk before, inside a section.
 */
export const chunkDocument = (document: ChunkableDocument, options: Partial<ChunkingOptions> = {}): Chunk[] => {
  const settings = { ...DEFAULT_CHUNKING, ...options };
  const measure = (start: number, end: number) => estimateTokens(document.text, start, end);
  return groupSections(sectionsOf(document.text, document.headings), measure, settings)
    .flatMap((group) => chunkGroup(document, group, settings))
    .map((chunk, ordinal) => ({ ordinal, ...chunk }));
};
