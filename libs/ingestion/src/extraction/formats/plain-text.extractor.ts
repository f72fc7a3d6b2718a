import { decodeText } from '../decode-text';
import { type Extractor } from '../extractor';
import { normalizeText, TRAILING_BLANKS } from '../normalize-text';

/** Text as it stands: lines keep their indentation, more than one blank line becomes one. */
export const tidyLines = (text: string): string =>
  normalizeText(text)
    .replace(TRAILING_BLANKS, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');

export const extractPlainText: Extractor = ({ bytes }) => ({
  text: tidyLines(decodeText(bytes)),
  pages: [],
  headings: [],
});
