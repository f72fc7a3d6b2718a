/**
 * `semantic` ends passages where the topic shifts, `recursive` at the paragraph nearest to the target size, `markdown`
 * makes each section of its own, however short. All three stay inside sections, sentences, rows and list items.
 */
export const CHUNKING_STRATEGIES = ['semantic', 'recursive', 'markdown'] as const;
export type ChunkingStrategy = (typeof CHUNKING_STRATEGIES)[number];
export const DEFAULT_STRATEGY: ChunkingStrategy = 'semantic';

/** All sizes in tokens as `estimateTokens` counts them. */
export interface ChunkingOptions {
  readonly strategy: ChunkingStrategy;
  /** What a chunk should have: the strategies come as near as they can. */
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
  strategy: DEFAULT_STRATEGY,
  targetTokens: 400,
  maxTokens: 512,
  tinyTokens: 120,
  overlapSentences: 1,
  maxOverlapTokens: 60,
};

/** With `markdown`, only what is no more than a heading joins its neighbour. */
const TINY_MARKDOWN_SECTION = 16;

export const chunkingOf = (options: Partial<ChunkingOptions>): ChunkingOptions => ({
  ...DEFAULT_CHUNKING,
  ...(options.strategy === 'markdown' && { tinyTokens: TINY_MARKDOWN_SECTION }),
  ...options,
});
