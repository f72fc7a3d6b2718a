/** A retrieved passage an answer may cite. `marker` is the number it is cited by and its place in the `sources` event. */
export interface EvidenceSource {
  /** 1-based, stable for the whole life of the answer. */
  readonly marker: number;
  readonly documentId: string;
  readonly chunkId: string;
  readonly title: string;
  readonly heading?: string | undefined;
  readonly page?: number | undefined;
  /** The passage as it stands in the extracted text of the document at `start..end`. */
  readonly text: string;
  /** Offsets into the extracted text of the document, UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** What backs one marker of an answer. `quote` is the extracted text of the document at `start..end`, to the letter. */
export interface Citation {
  readonly marker: number;
  readonly documentId: string;
  readonly chunkId: string;
  readonly title: string;
  readonly page?: number | undefined;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** 0..1, how well the quote carries the statement. */
  readonly support: number;
}
