/**
 * What the vectors of a model are known to tell: `spelling` which words and letters a text holds, `meaning` what it is about,
 * `unknown` for a model nobody here knows, which may be as good as the known ones or no retrieval model at all.
 */
export type EmbedderKind = 'spelling' | 'meaning' | 'unknown';

/** Families made for retrieval that published comparisons place beside or above BM25 (MTEB, MIRACL). */
const KNOWN =
  /nomic-embed|\bbge-|\be5-|\bgte-|embeddinggemma|mxbai-embed|arctic-embed|jina-embed|qwen3-embedding|minilm|mpnet|granite-embedding|mistral-embed|text-embedding-(?:3|ada)|embed-multilingual|embed-v4/i;

/** @param model `provider:model` */
export const embedderKind = (model: string): EmbedderKind => {
  if (model.startsWith('builtin:')) return 'spelling';
  return KNOWN.test(model) ? 'meaning' : 'unknown';
};
