import { type MediaType } from './media-types';

/** Where a page's text lies. Pages follow one another without gaps; a page without text has `start === end`. */
export interface PageRange {
  /** Counted from 1, as a reader does. */
  readonly page: number;
  readonly start: number;
  readonly end: number;
}

/** A heading's own words (no `#`, no underline): `text.slice(start, end)`. */
export interface HeadingRange {
  /** 1 is the highest. */
  readonly level: number;
  readonly start: number;
  readonly end: number;
}

/** Words that stand in the file and that nobody who opens it sees. They are no part of `text`, with one exception. */
export interface HiddenText {
  /**
   * How they are hidden: `hidden-attribute`, `display-none`, `visibility-hidden`, `transparent`, `font-size-zero`,
   * `same-color`, `off-page`, `hidden-run`, `hidden-part`, `hidden-slide` (office files), `invisible-ink` (PDF),
   * `invisible-layer` (of a scanned page, not compared with its picture; these words are in `text`, too).
   */
  readonly reason: string;
  /** On one line, at most 500 characters of it. */
  readonly text: string;
}

/** What an extractor reads from a file; all offsets are UTF-16 code units into `text`. */
export interface ExtractedText {
  /** The text every later offset, chunk and citation refers to: NFC, LF line ends, no control characters. */
  readonly text: string;
  readonly title?: string;
  readonly pages: readonly PageRange[];
  readonly headings: readonly HeadingRange[];
  /** At most 50 entries; absent when nothing is hidden. */
  readonly hidden?: readonly HiddenText[];
}

export interface ExtractedDocument extends ExtractedText {
  /** ISO 639-1, or `und`. */
  readonly language: string;
  readonly mediaType: MediaType;
}
