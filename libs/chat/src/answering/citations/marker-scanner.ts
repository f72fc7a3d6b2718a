import { isClosing, isOpening, mayBecomeMarker, numbersOf } from './marker-syntax';

/** Text as the model wrote it, or a marker with the sources it names and the white space before it. */
export type AnswerPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markers'; readonly lead: string; readonly numbers: readonly number[] };

/** An opening bracket that may still become a marker. */
interface Held {
  readonly lead: string;
  text: string;
}

const SPACE = /\s/u;

/**
 * Separates text and markers of an answer that arrives in any split: `[`, `1`, `]` gives the same pieces as `[1]`.
 * Works character by character, so the split cannot matter. Markers that name no source vanish with the spaces before
 * them, as if never written: in `[[9]1]` what remains is read again as `[1]`, and no removal ever leaves a marker behind.
 * White space at both ends of the answer is left out.
 */
export class MarkerScanner {
  private readonly held: Held[] = [];
  private space = '';
  private started = false;
  private pieces: AnswerPiece[] = [];

  constructor(private readonly isSource: (number: number) => boolean) {}

  /** Takes what the model wrote next; returns the pieces that are certain by now. */
  push(text: string): AnswerPiece[] {
    for (const character of text) this.read(character);
    return this.drain();
  }

  /** The model is done: what was held back is text. */
  end(): AnswerPiece[] {
    this.release();
    return this.drain();
  }

  private drain(): AnswerPiece[] {
    const { pieces } = this;
    this.pieces = [];
    return pieces;
  }

  private read(character: string): void {
    if (isOpening(character)) this.open(character);
    else if (this.held.length > 0) this.continueHeld(character);
    else this.readText(character);
  }

  private readText(character: string): void {
    if (SPACE.test(character)) {
      this.space += character;
      return;
    }
    this.write(this.space + character);
    this.space = '';
  }

  private open(character: string): void {
    this.held.push({ lead: this.space, text: character });
    this.space = '';
  }

  private continueHeld(character: string): void {
    const top = this.held.at(-1);
    if (!top) return;
    if (isClosing(character)) {
      this.close(top, character);
      return;
    }
    if (mayBecomeMarker(top.text.slice(1) + character)) {
      top.text += character;
      return;
    }
    this.release();
    this.readText(character);
  }

  private close(top: Held, character: string): void {
    const numbers = numbersOf(top.text.slice(1));
    if (!numbers) {
      top.text += character;
      this.release();
      return;
    }
    this.held.pop();
    const known = numbers.filter(this.isSource);
    if (known.length > 0) this.cite(top.lead, known);
    else this.forget(top.lead);
  }

  private cite(lead: string, numbers: readonly number[]): void {
    this.release();
    this.pieces.push({ kind: 'markers', lead: this.started ? lead : '', numbers });
    this.started = true;
  }

  private forget(lead: string): void {
    const lines = lead.replaceAll(/[^\r\n]/g, '');
    if (lines !== '') this.release();
    this.space = lines;
  }

  private release(): void {
    for (const { lead, text } of this.held.splice(0)) this.write(lead + text);
  }

  private write(text: string): void {
    const visible = this.started ? text : text.trimStart();
    if (visible === '') return;
    this.started = true;
    this.pieces.push({ kind: 'text', text: visible });
  }
}

/** The pieces of a whole answer. */
export const scanMarkers = (answer: string, isSource: (number: number) => boolean): AnswerPiece[] => {
  const scanner = new MarkerScanner(isSource);
  return [...scanner.push(answer), ...scanner.end()];
};
