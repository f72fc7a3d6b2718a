import { type HiddenText } from '../extracted-document';
import { type PdfLine, type PdfPage } from './pdf-line';

/** Share of a layer's words that must be seen in the picture. Two recognizers agree on more of a page that can be read. */
const LEAST_AGREEMENT = 0.6;
const WORD = /\p{L}{3,}/gu;

const wordsOf = (lines: readonly PdfLine[]): ReadonlySet<string> =>
  new Set(lines.flatMap(({ text }) => [...text.toLowerCase().matchAll(WORD)].map(([word]) => word)));

const agreement = (layer: readonly PdfLine[], seen: readonly PdfLine[]): number => {
  const [claimed, visible] = [wordsOf(layer), wordsOf(seen)];
  return [...claimed].filter((word) => visible.has(word)).length / Math.max(1, claimed.size);
};

const asHidden = (layer: readonly PdfLine[], reason: string): HiddenText[] =>
  layer.map(({ text }) => ({ reason, text }));

/** A scanner's layer that nothing here can compare with its picture: it is the page's text, and said to be unseen. */
export const believeLayer = (page: PdfPage): PdfPage => {
  const { layer = [], lines, hidden = [] } = page;
  return { ...page, lines: [...lines, ...layer], hidden: [...hidden, ...asHidden(layer, 'invisible-layer')] };
};

/**
 * Compares a layer with what is seen in the picture under it. A true one is kept, since the scanner read the paper itself;
 * a false one is hidden, and the page is what is seen.
 */
export const verifyLayer = (page: PdfPage, seen: readonly PdfLine[]): PdfPage => {
  const { layer = [], lines, hidden = [] } = page;
  if (agreement(layer, seen) >= LEAST_AGREEMENT) return { ...page, lines: [...lines, ...layer] };
  return {
    ...page,
    lines: lines.length === 0 ? seen : lines,
    hidden: [...hidden, ...asHidden(layer, 'invisible-ink')],
  };
};
