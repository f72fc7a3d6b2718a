import type { EmbeddingPurpose } from '../embedding-model';

type Prefixes = Readonly<Record<EmbeddingPurpose, string>>;

const NONE: Prefixes = { document: '', query: '' };

/**
 * Models that were trained with a word before each text, by their names at Ollama, LM Studio and Hugging Face:
 * https://huggingface.co/nomic-ai/nomic-embed-text-v2-moe, https://huggingface.co/intfloat/multilingual-e5-large
 */
const TRAINED_WITH: readonly (readonly [RegExp, Prefixes])[] = [
  [/(?:^|\/|text-embedding-)nomic-embed-text/i, { document: 'search_document: ', query: 'search_query: ' }],
  [/(?:^|[/-])(?:multilingual-)?e5-(?:small|base|large)(?!.*instruct)/i, { document: 'passage: ', query: 'query: ' }],
];

/** What a model wants before passages and before questions; nothing for most. */
export const prefixesOf = (model: string): Prefixes =>
  TRAINED_WITH.find(([pattern]) => pattern.test(model))?.[1] ?? NONE;
