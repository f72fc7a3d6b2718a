import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { SearchDocuments } from '../search/search-documents';
import type { SearchRequest } from '../search/search-result';
import { bounded, LOSS_STAGES, type RetrievalTrace, type TracedCandidate } from '../trace/retrieval-trace';
import { ExpectedDocuments, stageBeforeSearch, type ExpectedDocument } from './expected-documents';
import type { Finding, WouldBePosition } from './finding';

/** How far each leg is followed for a document that the search itself did not reach. */
const FAR = 1_000;
const NOWHERE: WouldBePosition = { fused: null, lexical: null, dense: null };

/** Use case: what became of the document that somebody expected to find. */
@Injectable()
export class ExplainRetrieval {
  constructor(
    private readonly documents: ExpectedDocuments,
    private readonly search: SearchDocuments,
  ) {}

  /**
   * Runs the very search again, and further where the document is not among its candidates.
   * @throws DocumentNotFoundError also when it exists and the caller may not know
   * @throws CollectionNotFoundError when a named collection does not exist or is not the caller's to see
   */
  async execute(caller: Principal, expectedDocumentId: string, request: SearchRequest): Promise<Finding> {
    const document = await this.documents.get(caller, expectedDocumentId);
    const { trace: full } = await this.search.trace(caller, request);
    const trace = bounded(full, new Set([document.id]));
    const details = { status: document.status, limit: trace.limit };
    const stage = stageBeforeSearch(document) ?? notSearched(document, request);
    if (stage) return { stage, place: null, position: NOWHERE, details, trace };
    const best = furthest(full, document.id);
    if (best) return { ...fateOf(best), position: positionOf(best, full), details, trace };
    const { trace: far } = await this.search.trace(caller, { ...request, depth: FAR });
    const first = furthest(far, document.id);
    const position = first ? positionOf(first, far) : NOWHERE;
    return { stage: 'not_retrieved', place: null, position, details: { ...details, depth: FAR }, trace };
  }
}

const notSearched = (
  { collectionId }: ExpectedDocument,
  { collectionIds }: SearchRequest,
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
