import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import type { GoldenQuestionEntity } from '../golden-question/golden-question.entity';
import type { AnswerFigures } from './figures';

export type OpenQuestion = Pick<
  GoldenQuestionEntity,
  'id' | 'question' | 'expectedDocumentIds' | 'expectedPassage' | 'expectedAnswers' | 'answerable'
>;

const NEXT = `
  SELECT q.id, q.question, q.expected_document_ids AS "expectedDocumentIds", q.expected_passage AS "expectedPassage",
         q.expected_answers AS "expectedAnswers", q.answerable
    FROM evaluation e JOIN golden_question q ON q.golden_set_id = e.golden_set_id AND q.created_at <= e.created_at
   WHERE e.id = $1 AND NOT EXISTS (
     SELECT FROM evaluation_answer a WHERE a.evaluation_id = e.id AND a.golden_question_id = q.id)
   ORDER BY q.id LIMIT 1`;

/** The question may have been deleted meanwhile, or the evaluation. */
const KEEP = `
  INSERT INTO evaluation_answer (evaluation_id, golden_question_id, organization_id, figures)
  SELECT e.id, q.id, e.organization_id, $3::jsonb FROM evaluation e, golden_question q WHERE e.id = $1 AND q.id = $2
  ON CONFLICT DO NOTHING`;

/** How each answer of an evaluation fared. */
@Injectable()
export class EvaluationAnswers {
  constructor(private readonly uow: UnitOfWork) {}

  /** A question that was not asked yet; undefined when all were, or when the evaluation is gone. */
  async next(evaluationId: string): Promise<OpenQuestion | undefined> {
    const [question] = await this.uow.query<OpenQuestion>(NEXT, [evaluationId]);
    return question;
  }

  async keep(evaluationId: string, questionId: string, figures: AnswerFigures): Promise<void> {
    await this.uow.run(async () => {
      await this.uow.query(KEEP, [evaluationId, questionId, JSON.stringify(figures)]);
      await this.uow.query('UPDATE evaluation SET done_count = done_count + 1, updated_at = now() WHERE id = $1', [
        evaluationId,
      ]);
    });
  }

  /** By the id of the question. */
  async all(evaluationId: string): Promise<ReadonlyMap<string, AnswerFigures>> {
    const rows = await this.uow.query<{ id: string; figures: AnswerFigures }>(
      'SELECT golden_question_id AS id, figures FROM evaluation_answer WHERE evaluation_id = $1 ORDER BY 1',
      [evaluationId],
    );
    return new Map(rows.map(({ id, figures }) => [id, figures]));
  }
}
