/** A stretch of a document's text that is embedded, found and cited as one. */
export interface Chunk {
  /** From 0, in reading order. */
  readonly ordinal: number;
  /** `document.text.slice(start, end) === text`, always. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Page it begins on; only where the format has pages. */
  readonly page?: number;
  /** Headings it stands under, the highest first; the last may be the header row of the table it continues. */
  readonly headingPath: readonly string[];
  readonly tokenCount: number;
  /** ISO 639-1, or `und`. */
  readonly language: string;
  /** Of its text, see `fingerprintOf`: nearly equal passages nearly share it. */
  readonly fingerprint: bigint;
}
