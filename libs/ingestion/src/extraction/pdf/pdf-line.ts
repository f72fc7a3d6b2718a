import { type HiddenText } from '../extracted-document';

/** Words of a line that stand apart from the others of it. */
export interface PdfCell {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** One visual line of a page. Lengths in points (1/72 inch); `baseline` is measured upwards from the foot of the page. */
export interface PdfLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Where the letters stand. */
  readonly baseline: number;
  /** Of the font, as set on the page. */
  readonly size: number;
  readonly bold: boolean;
  /** From left to right, where some words stand apart; left out for plain lines. */
  readonly cells?: readonly PdfCell[];
}

export interface PdfPage {
  /** From 1. */
  readonly page: number;
  readonly height: number;
  readonly lines: readonly PdfLine[];
  /** It shows something, but has no text: its letters are drawn, photographed or without a meaning. */
  readonly isPicture: boolean;
  /** Invisible letters over a picture: what a scanner's program believed to read in it, or what somebody put there. */
  readonly layer?: readonly PdfLine[];
  readonly hidden?: readonly HiddenText[];
}
