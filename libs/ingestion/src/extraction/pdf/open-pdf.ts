import { CorruptDocumentError, EncryptedDocumentError } from '../extraction.errors';
import { usefulTitle } from '../useful-title';
import { type Pdfium, readUtf16, withMemory, withMemoryAsync } from './pdfium';

/** FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY: a password, or a scheme only other programs know. */
const LOCKED = new Set([4, 5]);
const TITLE_BYTES = 1_024;
const readTitle = (pdfium: Pdfium, document: number): string | undefined =>
  withMemory(pdfium, TITLE_BYTES + 6, (buffer) => {
    const tag = buffer + TITLE_BYTES;
    pdfium.HEAPU8.set(Buffer.from('Title\0', 'latin1'), tag);
    const bytes = pdfium._FPDF_GetMetaText(document, tag, buffer, TITLE_BYTES);
    if (bytes <= 2 || bytes > TITLE_BYTES) return undefined;
    return usefulTitle(readUtf16(pdfium, buffer, bytes / 2 - 1));
  });

const open = (pdfium: Pdfium, data: number, size: number): number => {
  const document = pdfium._FPDF_LoadMemDocument(data, size, 0);
  if (document !== 0) return document;
  throw LOCKED.has(pdfium._FPDF_GetLastError()) ? new EncryptedDocumentError() : new CorruptDocumentError();
};

export interface OpenPdf {
  readonly document: number;
  readonly pageCount: number;
  readonly title: string | undefined;
}

/**
 * Lends an opened document and closes it afterwards. The bytes must stay in the engine's memory while it is open.
 *
 * @throws {EncryptedDocumentError} a password is needed
 * @throws {CorruptDocumentError} no PDF can be made of the bytes
 */
export const withPdf = <T>(pdfium: Pdfium, bytes: Uint8Array, use: (pdf: OpenPdf) => Promise<T>): Promise<T> =>
  withMemoryAsync(pdfium, bytes.length, async (data) => {
    pdfium.HEAPU8.set(bytes, data);
    const document = open(pdfium, data, bytes.length);
    try {
      const pageCount = pdfium._FPDF_GetPageCount(document);
      return await use({ document, pageCount, title: readTitle(pdfium, document) });
    } finally {
      pdfium._FPDF_CloseDocument(document);
    }
  });
