import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceReader } from '#libs/crud';
import { JobQueue, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { ReadableCollections } from '#libs/ingestion';
import { Ids } from '#libs/kernel';

import { NoQuestionsError } from '../evaluation.errors';
import { GoldenSetsService } from '../golden-set/golden-sets.service';
import type { StartEvaluationDto } from './evaluation.dto';
import { EvaluationEntity } from './evaluation.entity';
import { EVALUATE } from './evaluation.queue';
import { EVALUATION } from './evaluation.resource';
import type { EvaluationView } from './evaluation.view';

/** Evaluations of an organization: begun, read and forgotten. */
@Injectable()
export class EvaluationsService extends ResourceReader<EvaluationEntity, EvaluationView> {
  constructor(
    uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly jobs: JobQueue,
    private readonly sets: GoldenSetsService,
    private readonly collections: ReadableCollections,
    private readonly trail: AuditTrail,
  ) {
    super(EVALUATION, uow);
  }

  /**
   * Its questions are asked in the background, as the caller.
   * @throws ResourceNotFoundError, NoQuestionsError, CollectionNotFoundError for a collection the caller may not read
   */
  async start(caller: Principal, { goldenSetId, settings }: StartEvaluationDto): Promise<EvaluationView> {
    const { collectionIds, organizationId } = await this.sets.get(caller, goldenSetId);
    await this.collections.list(caller, collectionIds);
    return this.uow.run(async () => {
      const questionCount = await this.countOf(goldenSetId);
      if (questionCount === 0) throw new NoQuestionsError();
      const draft = {
        id: this.ids.next(),
        organizationId,
        goldenSetId,
        questionCount,
      };
      const state = { settings: settings ?? null, requestedBy: caller.id, status: 'waiting' as const, doneCount: 0 };
      const evaluation = await this.repository.save(this.repository.create({ ...draft, ...state }));
      await this.jobs.enqueue(EVALUATE, { evaluationId: evaluation.id });
      await this.record('created', evaluation);
      return this.get(caller, evaluation.id);
    });
  }

  /** What runs ends with its next question. @throws ResourceNotFoundError */
  remove(caller: Principal, id: string): Promise<void> {
    return this.uow.run(async () => {
      const evaluation = await this.load(caller, id, true);
      await this.record('deleted', evaluation);
      await this.repository.remove(evaluation);
    });
  }

  private async countOf(goldenSetId: string): Promise<number> {
    const [row] = await this.uow.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM golden_question WHERE golden_set_id = $1',
      [goldenSetId],
    );
    return row?.count ?? 0;
  }

  private record(act: 'created' | 'deleted', evaluation: EvaluationEntity): Promise<void> {
    const { id, organizationId, goldenSetId, settings, status } = evaluation;
    return this.trail.record({
      action: `evaluation.${act}`,
      ...{ resource: 'evaluation', resourceId: id, organizationId, outcome: 'succeeded' as const },
      details: { goldenSetId, settings, status },
    });
  }
}
