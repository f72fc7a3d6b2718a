import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';
import { detectLanguage } from '#libs/text';

import { GoldenSetsService } from '../golden-set/golden-sets.service';
import type { GoldenSetView } from '../golden-set/golden-set.view';
import { GoldenQuestionEntity } from './golden-question.entity';
import type { ImportResultView } from './golden-question.view';
import type { ImportQuestionsDto } from './import-questions.dto';
import { parseQuestions, type ImportedQuestion } from './parse-questions';
import { QuestionRoom } from './question-room';

/** Documents by id, file name, file name without its extension, or title. */
const NAMED = `
  SELECT named.name, array_agg(d.id) AS ids
    FROM unnest($2::text[]) AS named (name)
    JOIN document d ON d.collection_id = ANY ($1) AND d.deleted_at IS NULL
     AND (d.id::text = named.name OR d.filename = named.name OR regexp_replace(d.filename, '\\.[^.]*$', '') = named.name
          OR d.title = named.name)
   GROUP BY named.name`;

/** Use case: questions of a file become golden questions. */
@Injectable()
export class ImportQuestions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly sets: GoldenSetsService,
    private readonly room: QuestionRoom,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws ResourceNotFoundError, ImportRefusedError naming the line, TooManyQuestionsError */
  execute(caller: Principal, goldenSetId: string, file: ImportQuestionsDto): Promise<ImportResultView> {
    const questions = parseQuestions(file);
    return this.uow.run(async () => {
      const set = await this.sets.get(caller, goldenSetId);
      await this.room.require(goldenSetId, questions.length);
      const rows = await this.rowsOf(set, questions);
      const found = rows.filter(({ answerable, expectedDocumentIds, expectedAnswers }) =>
        answerable ? expectedDocumentIds.length + expectedAnswers.length > 0 : true,
      );
      await this.uow.repository(GoldenQuestionEntity).insert(found);
      const act = {
        action: 'golden-set.imported',
        resource: 'golden-set',
        resourceId: goldenSetId,
        organizationId: set.organizationId,
      };
      await this.trail.record({
        ...act,
        outcome: 'succeeded',
        details: { format: file.format, questions: found.length },
      });
      return { imported: found.length, withoutDocument: rows.length - found.length };
    });
  }

  private async rowsOf({ id, organizationId, collectionIds }: GoldenSetView, questions: readonly ImportedQuestion[]) {
    const names = [...new Set(questions.flatMap(({ documents }) => documents))];
    const named = await this.uow.query<{ name: string; ids: string[] }>(NAMED, [collectionIds, names]);
    const idsOf = new Map(named.map(({ name, ids }) => [name, ids]));
    return questions.map(({ question, documents, answers, passage, answerable }) => ({
      ...{ id: this.ids.next(), organizationId, goldenSetId: id, question, language: detectLanguage(question) },
      expectedDocumentIds: [...new Set(documents.flatMap((name) => idsOf.get(name) ?? []))],
      ...{ expectedPassage: passage, expectedAnswers: [...answers], answerable },
      ...{ origin: 'imported' as const, askedBy: null },
    }));
  }
}
