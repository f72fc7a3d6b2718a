import type { Paragraph } from '../quality/support/piaf';

/** Several paragraphs as one document, and where each of them lies in it. */
export interface Article {
  readonly title: string;
  readonly text: string;
  readonly paragraphs: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
}

const join = (title: string, paragraphs: readonly Paragraph[], between: string): Article => {
  const places = new Map<string, { readonly start: number; readonly end: number }>();
  let text = '';
  for (const { _id: id, text: own } of paragraphs) {
    if (text !== '') text += between;
    places.set(id, { start: text.length, end: text.length + own.length });
    text += own.replaceAll('\n', ' ');
  }
  return { title, text, paragraphs: places };
};

/**
 * Puts the paragraphs of each article together again.
 * @param articlesPerDocument with more than one, a document has many topics and no heading that tells them apart
 */
export const joinArticles = (
  paragraphs: readonly Paragraph[],
  articlesPerDocument: number,
  between: '\n\n' | ' ',
): Article[] => {
  const titles = [...new Set(paragraphs.map(({ title }) => title))];
  const documents = Map.groupBy(paragraphs, ({ title }) => Math.floor(titles.indexOf(title) / articlesPerDocument));
  return [...documents].map(([place, parts]) =>
    join(articlesPerDocument === 1 ? (parts[0]?.title ?? '') : `Recueil ${String(place)}`, parts, between),
  );
};
