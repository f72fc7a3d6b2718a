import type { Span } from '#libs/text';

/** A stretch of a text that is read in its own way. Code in fences is no region: nobody is answered with it. */
export interface Region extends Span {
  readonly kind: 'prose' | 'row';
}

const LINE = /[^\r\n]*(?:\r\n|[\r\n]|$)/g;
const FENCE = /^[ \t]*(?:```|~~~)/;
const ROW = /^[ \t]*\|/;

type LineKind = Region['kind'] | 'code';

const kindsOf = (lines: readonly string[]): LineKind[] => {
  let inCode = false;
  return lines.map((line) => {
    const isFence = FENCE.test(line);
    const kind = inCode || isFence ? 'code' : ROW.test(line) ? 'row' : 'prose';
    if (isFence) inCode = !inCode;
    return kind;
  });
};

/** Prose, and each line of a table, in order. */
export const regionsOf = (text: string): Region[] => {
  const lines = Array.from(text.matchAll(LINE), ([line]) => line);
  const kinds = kindsOf(lines);
  const regions: Region[] = [];
  let start = 0;
  for (const [at, line] of lines.entries()) {
    const end = start + line.length;
    const kind = kinds[at] ?? 'prose';
    const open = regions.at(-1);
    if (kind === 'prose' && open?.kind === 'prose' && open.end === start) regions.splice(-1, 1, { ...open, end });
    else if (kind !== 'code') regions.push({ kind, start, end });
    start = end;
  }
  return regions;
};
