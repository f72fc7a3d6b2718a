import { CitationNotVerbatimError } from '../../chat.errors';
import type { Citation, EvidenceSource } from './evidence';

/** Whether the quote is, to the letter, what the source has at the citation's offsets. */
const isVerbatim = ({ quote, start, end }: Citation, source: EvidenceSource): boolean =>
  quote.trim() !== '' &&
  start >= source.start &&
  end <= source.end &&
  end - start === quote.length &&
  source.text.slice(start - source.start, end - source.start) === quote;

/**
 * The last look before citations leave the API: what does not hold here is a bug elsewhere, and must not be seen.
 * @throws CitationNotVerbatimError
 */
export const assertVerbatim = (citations: readonly Citation[], sources: readonly EvidenceSource[]): void => {
  const byMarker = new Map(sources.map((source) => [source.marker, source]));
  for (const citation of citations) {
    const source = byMarker.get(citation.marker);
    const isSame = source?.documentId === citation.documentId && source.chunkId === citation.chunkId;
    if (!source || !isSame || !isVerbatim(citation, source)) throw new CitationNotVerbatimError();
  }
};
