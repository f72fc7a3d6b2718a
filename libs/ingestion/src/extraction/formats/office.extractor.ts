import { type OfficeParserAST, type SupportedFileType } from 'officeparser';

import { DocumentBuilder } from '../document-builder';
import { type Extractor, type SourceFile } from '../extractor';
import { usefulTitle } from '../useful-title';
import { markHiddenRuns } from './docx-hidden-runs';
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

/** Word, PowerPoint, Excel, OpenDocument, RTF and EPUB through one syntax tree. */
export const extractOffice: Extractor = async (file) => {
  const bytes = file.format === 'docx' ? await markHiddenRuns(file.bytes, file.limits) : file.bytes;
  const tree = await parse({ ...file, bytes });
  const builder = new DocumentBuilder(file.limits.textCharacters);
  writeOfficeContent(tree.content, builder);
  return builder.build(usefulTitle(tree.metadata.title));
};
