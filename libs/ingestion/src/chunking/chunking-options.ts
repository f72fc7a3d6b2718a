/** All sizes in tokens as `estimateTokens` counts them. */
export interface ChunkingOptions {
  /** A chunk is closed at the first paragraph end after this. */
  readonly targetTokens: number;
  /** No chunk is larger. The embedder reads title and headings besides, so the model's window must be larger still. */
  readonly maxTokens: number;
  /** Neighbouring sections smaller than this share a chunk. */
  readonly tinyTokens: number;
  /** Sentences repeated from the chunk before, inside a section. */
  readonly overlapSentences: number;
  /** A longer repetition would crowd out what is new: then there is none. */
  readonly maxOverlapTokens: number;
}

/** 350 to 512 tokens is where retrieval quality peaks for models with a window of 512 (nomic-embed-text-v2-moe). */
export const DEFAULT_CHUNKING: ChunkingOptions = {
  targetTokens: 400,
  maxTokens: 512,
  tinyTokens: 120,
  overlapSentences: 1,
  maxOverlapTokens: 60,
};
