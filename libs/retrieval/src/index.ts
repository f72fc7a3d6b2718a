export { type LexicalHit, type SearchedCollection } from './lexical/lexical-index';
export { LexicalIndexOptions } from './lexical/lexical-index-options';
export { RetrievalModule } from './retrieval.module';
export { MeasureRarity } from './search/measure-rarity';
export { SearchDocuments } from './search/search-documents';
export type { Degradation, SearchHit, SearchMode, SearchRequest, SearchResult } from './search/search-result';
