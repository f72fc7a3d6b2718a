import { type Extractor } from './extractor';
import { extractCsv } from './formats/csv.extractor';
import { extractHtml } from './formats/html.extractor';
import { extractJson } from './formats/json.extractor';
import { extractMail } from './formats/mail/mail.extractor';
import { extractMarkdown } from './formats/markdown.extractor';
import { extractOffice } from './formats/office.extractor';
import { extractPicture } from './formats/picture.extractor';
import { extractPlainText } from './formats/plain-text.extractor';
import { type FileFormat } from './media-types';
import { extractPdf } from './pdf/pdf.extractor';

/** One line per format. Each loads its parser at its first file, so a thread that reads PDFs never loads the others. */
export const EXTRACTORS: Readonly<Record<FileFormat, Extractor>> = {
  pdf: extractPdf,
  docx: extractOffice,
  pptx: extractOffice,
  xlsx: extractOffice,
  odt: extractOffice,
  odp: extractOffice,
  ods: extractOffice,
  rtf: extractOffice,
  epub: extractOffice,
  html: extractHtml,
  md: extractMarkdown,
  csv: extractCsv,
  json: extractJson,
  eml: extractMail,
  txt: extractPlainText,
  png: extractPicture,
  jpg: extractPicture,
  tiff: extractPicture,
  webp: extractPicture,
  bmp: extractPicture,
};
