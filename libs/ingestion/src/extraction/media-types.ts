const OPEN_XML = 'application/vnd.openxmlformats-officedocument';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';

/** Formats by the extension people know them by; the order is the one error texts list them in. */
export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  docx: `${OPEN_XML}.wordprocessingml.document`,
  pptx: `${OPEN_XML}.presentationml.presentation`,
  xlsx: `${OPEN_XML}.spreadsheetml.sheet`,
  odt: `${OPEN_DOCUMENT}.text`,
  odp: `${OPEN_DOCUMENT}.presentation`,
  ods: `${OPEN_DOCUMENT}.spreadsheet`,
  rtf: 'application/rtf',
  epub: 'application/epub+zip',
  html: 'text/html',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  eml: 'message/rfc822',
  txt: 'text/plain',
  png: 'image/png',
  jpg: 'image/jpeg',
  tiff: 'image/tiff',
  webp: 'image/webp',
  bmp: 'image/bmp',
} as const;

export type FileFormat = keyof typeof MEDIA_TYPES;
export type MediaType = (typeof MEDIA_TYPES)[FileFormat];

/** What a person may upload, for error texts and the upload form. */
export const SUPPORTED_FORMATS = Object.keys(MEDIA_TYPES) as readonly FileFormat[];
