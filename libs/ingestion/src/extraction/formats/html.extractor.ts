import { decodeText } from '../decode-text';
import { DocumentBuilder } from '../document-builder';
import { type Extractor } from '../extractor';
import { writeHtml } from './html-reader';

/** WHATWG: the declaration must stand within the first 1024 bytes. */
const DECLARATION_BYTES = 1_024;
const CHARSET = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;

const declaredCharset = (bytes: Uint8Array): string | undefined =>
  CHARSET.exec(Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1'))?.[1];

export const extractHtml: Extractor = async ({ bytes, limits }) => {
  const builder = new DocumentBuilder(limits.textCharacters);
  return builder.build(await writeHtml(decodeText(bytes, declaredCharset(bytes)), builder));
};
