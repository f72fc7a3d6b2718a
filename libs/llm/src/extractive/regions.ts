import type { Span } from '#libs/text';

/** A stretch of a text that is read in its own way. Code in fences is no region: nobody is answered with it. */
export type Region = (Span & { readonly kind: 'prose' }) | { readonly kind: 'table'; readonly lines: readonly Span[] };

const LINE = /[^\r\n]*(?:\r\n|[\r\n]|$)/g;
const FENCE = /^[ \t]*(?:```|~~~)/;
const ROW = /^[ \t]*\|/;

type LineKind = 'prose' | 'row' | 'code';

const kindsOf = (lines: readonly string[]): LineKind[] => {
  let inCode = false;
  return lines.map((line) => {
    const isFence = FENCE.test(line);
    const kind = inCode || isFence ? 'code' : ROW.test(line) ? 'row' : 'prose';
    if (isFence) inCode = !inCode;
    return kind;
  });
};

/** A region with a line added at its end; undefined where the line begins another. */
const grown = (open: Region | undefined, kind: LineKind, line: Span): Region | undefined => {
  if (open?.kind !== (kind === 'row' ? 'table' : kind)) return undefined;
  if (open.kind === 'prose') return open.end === line.start ? { ...open, end: line.end } : undefined;
  return open.lines.at(-1)?.end === line.start ? { ...open, lines: [...open.lines, line] } : undefined;
};

/** Prose and tables, in order. */
export const regionsOf = (text: string): Region[] => {
  const lines = Array.from(text.matchAll(LINE), ([line]) => line);
  const kinds = kindsOf(lines);
  const regions: Region[] = [];
  let start = 0;
  for (const [at, line] of lines.entries()) {
    const kind = kinds[at] ?? 'prose';
    const span = { start, end: start + line.length };
    start = span.end;
    if (kind === 'code') continue;
    const longer = grown(regions.at(-1), kind, span);
    if (longer) regions.splice(-1, 1, longer);
    else regions.push(kind === 'row' ? { kind: 'table', lines: [span] } : { kind, ...span });
  }
  return regions;
};
