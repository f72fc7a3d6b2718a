import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { TooManyQuestionsError } from '../evaluation.errors';

/** Questions a set may hold: an evaluation asks them one after the other. */
const MAX_QUESTIONS = 10_000;

/** How much of a golden set is left to fill. */
@Injectable()
export class QuestionRoom {
  constructor(private readonly uow: UnitOfWork) {}

  /** The set is held meanwhile: two who add at once do not both take the last place. @throws TooManyQuestionsError */
  async require(goldenSetId: string, more: number): Promise<void> {
    await this.uow.query('SELECT FROM golden_set WHERE id = $1 FOR UPDATE', [goldenSetId]);
    const [{ count } = { count: 0 }] = await this.uow.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM golden_question WHERE golden_set_id = $1',
      [goldenSetId],
    );
    if (count + more > MAX_QUESTIONS) throw new TooManyQuestionsError({ maximum: MAX_QUESTIONS });
  }
}
