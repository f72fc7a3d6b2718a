import { parseModelId } from './model-id';

/** As Ollama, LM Studio and Hugging Face write it, whoever publishes it. */
const named = (name: string): RegExp => new RegExp(`(?:^|/|text-embedding-)${name}`, 'i');

/**
 * Models whose cards on huggingface.co name English as their only language. A list of what is known: a model that is not on
 * it may be no better.
 */
const ENGLISH_ONLY: readonly RegExp[] = [
  // nomic-ai/nomic-embed-text-v1.5; version 2 knows about a hundred languages.
  named('nomic-embed-text(?!-v2)'),
  // sentence-transformers/all-MiniLM-L6-v2, sentence-transformers/all-mpnet-base-v2
  named('all-(?:minilm|mpnet)'),
  // mixedbread-ai/mxbai-embed-large-v1
  named('mxbai-embed-(?:large|xsmall)'),
  // Snowflake/snowflake-arctic-embed-l; version 2.0, `snowflake-arctic-embed2` at Ollama, is multilingual.
  named('snowflake-arctic-embed(?!2|.*-v2)'),
  // BAAI/bge-large-en-v1.5: what Ollama calls bge-large
  named('bge-(?:small|base|large)(?!-zh)'),
  // thenlper/gte-large
  named('gte-(?:small|base|large)(?!-zh)'),
  // intfloat/e5-large-v2; multilingual-e5 is another family.
  named('e5-(?:small|base|large)'),
  // ibm-granite/granite-embedding-30m-english: what Ollama calls granite-embedding; its 278m is multilingual.
  named('granite-embedding(?=:latest|:30m|$)'),
  // Those that say so: BAAI/bge-small-en-v1.5, jinaai/jina-embeddings-v2-base-en, granite-embedding-english-r2
  /-en(?:glish)?(?:-[vr][\d.]+)?(?=:|$)/i,
];

/**
 * Whether an embedding model is known to know English alone: French questions find less with it than with words alone.
 * @param id `provider:model`, with or without a tag
 */
export const isEnglishOnly = (id: string): boolean => {
  const { model } = parseModelId(id);
  return ENGLISH_ONLY.some((pattern) => pattern.test(model));
};
