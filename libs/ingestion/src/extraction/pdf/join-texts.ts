/** Joins what was set on several lines. A word broken at the line's end is joined without a blank; the mark stays for `rejoinHyphens`. */
export const joinTexts = (texts: readonly string[]): string =>
  texts.reduce((text, line) => (text.endsWith('\ufffe') ? text + line : `${text} ${line}`));
