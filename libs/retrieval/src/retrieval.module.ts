import { Module } from '@nestjs/common';

import { IngestionCoreModule } from '#libs/ingestion';
import { SparseVectorStore } from '#libs/vector-store';

import { DenseSearch } from './dense/dense-search';
import { ExpectedDocuments } from './explain/expected-documents';
import { ExplainRetrieval } from './explain/explain-retrieval';
import { InProcessLexicalIndex } from './lexical/in-process-lexical-index';
import { LexicalFollower } from './lexical/lexical-follower';
import { LexicalIndex } from './lexical/lexical-index';
import { LexicalIndexOptions } from './lexical/lexical-index-options';
import { LexicalRows } from './lexical/lexical-rows';
import { SparseLexicalIndex } from './lexical/sparse-lexical-index';
import { ExpandNeighbours } from './neighbours/expand-neighbours';
import { NeighbourRows } from './neighbours/neighbour-rows';
import { LivePassages } from './search/live-passages';
import { MeasureRarity } from './search/measure-rarity';
import { RetrievalObserver } from './search/retrieval-observer';
import { RerankPassages } from './selection/rerank-passages';
import { SearchDocuments } from './search/search-documents';
import { SpokenLanguages } from './search/spoken-languages';
import { SearchController } from './search/search.controller';

/** Search: {@link SearchDocuments} for other features, `POST /search` for clients. */
@Module({
  imports: [IngestionCoreModule],
  controllers: [SearchController],
  providers: [
    SearchDocuments,
    MeasureRarity,
    SpokenLanguages,
    ExpectedDocuments,
    ExplainRetrieval,
    DenseSearch,
    ExpandNeighbours,
    NeighbourRows,
    LivePassages,
    LexicalRows,
    RerankPassages,
    RetrievalObserver,
    { provide: LexicalIndexOptions, useFactory: () => new LexicalIndexOptions() },
    {
      provide: LexicalIndex,
      inject: [SparseVectorStore, LexicalRows, LexicalIndexOptions],
      useFactory: (store: SparseVectorStore, rows: LexicalRows, options: LexicalIndexOptions) =>
        store.isUsed ? new SparseLexicalIndex(store) : new InProcessLexicalIndex(rows, options),
    },
    {
      provide: LexicalFollower,
      inject: [LexicalIndex, LexicalRows],
      // Nothing is read into a process whose words are searched elsewhere.
      useFactory: (index: LexicalIndex, rows: LexicalRows) =>
        index instanceof InProcessLexicalIndex ? new LexicalFollower(index, rows) : undefined,
    },
  ],
  exports: [ExpandNeighbours, ExplainRetrieval, SearchDocuments, MeasureRarity, SpokenLanguages],
})
export class RetrievalModule {}
