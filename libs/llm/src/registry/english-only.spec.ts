import { isEnglishOnly } from './english-only';

describe('embedding models that know English alone', () => {
  it.each([
    'ollama:nomic-embed-text',
    'ollama:nomic-embed-text:latest',
    'ollama:nomic-embed-text:v1.5',
    'openai:text-embedding-nomic-embed-text-v1.5',
    'ollama:all-minilm:33m',
    'openai:sentence-transformers/all-MiniLM-L6-v2',
    'ollama:mxbai-embed-large:335m',
    'ollama:snowflake-arctic-embed:137m',
    'openai:Snowflake/snowflake-arctic-embed-m-v1.5',
    'ollama:bge-large',
    'openai:BAAI/bge-small-en-v1.5',
    'openai:thenlper/gte-base',
    'openai:Alibaba-NLP/gte-base-en-v1.5',
    'openai:intfloat/e5-large-v2',
    'ollama:granite-embedding:latest',
    'openai:ibm-granite/granite-embedding-english-r2',
    'ollama:jina/jina-embeddings-v2-base-en:latest',
  ])('include %s', (id) => expect(isEnglishOnly(id)).toBe(true));

  it.each([
    'builtin:hashed-ngrams-v1',
    'ollama:nomic-embed-text-v2-moe',
    'ollama:nomic-embed-text-v2-moe:latest',
    'ollama:bge-m3',
    'openai:BAAI/bge-large-zh-v1.5',
    'ollama:snowflake-arctic-embed2',
    'openai:Snowflake/snowflake-arctic-embed-l-v2.0',
    'openai:intfloat/multilingual-e5-large',
    'openai:text-embedding-multilingual-e5-small',
    'openai:Alibaba-NLP/gte-multilingual-base',
    'ollama:granite-embedding:278m',
    'ollama:paraphrase-multilingual',
    'ollama:embeddinggemma',
    'ollama:qwen3-embedding',
    'openai:text-embedding-3-small',
    'openai:Helsinki/embed-en-fr',
  ])('do not include %s', (id) => expect(isEnglishOnly(id)).toBe(false));
});
