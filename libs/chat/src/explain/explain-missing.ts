import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import type { Locale } from '#libs/kernel';
import { ExplainRetrieval, toExplanationView, type ExplainDto, type ExplanationView } from '#libs/retrieval';

import { MAX_PASSAGES } from '../tuning/answer-tuning';

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
    const finding = await this.retrieval.execute(caller, expectedDocumentId, { limit: MAX_PASSAGES, ...request });
    return toExplanationView(finding, locale);
  }
}
