export { ExplainDto } from './explain/explain.dto';
export { ExplainRetrieval, type ExplainedSearch } from './explain/explain-retrieval';
export { ExplanationView, toExplanationView } from './explain/explanation.view';
export { type LexicalHit, type SearchedCollection } from './lexical/lexical-index';
export { LexicalIndexOptions } from './lexical/lexical-index-options';
export { ExpandNeighbours } from './neighbours/expand-neighbours';
export { RetrievalModule } from './retrieval.module';
export { MeasureRarity } from './search/measure-rarity';
export { SearchDocuments } from './search/search-documents';
export type { SearchMode } from './search/search-mode';
export type {
  Degradation,
  Passage,
  SearchHit,
  SearchedQuery,
  SearchRequest,
  SearchResult,
  TracedSearch,
} from './search/search-result';
export { SpokenLanguages } from './search/spoken-languages';
export { bounded, withoutOthers, type LossStage, type RetrievalTrace } from './trace/retrieval-trace';
export { RetrievalTraceView } from './trace/retrieval-trace.view';
