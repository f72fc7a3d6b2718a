import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { JobQueue, type Job } from '#libs/database';
import { ConsistencyCheck, isConsistent, RecoverDocuments, type ConsistencyReport } from '#libs/ingestion';

import { ReindexCollection } from './reindex-collection';
import { ADMINISTRATION, type Task } from './task';

/** Does what administrators asked for, one after the other, in the process that includes it. */
@Injectable()
export class TaskWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly reindexing: ReindexCollection,
    private readonly recovery: RecoverDocuments,
    private readonly consistency: ConsistencyCheck,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(ADMINISTRATION, 1, (job) => this.execute(job));
  }

  /** @returns numbers for the job's `result` */
  private async execute({ data, signal }: Job<Task>): Promise<object> {
    switch (data.kind) {
      case 'reindex_collection':
        return { documents: await this.reindexing.execute(data.collectionId, signal) };
      case 'recover_documents':
        return { jobs: await this.recovery.execute() };
      case 'check_consistency':
        return summaryOf(await this.consistency.run({ repair: data.repair }));
    }
  }
}

/** Numbers instead of lists of ids, which may be long; `npm run cli -- consistency check` names each. */
const summaryOf = (report: ConsistencyReport): object => ({
  isConsistent: isConsistent(report),
  collections: report.collections,
  documents: report.documents,
  chunks: report.chunks,
  vectors: report.vectors,
  incompleteDocuments: report.incompleteDocuments.length,
  orphanVectors: Object.values(report.orphanVectors).reduce((sum, number) => sum + number, 0),
  documentsWithLeftovers: report.documentsWithLeftovers.length,
  documentsWithoutFile: report.documentsWithoutFile.length,
  orphanFiles: report.orphanFiles.length,
  repaired: report.repaired,
});
