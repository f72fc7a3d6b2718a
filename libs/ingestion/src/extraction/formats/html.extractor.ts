import { decodeText } from '../decode-text';
import { DocumentBuilder } from '../document-builder';
import { type Extractor } from '../extractor';
import { writeHtml } from './html-reader';
import { findMainContent } from './main-content';

/** WHATWG: the declaration must stand within the first 1024 bytes. */
const DECLARATION_BYTES = 1_024;
const CHARSET = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;

const declaredCharset = (bytes: Uint8Array): string | undefined =>
  CHARSET.exec(Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1'))?.[1];

export const extractHtml: Extractor = async ({ bytes, limits, isFromWeb = false }) => {
  const builder = new DocumentBuilder(limits.textCharacters);
  const html = decodeText(bytes, declaredCharset(bytes));
  const main = isFromWeb ? await findMainContent(html) : undefined;
  return builder.build(await writeHtml(main?.html ?? html, builder, main?.leaveOut));
};
