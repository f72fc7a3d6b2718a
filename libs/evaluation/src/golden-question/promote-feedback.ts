import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { FeedbackSealedError } from '../evaluation.errors';
import type { PromoteFeedbackDto } from './golden-question.dto';
import type { GoldenQuestionView } from './golden-question.view';
import { GoldenQuestionsService } from './golden-questions.service';

const RATED = `
  SELECT question.content AS question, conversation.user_id AS "askedBy", feedback.rating,
         ARRAY(SELECT DISTINCT (cited ->> 'documentId')::uuid FROM jsonb_array_elements(answer.citations) AS e (cited)) AS cited,
         conversation.user_id = $2
           OR EXISTS (SELECT FROM disclosure open WHERE open.conversation_id = conversation.id AND open.opened_by = $2
                         AND open.ended_at IS NULL AND open.expires_at > $4) AS "isOpen"
    FROM feedback
    JOIN message answer ON answer.id = feedback.message_id
    JOIN message question ON question.id = answer.parent_id
    JOIN conversation ON conversation.id = answer.conversation_id
   WHERE feedback.id = $1 AND feedback.organization_id = $3`;

interface Rated {
  readonly question: string;
  readonly askedBy: string;
  readonly rating: 'up' | 'down';
  readonly cited: string[];
  readonly isOpen: boolean;
}

/** Longer questions are bounded, as all golden ones are. */
const MAX_LENGTH = 2_000;
const MAX_DOCUMENTS = 20;

/**
 * Use case: a question that somebody rated the answer of becomes a golden one. Conversations are private: it must be the
 * caller's own, or opened to him by break-glass.
 */
@Injectable()
export class PromoteFeedback {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly questions: GoldenQuestionsService,
  ) {}

  /**
   * What the answer cited is taken for right when it was rated up.
   * @throws ResourceNotFoundError, FeedbackSealedError, TooManyQuestionsError
   */
  execute(
    caller: Principal,
    { feedbackId, goldenSetId, expectedAnswers = [] }: PromoteFeedbackDto,
  ): Promise<GoldenQuestionView> {
    return this.uow.run(async () => {
      const values = [feedbackId, caller.id, caller.organizationId, this.clock.now()];
      const [rated] = await this.uow.query<Rated>(RATED, values);
      if (!rated) throw new ResourceNotFoundError('feedback', feedbackId);
      if (!rated.isOpen) throw new FeedbackSealedError();
      return this.questions.create(caller, {
        ...{ goldenSetId, question: rated.question.slice(0, MAX_LENGTH), expectedAnswers },
        expectedDocumentIds: rated.rating === 'up' ? rated.cited.slice(0, MAX_DOCUMENTS) : [],
        ...{ origin: 'feedback', askedBy: rated.askedBy },
      });
    });
  }
}
