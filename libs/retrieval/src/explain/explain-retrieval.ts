import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { SearchDocuments } from '../search/search-documents';
import type { SearchRequest } from '../search/search-result';
import { bounded, LOSS_STAGES, type RetrievalTrace, type TracedCandidate } from '../trace/retrieval-trace';
import {
  ExpectedDocuments,
  stageBeforeSearch,
  type AdministeredDocument,
  type AskedFor,
  type ExpectedDocument,
} from './expected-documents';
import type { ExplainedStage, Finding, WouldBePosition } from './finding';

/** How far each leg is followed for a document that the search itself did not reach. */
const FAR = 1_000;
const NOWHERE: WouldBePosition = { fused: null, lexical: null, dense: null };

/** A search, or a whole answer, in which a document was expected. */
export interface ExplainedSearch {
  /** Unbounded. */
  readonly trace: RetrievalTrace;
  /** Those searched; all the caller may read when undefined. */
  readonly collectionIds: readonly string[] | undefined;
}

/** Use case: what became of the document that somebody expected to find. */
@Injectable()
export class ExplainRetrieval {
  constructor(
    private readonly documents: ExpectedDocuments,
    private readonly search: SearchDocuments,
  ) {}

  /**
   * Looks further where the document is not among the candidates of the search.
   * @param run makes the search; not called when there is no such document
   * @throws DocumentNotFoundError also when it exists and the caller may not know
   * @throws whatever `run` throws
   */
  async execute(caller: Principal, expectedDocumentId: string, run: () => Promise<ExplainedSearch>): Promise<Finding> {
    const document = await this.documents.get(caller, expectedDocumentId);
    return this.follow(caller, document, await run(), stageBeforeSearch(document));
  }

  /**
   * The same for a person of the administrator's organization. Tells of a document that one of both may not read whether it is
   * ready and who may read it, and nothing that depends on what it says.
   * @param run makes a search in which there is nothing but what both may read
   * @throws DocumentNotFoundError for one of another organization
   * @throws whatever `run` throws
   */
  async executeFor(
    asked: AskedFor & { readonly person: Principal },
    expectedDocumentId: string,
    run: () => Promise<ExplainedSearch>,
  ): Promise<Finding> {
    const document = await this.documents.getAdministered(asked, expectedDocumentId);
    const stage = stageBeforeSearch(document) ?? barrierTo(document);
    return this.follow(asked.person, document, await run(), stage);
  }

  /** @param barrier why no search could find it */
  private async follow(
    caller: Principal,
    document: ExpectedDocument,
    searched: ExplainedSearch,
    barrier: ExplainedStage | undefined,
  ): Promise<Finding> {
    const trace = bounded(searched.trace, new Set([document.id]));
    const { status, collectionId } = document;
    const details = { status, collectionId, limit: trace.limit, ...trace.answer };
    const stage = barrier ?? notSearched(document, searched);
    if (stage) return { stage, place: null, position: NOWHERE, details, trace };
    const best = furthest(searched.trace, document.id);
    if (best) return { ...fateOf(best), position: positionOf(best, searched.trace), details, trace };
    const { trace: far } = await this.search.trace(caller, { ...requestOf(searched), depth: FAR });
    const first = furthest(far, document.id);
    const position = first ? positionOf(first, far) : NOWHERE;
    return { stage: 'not_retrieved', place: null, position, details: { ...details, depth: FAR }, trace };
  }
}

/** The same search again. */
const requestOf = ({ trace: { queries, limit, mode }, collectionIds }: ExplainedSearch): SearchRequest => ({
  query: queries.find(({ origin }) => origin !== 'translation')?.text ?? '',
  translated: queries.find(({ origin }) => origin === 'translation')?.text,
  ...{ collectionIds, limit, mode },
});

const barrierTo = ({ isReadable, isOpen }: AdministeredDocument): 'no_right' | 'undisclosed' | undefined => {
  if (!isReadable) return 'no_right';
  return isOpen ? undefined : 'undisclosed';
};

const notSearched = (
  { collectionId }: ExpectedDocument,
  { collectionIds }: ExplainedSearch,
): 'not_searched' | undefined =>
  collectionIds?.every((id) => id.toLowerCase() !== collectionId) ? 'not_searched' : undefined;

const progressOf = ({ lostAt }: TracedCandidate): number =>
  lostAt === null ? LOSS_STAGES.length : LOSS_STAGES.indexOf(lostAt);

/** A document is lost where the last of its passages is; of equals, the best placed. */
const furthest = ({ candidates }: RetrievalTrace, documentId: string): TracedCandidate | undefined =>
  candidates
    .filter((candidate) => candidate.documentId === documentId)
    .toSorted((a, b) => progressOf(b) - progressOf(a))[0];

const fateOf = ({ place, lostAt }: TracedCandidate): Pick<Finding, 'stage' | 'place'> => ({
  stage: lostAt ?? 'none',
  place,
});

const positionOf = (best: TracedCandidate, { candidates }: RetrievalTrace): WouldBePosition => ({
  fused: candidates.indexOf(best) + 1,
  lexical: best.lexical?.rank ?? null,
  dense: best.dense?.rank ?? null,
});
