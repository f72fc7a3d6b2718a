import type { ChatSource } from '../chat-model';
import type { RowGroup } from './read-table';

/** How a sentence stands in its source: in running text, as an item or a numbered step of a list, as a cell or a row of a table. */
export type CandidateShape = 'prose' | 'item' | 'step' | 'cell' | 'row';

/** The row of a table that a sentence stands in, or is. */
export interface RowPlace {
  /** The line, verbatim. */
  readonly line: string;
  /** Of each cell that names something rather than tells a figure. */
  readonly names: readonly ReadonlySet<string>[];
  /** The same for all rows of the group. */
  readonly group: RowGroup;
}

/** A sentence of a source that may become a part of the answer. */
export interface Candidate {
  readonly source: SourceText;
  /** Position among the sentences of its source. */
  readonly index: number;
  /** Verbatim, without list marks. */
  readonly text: string;
  /** Verbatim, with the mark of its list: how it is shown among its neighbours. */
  readonly listed: string;
  readonly shape: CandidateShape;
  /** Content stems in order. */
  readonly stems: readonly string[];
  readonly stemSet: ReadonlySet<string>;
  /** Character 4-grams. */
  readonly grams: ReadonlySet<string>;
  /** Of the sentence before; for an item, of the one that announces the list. */
  readonly lead: ReadonlySet<string>;
  /** Of the titles above it in the passage, and of its row in a table. */
  readonly context: ReadonlySet<string>;
  /** Of what names its list (the announcement, else the title) or its table (titles and names of columns); none in prose. */
  readonly above: ReadonlySet<string>;
  readonly row?: RowPlace | undefined;
}

export interface SourceText {
  readonly source: ChatSource;
  /** Position in the request: reading order. */
  readonly rank: number;
  readonly language: string;
  readonly headingGrams: ReadonlySet<string>;
  /** Title and headings. */
  readonly headingStems: ReadonlySet<string>;
  /** Of the innermost heading alone, in order. */
  readonly topic: readonly string[];
  readonly stemSet: ReadonlySet<string>;
  readonly sentences: readonly Candidate[];
}
