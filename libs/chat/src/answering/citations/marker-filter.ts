import { MarkerScanner, type AnswerPiece } from './marker-scanner';
import { renderMarkers } from './marker-syntax';

const render = (pieces: readonly AnswerPiece[]): string =>
  pieces.map((piece) => (piece.kind === 'text' ? piece.text : piece.lead + renderMarkers(piece.numbers))).join('');

/**
 * Lets an answer through while it is being written, holding a marker back until it is complete and naming a source.
 * Whether the source supports the statement is known only at the end: the verified answer may differ from what went
 * through here by markers that were repaired or removed, and by nothing else.
 */
export class MarkerFilter {
  private readonly scanner: MarkerScanner;

  constructor(isSource: (number: number) => boolean) {
    this.scanner = new MarkerScanner(isSource);
  }

  push(text: string): string {
    return render(this.scanner.push(text));
  }

  end(): string {
    return render(this.scanner.end());
  }
}
