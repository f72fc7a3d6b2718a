import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { AnswerTunings } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import {
  EvaluationsNotComparableError,
  EvaluationUnfinishedError,
  EvaluationWorseError,
  NothingToApplyError,
} from '../evaluation.errors';
import { GoldenSetsService } from '../golden-set/golden-sets.service';
import { differenceOf, verdictOn, worseBy } from './compare-figures';
import { EvaluationAnswers } from './evaluation-answers';
import type { ApplyEvaluationDto } from './evaluation.dto';
import { EvaluationEntity } from './evaluation.entity';
import type { EvaluationComparisonView, EvaluationView } from './evaluation.view';
import { EvaluationsService } from './evaluations.service';
import type { EvaluationFigures } from './figures';

const MAX_WORSE = 100;

const finished = ({ id, status, figures }: EvaluationView): EvaluationFigures => {
  if (status !== 'complete' || figures === null) throw new EvaluationUnfinishedError(id);
  return figures;
};

/** Use cases: sets two evaluations beside each other, and brings settings into force that are not worse. */
@Injectable()
export class JudgeEvaluations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly evaluations: EvaluationsService,
    private readonly answers: EvaluationAnswers,
    private readonly sets: GoldenSetsService,
    private readonly tunings: AnswerTunings,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws ResourceNotFoundError, EvaluationUnfinishedError, EvaluationsNotComparableError */
  async compare(caller: Principal, id: string, baselineId: string): Promise<EvaluationComparisonView> {
    const { before, after } = await this.pair(caller, id, baselineId);
    const [former, latter] = await Promise.all([this.answers.all(baselineId), this.answers.all(id)]);
    const common = [...latter].flatMap(([question, now]) => {
      const old = former.get(question);
      return old ? [{ question, verdict: verdictOn(old, now) }] : [];
    });
    const of = (wanted: string) => common.filter(({ verdict }) => verdict === wanted);
    return {
      ...{ baselineId, difference: differenceOf(before, after) },
      ...{ better: of('better').length, worse: of('worse').length, same: of('same').length },
      worseQuestionIds: of('worse')
        .slice(0, MAX_WORSE)
        .map(({ question }) => question),
    };
  }

  /**
   * Brings the settings an evaluation tried into force, for the collections of its golden set.
   * @throws ResourceNotFoundError, EvaluationUnfinishedError, EvaluationsNotComparableError, NothingToApplyError
   * @throws EvaluationWorseError when a figure is worse than the baseline's by more than the margin
   */
  apply(caller: Principal, id: string, { baselineId, margin }: ApplyEvaluationDto): Promise<EvaluationView> {
    return this.uow.run(async () => {
      const { before, after, evaluation } = await this.pair(caller, id, baselineId);
      if (evaluation.settings === null) throw new NothingToApplyError();
      const worse = worseBy(margin, before, after);
      if (worse.length > 0) throw new EvaluationWorseError({ figures: worse.join(', ') });
      const { collectionIds } = await this.sets.get(caller, evaluation.goldenSetId);
      await this.tunings.set(evaluation.organizationId, collectionIds, evaluation.settings);
      await this.uow.repository(EvaluationEntity).update({ id }, { appliedAt: this.clock.now() });
      const act = {
        action: 'evaluation.applied',
        resource: 'evaluation',
        resourceId: id,
        organizationId: evaluation.organizationId,
        outcome: 'succeeded',
      } as const;
      await this.trail.record({ ...act, after: evaluation.settings, details: { baselineId, margin, collectionIds } });
      return this.evaluations.get(caller, id);
    });
  }

  private async pair(caller: Principal, id: string, baselineId: string) {
    const baseline = await this.evaluations.get(caller, baselineId);
    const evaluation = await this.evaluations.get(caller, id);
    if (baseline.goldenSetId !== evaluation.goldenSetId) throw new EvaluationsNotComparableError();
    return { before: finished(baseline), after: finished(evaluation), evaluation };
  }
}
