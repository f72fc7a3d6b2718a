import type { Span } from '#libs/text';

import { scanMarkers, type AnswerPiece } from './marker-scanner';
import { renderMarkers } from './marker-syntax';
import { readAnswer, uncitedClaims } from './statements';

/** A stretch of text that stands in the answer with and without its markers. */
interface Stretch {
  readonly plainEnd: number;
  /** What markers before it add to an offset. */
  readonly shift: number;
}

const stretchesOf = (pieces: readonly AnswerPiece[]): Stretch[] => {
  let plainEnd = 0;
  let shift = 0;
  return pieces.map((piece) => {
    plainEnd += piece.kind === 'text' ? piece.text.length : piece.lead.length;
    const stretch = { plainEnd, shift };
    if (piece.kind === 'markers') shift += renderMarkers(piece.numbers).length;
    return stretch;
  });
};

/**
 * The statements of a verified answer that no marker proves, as offsets into it.
 * @param content whose every marker is proven and written as `[n]`
 */
export const unsupportedIn = (content: string, isSource: (number: number) => boolean): Span[] => {
  const pieces = scanMarkers(content, isSource);
  const stretches = stretchesOf(pieces);
  const shiftAt = (at: number): number => stretches.find(({ plainEnd }) => at < plainEnd)?.shift ?? 0;
  return uncitedClaims(readAnswer(pieces)).map(({ start, end }) => ({
    start: start + shiftAt(start),
    end: end + shiftAt(end - 1),
  }));
};
