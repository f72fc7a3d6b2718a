import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import type { Locale } from '#libs/kernel';
import { ExplainRetrieval, toExplanationView, type ExplanationView } from '#libs/retrieval';

import type { ExplainMissingDto } from './explain-missing.dto';
import { PlaceQuestion } from './place-question';
import { RehearseAnswer } from './rehearse-answer';

/** Use case: says in words why an answer to a question would not rest on a document. */
@Injectable()
export class ExplainMissing {
  constructor(
    private readonly retrieval: ExplainRetrieval,
    private readonly place: PlaceQuestion,
    private readonly rehearsal: RehearseAnswer,
  ) {}

  /** @throws DocumentNotFoundError @throws whatever {@link PlaceQuestion} and {@link RehearseAnswer} throw */
  async execute(
    caller: Principal,
    { expectedDocumentId, limit, ...asked }: ExplainMissingDto,
    locale: Locale,
  ): Promise<ExplanationView> {
    const finding = await this.retrieval.execute(caller, expectedDocumentId, async () =>
      this.rehearsal.execute(await this.place.execute(caller, asked), { limit }),
    );
    return toExplanationView(finding, locale);
  }
}
