import { Injectable, type OnModuleInit } from '@nestjs/common';

import { PersonalData, PersonalDataRegistry, rowsOf, type ExportSection } from '#libs/auth';
import { UnitOfWork } from '#libs/database';

const OWN = `
  SELECT id, question, created_at AS "createdAt" FROM golden_question WHERE asked_by = $1 AND id > $2 ORDER BY id LIMIT $3`;

/** Questions taken from somebody's feedback are told to him, and go with him. */
@Injectable()
export class GoldenQuestionData extends PersonalData implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.register(this);
  }

  override sections(userId: string): ExportSection[] {
    return [{ name: 'golden-questions', rows: rowsOf(this.uow, OWN, userId) }];
  }

  override async erase(userId: string): Promise<Record<string, number>> {
    const gone = await this.uow.query('DELETE FROM golden_question WHERE asked_by = $1 RETURNING id', [userId]);
    return { goldenQuestions: gone.length };
  }
}
