import { type Attachment, type Email } from 'postal-mime';

import { DocumentBuilder } from '../../document-builder';
import { DocumentTooComplexError } from '../../extraction.errors';
import { type ExtractionLimits } from '../../extraction-limits';
import { type Extractor } from '../../extractor';
import { withoutBase64 } from '../../without-base64';
import { type HtmlElement } from '../html-node';
import { writeHtml } from '../html-reader';
import { headerLines } from './mail-headers';
import { ownWords } from './own-words';

/** A mail with more parts within parts, or with more of them, is made to harm: mail programs stay under 10 and 200. */
const MAX_NESTING = 30;
const MAX_PARTS = 2_000;
const MAX_HEADER_BYTES = 1_048_576;
const MAX_FORWARDED_DEPTH = 5;
const PART = /^content-type:/gim;
/** Lines that begin as those between two parts do: a part needs no type. Signatures, rules and queries in an attachment do, too. */
const MAX_DELIMITERS = 20_000;
const DELIMITER = /^--\S/gm;
const MOST_ATTACHMENTS = 100;

const assertFewer = (text: string, sign: RegExp, maximum: number): void => {
  let found = 0;
  for (const _ of text.matchAll(sign)) found += 1;
  if (found > maximum) throw new DocumentTooComplexError({ limit: `${String(maximum)} parts` });
};

const assertPlainEnough = (bytes: Uint8Array): void => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  assertFewer(text, PART, MAX_PARTS);
  assertFewer(text, DELIMITER, MAX_DELIMITERS);
};

const parse = async (bytes: Uint8Array): Promise<Email> => {
  assertPlainEnough(bytes);
  const { default: PostalMime } = await import('postal-mime');
  try {
    return await PostalMime.parse(bytes, {
      maxNestingDepth: MAX_NESTING,
      maxHeadersSize: MAX_HEADER_BYTES,
      maxRfc822NestingDepth: MAX_FORWARDED_DEPTH,
    });
  } catch (error) {
    // The parser refuses only what exceeds these bounds; anything else it reads as well as it can.
    throw new DocumentTooComplexError({ limit: `${String(MAX_NESTING)} nested parts` }, { cause: error });
  }
};

/** How mail programs mark the mail that is answered. */
const isQuotation = (element: HtmlElement): boolean =>
  (element.localName === 'blockquote' && element.getAttribute('type') === 'cite') ||
  /(?:^|\s)(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote)(?:\s|$)/.test(
    element.getAttribute('class') ?? '',
  );

interface Body {
  readonly text: string;
  readonly hidden: readonly { readonly reason: string; readonly text: string }[];
}

const readHtmlBody = async (html: string, limits: ExtractionLimits): Promise<Body> => {
  const readWith = async (leaveOut?: (element: HtmlElement) => boolean) => {
    const page = new DocumentBuilder(limits.textCharacters);
    await writeHtml(html, page, leaveOut);
    return page.build();
  };
  const own = await readWith(isQuotation);
  const { text, hidden = [] } = own.text === '' ? await readWith() : own;
  return { text, hidden };
};

/** Plain text is what the sender's program made of the letter; HTML is read when there is nothing else. */
const readBody = async ({ text = '', html = '' }: Email, limits: ExtractionLimits): Promise<Body> =>
  text.trim() === '' && html !== '' ? readHtmlBody(html, limits) : { text: withoutBase64(text), hidden: [] };

const nameOf = ({ filename, mimeType }: Attachment): string => filename ?? mimeType;

/** Pictures of the letter's own layout (logos in a signature) are no attachments to a reader. */
const attachmentLine = ({ attachments }: Email): string => {
  const names = attachments.filter(({ related }) => related !== true).map(nameOf);
  const more = names.length > MOST_ATTACHMENTS ? ', …' : '';
  return names.length === 0 ? '' : `Attachments: ${names.slice(0, MOST_ATTACHMENTS).join(', ')}${more}`;
};

/** Mail (RFC 5322, MIME): its headers, what its author wrote in it, and the names of what is attached. */
export const extractMail: Extractor = async ({ bytes, limits }) => {
  const mail = await parse(bytes);
  const builder = new DocumentBuilder(limits.textCharacters);
  const body = await readBody(mail, limits);
  builder.paragraph(headerLines(mail));
  for (const { reason, text } of body.hidden) builder.hide(reason, text);
  const words = ownWords(body.text.replace(/\r\n?/g, '\n'), mail.subject ?? '');
  for (const paragraph of words.split(/\n[ \t]*\n+/)) builder.paragraph(paragraph);
  builder.paragraph(attachmentLine(mail));
  return builder.build(mail.subject);
};
