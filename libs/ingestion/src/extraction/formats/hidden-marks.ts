import { type HiddenText } from '../extracted-document';

/** Why words that are marked in a file are not seen. */
const REASONS = ['hidden-run', 'same-color', 'hidden-part', 'hidden-slide', 'off-page'] as const;
export type MarkedReason = (typeof REASONS)[number];

/** Characters that stand for nothing in Unicode: put around hidden words, they last through the parser. */
const FIRST = 0xfd_d0;
const END = '\ufddf';
const MARKED = /([\ufdd0-\ufddf])([^\ufdd0-\ufddf]*)/g;

/** Put before hidden words; without an end they reach to that of the text they are in. */
export const markOf = (reason: MarkedReason): string => String.fromCharCode(FIRST + REASONS.indexOf(reason));

export const markText = (text: string, reason: MarkedReason): string =>
  text.trim() === '' ? text : markOf(reason) + text + END;

export interface MarkedText {
  readonly seen: string;
  readonly hidden: readonly HiddenText[];
}

/** Tells the words that are marked from the others. */
export const splitMarked = (text: string): MarkedText => {
  const first = text.search(MARKED);
  if (first === -1) return { seen: text, hidden: [] };
  let seen = text.slice(0, first);
  const hidden: HiddenText[] = [];
  for (const [, mark = '', words = ''] of text.slice(first).matchAll(MARKED)) {
    const reason = REASONS[mark.charCodeAt(0) - FIRST];
    if (reason === undefined) seen += words;
    else hidden.push({ reason, text: words });
  }
  return { seen, hidden };
};
