import { DocumentBuilder } from '../document-builder';
import { type ExtractedText } from '../extracted-document';
import { type ExtractionLimits } from '../extraction-limits';
import { largestOnFirstPage } from './heading-levels';
import { blocksOf, partPage } from './pdf-block';
import { type PdfPage } from './pdf-line';
import { vocabularyOf } from './rejoin-hyphens';
import { removeRunningLines } from './running-lines';
import { writeBlocks } from './write-blocks';

/** Makes text of lines with their places: running headers taken out, tables found, lines joined to paragraphs, headings found. */
export const composePages = (
  pages: readonly PdfPage[],
  title: string | undefined,
  limits: ExtractionLimits,
): ExtractedText => {
  const builder = new DocumentBuilder(limits.textCharacters);
  const body = removeRunningLines(pages).map(partPage);
  const lines = body.flatMap(({ parts }) => parts.flatMap((part) => part.lines));
  const vocabulary = vocabularyOf(lines.map(({ text }) => text));
  const blocks = blocksOf(body);
  writeBlocks(blocks, pages, vocabulary, builder);
  return builder.build(title ?? largestOnFirstPage(blocks));
};
