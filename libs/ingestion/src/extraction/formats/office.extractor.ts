import { type OfficeParserAST, type SupportedFileType } from 'officeparser';

import { DocumentBuilder } from '../document-builder';
import { type ExtractionLimits } from '../extraction-limits';
import { type Extractor, type SourceFile } from '../extractor';
import { type FileFormat } from '../media-types';
import { usefulTitle } from '../useful-title';
import { markHiddenRuns } from './docx-hidden-runs';
import { markHiddenOpenDocument } from './opendocument-hidden';
import { markHiddenSlides } from './pptx-hidden';
import { markHiddenRtf } from './rtf-hidden';
import { findHiddenCells, markHiddenCells } from './xlsx-hidden';
import { translateOfficeError } from './office-error';
import { writeOfficeContent } from './office-content';

const parse = async ({ bytes, format, limits }: SourceFile): Promise<OfficeParserAST> => {
  const { OfficeParser } = await import('officeparser');
  try {
    return await OfficeParser.parseOffice(bytes, {
      fileType: format as SupportedFileType,
      // Repeated on every page: noise in an answer.
      ignoreHeadersAndFooters: true,
      ignoreSlideMasters: true,
      includeBreakNodes: true,
      decompressionLimits: { maxUncompressedBytes: limits.unpackedBytes, maxZipEntries: limits.archiveEntries },
    });
  } catch (error) {
    throw translateOfficeError(error, limits);
  }
};

/** The parser does not tell hidden words from others, so they are marked in the file before it is parsed. */
const MARK_HIDDEN: Partial<Record<FileFormat, (bytes: Uint8Array, limits: ExtractionLimits) => Promise<Uint8Array>>> = {
  docx: markHiddenRuns,
  pptx: markHiddenSlides,
  odt: markHiddenOpenDocument,
  ods: markHiddenOpenDocument,
  odp: markHiddenOpenDocument,
  rtf: (bytes) => Promise.resolve(markHiddenRtf(bytes)),
};

/** Word, PowerPoint, Excel, OpenDocument, RTF and EPUB through one syntax tree. */
export const extractOffice: Extractor = async (file) => {
  const bytes = (await MARK_HIDDEN[file.format]?.(file.bytes, file.limits)) ?? file.bytes;
  const tree = await parse({ ...file, bytes });
  const builder = new DocumentBuilder(file.limits.textCharacters);
  const isWorkbook = file.format === 'xlsx';
  const hidden = isWorkbook ? await findHiddenCells(file.bytes, file.limits) : new Map<string, never>();
  writeOfficeContent(isWorkbook ? markHiddenCells(tree.content, hidden) : tree.content, builder);
  return builder.build(usefulTitle(tree.metadata.title));
};
