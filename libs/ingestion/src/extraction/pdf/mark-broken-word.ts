/** Puts the mark that PDFium leaves at a word broken by the line's end; `rejoinHyphens` mends it once all words are known. */
export const markBrokenWord = (line: string): string => line.replace(/(?<=\p{L})[-‐¬]$/u, '\ufffe');
