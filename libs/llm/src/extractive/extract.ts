import type { Candidate, SourceText } from './candidate';
import { withoutReferences } from './references';

/** A part of the answer: a sentence, an item of a list, or the line of a table that names its columns or tells their values. */
export interface Extract {
  readonly source: SourceText;
  /** Verbatim, but for bracketed numbers of the source. */
  readonly text: string;
  readonly form: 'prose' | 'item' | 'header' | 'row';
}

export const asProse = ({ source, text }: Candidate): Extract => ({
  source,
  text: withoutReferences(text),
  form: 'prose',
});

/** Items of a list may hold the same words in different places; they are told once all the same. */
export const asItems = (candidates: readonly Candidate[]): Extract[] =>
  candidates
    .filter(({ listed }, at) => candidates.findIndex((other) => other.listed === listed) === at)
    .map(({ source, listed }) => ({ source, text: withoutReferences(listed), form: 'item' }));

/** Rows of one table below the names of its columns, where these are in the passage. */
export const asTable = (candidates: readonly Candidate[]): Extract[] => {
  const [first] = candidates;
  if (!first?.row) return [];
  const { header, notes } = first.row.group;
  const line = (form: 'header' | 'row', text: string): Extract => ({
    source: first.source,
    text: withoutReferences(text),
    form,
  });
  const rows = new Set([...notes, ...candidates.flatMap(({ row }) => row?.line ?? [])]);
  return [...(header === undefined ? [] : [line('header', header)]), ...Array.from(rows, (row) => line('row', row))];
};
