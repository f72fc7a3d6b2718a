/** `hybrid` is what people want; the single legs serve comparison and diagnosis. */
export const SEARCH_MODES = ['hybrid', 'dense', 'lexical'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];
