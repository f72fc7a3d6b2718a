import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { JobQueue } from '#libs/database';
import { ERASE_SNAPSHOTS } from '#libs/ingestion';

import { EraseSnapshots } from './erase-snapshots';

/** Works on the erasures in the process that includes it. */
@Injectable()
export class ErasureWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly erasure: EraseSnapshots,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(ERASE_SNAPSHOTS, 1, ({ data }) => this.erasure.execute(data.documentId));
  }
}
