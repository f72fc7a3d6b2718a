/** Letters two words of different languages share at least to count as the same: `contrat`, `contract` share 6. */
const COGNATE_LETTERS = 5;

/** Whether a word of another language is kindred to one of these. */
export const hasCognate = (stem: string, stems: ReadonlySet<string>): boolean => {
  if (stem.length < COGNATE_LETTERS) return false;
  const beginning = stem.slice(0, COGNATE_LETTERS);
  return [...stems].some((other) => other.startsWith(beginning));
};

/** Only between the two languages of the product, where detection of a short text is sure enough. */
export const isTranslated = (language: string, source: string): boolean =>
  language !== source && [language, source].every((code) => code === 'fr' || code === 'en');
