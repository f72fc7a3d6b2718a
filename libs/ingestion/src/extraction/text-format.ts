import { type FileFormat } from './media-types';

const BY_EXTENSION: Readonly<Record<string, FileFormat>> = {
  md: 'md',
  markdown: 'md',
  mdx: 'md',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  csv: 'csv',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  geojson: 'json',
  eml: 'eml',
  txt: 'txt',
  text: 'txt',
  log: 'txt',
};
/** Whether a name that ends like this promises text. */
export const isTextExtension = (extension: string): boolean => extension in BY_EXTENSION;

/** Text to a program, not to a reader: archives of mails and of web pages with their pictures as letters, drawings. */
const UNREADABLE = new Set(['mbox', 'mht', 'mhtml', 'svg']);
const START_BYTES = 16_384;
const HTML_START = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i;
const JSON_START = /^\s*[[{]/;
/** The line an mbox file puts before each of its mails. */
const MBOX_START = /^From \S+.{0,60}\b\d{2}:\d{2}(?::\d{2})?\b.*\r?\n[\w-]+:/;
const HEADER_LINE = /^([\w-]+):/;
const MAIL_HEADERS = new Set(
  'from to cc subject date message-id mime-version received return-path delivered-to reply-to content-type'.split(' '),
);
const LEAST_MAIL_HEADERS = 3;

/** RFC 5322: lines `Name: value`, folded ones indented, up to the first blank line. */
const isMail = (start: string): boolean => {
  const [head = ''] = start.replace(/\r\n?/g, '\n').split('\n\n', 1);
  const lines = head.split('\n').filter((line) => !/^[ \t]/.test(line));
  const names = lines.map((line) => HEADER_LINE.exec(line)?.[1]?.toLowerCase());
  const known = new Set(names.filter((name) => name !== undefined && MAIL_HEADERS.has(name)));
  return known.size >= LEAST_MAIL_HEADERS && names.filter((name) => name === undefined).length <= 1;
};

/** Names that promise a structure the content must have. */
const PROMISES: Partial<Readonly<Record<FileFormat, (start: string) => boolean>>> = {
  json: (start) => JSON_START.test(start),
  eml: isMail,
};

/** Where the name says nothing, the content may. */
const formatByStart = (start: string): FileFormat => {
  if (HTML_START.test(start)) return 'html';
  return isMail(start) ? 'eml' : 'txt';
};

/**
 * Tells kinds of text apart: by their name where the content agrees, else by how they begin.
 *
 * @returns undefined for text that is no document
 */
export const textFormat = (bytes: Uint8Array, extension: string): FileFormat | undefined => {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, START_BYTES)).replace(/^\u00ef\u00bb\u00bf|\0/g, '');
  if (UNREADABLE.has(extension) || MBOX_START.test(start)) return undefined;
  const named = BY_EXTENSION[extension];
  if (named === undefined) return formatByStart(start);
  if (named === 'txt') return HTML_START.test(start) ? 'html' : 'txt';
  return PROMISES[named]?.(start) === false ? formatByStart(start) : named;
};
