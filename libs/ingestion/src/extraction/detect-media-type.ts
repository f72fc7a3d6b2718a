import { fileTypeFromBuffer } from 'file-type';

import { EmptyDocumentError, EncryptedDocumentError, UnsupportedDocumentTypeError } from './extraction.errors';
import { looksLikeText } from './looks-like-text';
import { type FileFormat, MEDIA_TYPES, type MediaType, SUPPORTED_FORMATS } from './media-types';
import { isTextExtension, textFormat } from './text-format';

/** Variants that are read like the format they vary. */
const VARIANTS: Readonly<Record<string, FileFormat>> = {
  docm: 'docx',
  dotx: 'docx',
  dotm: 'docx',
  pptm: 'pptx',
  potx: 'pptx',
  ppsx: 'pptx',
  xlsm: 'xlsx',
  xltx: 'xlsx',
  ott: 'odt',
  otp: 'odp',
  ots: 'ods',
  tif: 'tiff',
};
/** file-type calls any text that begins with `<?xml` an XML file. */
const MARKUP = new Set(['xml', 'html']);
/** Any sentence may begin with the two letters that mark a bitmap, but none has the header's four reserved zeros. */
const isSentence = (bytes: Uint8Array): boolean => bytes.subarray(6, 10).some((byte) => byte !== 0);
/** The PDF reference lets a header stand anywhere in the first kilobyte. */
const PDF_HEADER_BYTES = 1_024;

const extensionOf = (filename: string): string => /\.([a-z0-9]+)$/i.exec(filename.trim())?.[1]?.toLowerCase() ?? '';
const asFormat = (extension: string): FileFormat | undefined =>
  SUPPORTED_FORMATS.find((format) => format === extension) ?? VARIANTS[extension];

/** Whether a file of this name may be one of the supported formats; its content has the last word. */
export const isKnownExtension = (extension: string): boolean =>
  asFormat(extension) !== undefined || isTextExtension(extension);

/** Office files locked by a password are wrapped into the old binary container, in a stream of this name. */
const LOCKED_STREAM = Buffer.from('EncryptedPackage', 'utf16le');

const assertNotLocked = (bytes: Uint8Array, detected: string): void => {
  if (detected !== 'cfb') return;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(LOCKED_STREAM)) throw new EncryptedDocumentError();
};

const hasLatePdfHeader = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, PDF_HEADER_BYTES)).includes('%PDF-');

const sniff = async (bytes: Uint8Array): Promise<string | undefined> => {
  try {
    return (await fileTypeFromBuffer(bytes))?.ext;
  } catch {
    return undefined; // a file cut short in the middle of its own header
  }
};

/** Text comes before the magic numbers of what is not supported: a letter that begins with "BM" is not a bitmap. */
const formatByName = (bytes: Uint8Array, extension: string): FileFormat | undefined => {
  if (extension === 'pdf' && hasLatePdfHeader(bytes)) return 'pdf';
  return looksLikeText(bytes) ? textFormat(bytes, extension) : undefined;
};

const isDoubtful = (bytes: Uint8Array, detected: string): boolean =>
  MARKUP.has(detected) || (detected === 'bmp' && isSentence(bytes));

const detectFormat = async (bytes: Uint8Array, filename: string): Promise<FileFormat> => {
  const detected = (await sniff(bytes)) ?? '';
  assertNotLocked(bytes, detected);
  const byContent = isDoubtful(bytes, detected) ? undefined : asFormat(detected);
  const format = byContent ?? formatByName(bytes, extensionOf(filename));
  if (format === undefined) throw new UnsupportedDocumentTypeError({ detected: detected || 'binary data' });
  return format;
};

export interface DetectedType {
  readonly format: FileFormat;
  readonly mediaType: MediaType;
}

/**
 * Tells what a file is by its content; its name only decides between kinds of text (Markdown, CSV, mail, plain).
 *
 * @throws {EmptyDocumentError} no bytes
 * @throws {EncryptedDocumentError} an office file behind a password
 * @throws {UnsupportedDocumentTypeError} none of the supported formats
 */
export const detectMediaType = async (bytes: Uint8Array, filename: string): Promise<DetectedType> => {
  if (bytes.length === 0) throw new EmptyDocumentError();
  const format = await detectFormat(bytes, filename);
  return { format, mediaType: MEDIA_TYPES[format] };
};
