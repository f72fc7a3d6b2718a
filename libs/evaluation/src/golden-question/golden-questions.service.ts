import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';
import { detectLanguage } from '#libs/text';

import { GoldenSetsService } from '../golden-set/golden-sets.service';
import type { GoldenQuestionEntity } from './golden-question.entity';
import { GOLDEN_QUESTION } from './golden-question.resource';
import type { GoldenQuestionView } from './golden-question.view';
import { QuestionRoom } from './question-room';

const EMPTY = {
  expectedDocumentIds: [],
  expectedPassage: null,
  expectedAnswers: [],
  answerable: true,
  origin: 'entered',
  askedBy: null,
} as const;

/** Golden questions, for the administrators of their organization. */
@Injectable()
export class GoldenQuestionsService extends AuditedCrudService<GoldenQuestionEntity, GoldenQuestionView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly sets: GoldenSetsService,
    private readonly room: QuestionRoom,
  ) {
    super(GOLDEN_QUESTION, uow, ids, trail);
  }

  /** @throws ResourceNotFoundError for a set of another organization, TooManyQuestionsError */
  override create(principal: Principal, question: Partial<GoldenQuestionEntity>): Promise<GoldenQuestionView> {
    return super.create(principal, { ...EMPTY, expectedDocumentIds: [], expectedAnswers: [], ...question });
  }

  /** Questions are texts of people; that they changed is recorded, not what they say. */
  protected override get recordedFields(): readonly string[] {
    return ['goldenSetId', 'expectedDocumentIds', 'answerable', 'origin'];
  }

  protected override async beforeSave(
    after: GoldenQuestionEntity,
    before: Readonly<GoldenQuestionEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    if (!before) {
      after.organizationId = (await this.sets.get(principal, after.goldenSetId)).organizationId;
      await this.room.require(after.goldenSetId, 1);
    }
    after.language = detectLanguage(after.question);
    await super.beforeSave(after, before, principal);
  }
}
