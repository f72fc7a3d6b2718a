import type { Citation, EvidenceSource } from '../../../libs/chat/src/answering/citations/evidence';

/** Each quote stands in its source, to the letter, at its offsets, with a support that can be one. Source n has marker n. */
export const expectVerbatim = (citations: readonly Citation[], sources: readonly EvidenceSource[]): void => {
  for (const { marker, quote, start, end, support } of citations) {
    const cited = sources[marker - 1]!;
    expect(cited.text.slice(start - cited.start, end - cited.start)).toBe(quote);
    expect(quote.trim()).not.toBe('');
    expect(support).toBeGreaterThan(0);
    expect(support).toBeLessThanOrEqual(1);
  }
};
