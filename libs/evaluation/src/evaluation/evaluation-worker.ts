import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { JobQueue } from '#libs/database';

import { EVALUATE } from './evaluation.queue';
import { RunEvaluation } from './run-evaluation';

/** Runs evaluations where questions are answered: the index that searches them lies in memory there. One at a time. */
@Injectable()
export class EvaluationWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly evaluation: RunEvaluation,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(EVALUATE, 1, ({ data, signal }) => this.evaluation.execute(data.evaluationId, signal));
  }
}
