import { decodeText } from '../decode-text';
import { type Extractor } from '../extractor';
import { joinBrokenWords } from '../join-broken-words';
import { normalizeText, TRAILING_BLANKS } from '../normalize-text';
import { withoutDataUris } from '../without-base64';

/** Text as it stands: lines keep their indentation, more than one blank line becomes one. */
export const tidyLines = (text: string): string =>
  normalizeText(text)
    .replace(TRAILING_BLANKS, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');

export const extractPlainText: Extractor = ({ bytes }) => ({
  text: joinBrokenWords(tidyLines(withoutDataUris(decodeText(bytes)))),
  pages: [],
  headings: [],
});
