import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import type { Locale } from '#libs/kernel';
import { ExplainRetrieval, toExplanationView, type ExplainDto, type ExplanationView } from '#libs/retrieval';

import { SOURCES_PER_ANSWER } from '../answering/retrieval-source-finder';

/** Use case: says in words why an answer to a question would not rest on a document. */
@Injectable()
export class ExplainMissing {
  constructor(private readonly retrieval: ExplainRetrieval) {}

  /** @throws DocumentNotFoundError @throws CollectionNotFoundError */
  async execute(
    caller: Principal,
    { expectedDocumentId, ...request }: ExplainDto,
    locale: Locale,
  ): Promise<ExplanationView> {
    const finding = await this.retrieval.execute(caller, expectedDocumentId, { limit: SOURCES_PER_ANSWER, ...request });
    return toExplanationView(finding, locale);
  }
}
