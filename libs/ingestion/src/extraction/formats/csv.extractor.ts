import { decodeText } from '../decode-text';
import { DocumentBuilder } from '../document-builder';
import { type Extractor } from '../extractor';
import { parseDelimited } from './parse-delimited';

export const extractCsv: Extractor = ({ bytes, limits }) => {
  const builder = new DocumentBuilder(limits.textCharacters);
  builder.table(parseDelimited(decodeText(bytes)));
  return builder.build();
};
