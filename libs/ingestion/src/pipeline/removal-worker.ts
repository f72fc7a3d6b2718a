import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { JobQueue } from '#libs/database';

import { PurgeCollection } from '../collection/purge-collection';
import { PurgeDocument } from '../document/purge-document';
import { DropSpace } from './drop-space';
import { DROP_SPACE, PURGE_COLLECTION, PURGE_DOCUMENT, REMOVE_GENERATION } from './ingestion.queues';
import { RemoveGeneration } from './remove-generation';

/** Removals are short and mostly wait for the vector store. */
const REMOVALS_AT_ONCE = 1;

/** Removes what nobody sees any more, in the process that includes it. */
@Injectable()
export class RemovalWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly removeGeneration: RemoveGeneration,
    private readonly purgeDocument: PurgeDocument,
    private readonly purgeCollection: PurgeCollection,
    private readonly dropSpace: DropSpace,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(REMOVE_GENERATION, REMOVALS_AT_ONCE, ({ data }) => this.removeGeneration.execute(data));
    await this.jobs.work(PURGE_DOCUMENT, REMOVALS_AT_ONCE, ({ data }) => this.purgeDocument.execute(data.documentId));
    await this.jobs.work(PURGE_COLLECTION, REMOVALS_AT_ONCE, ({ data }) =>
      this.purgeCollection.execute(data.collectionId),
    );
    await this.jobs.work(DROP_SPACE, REMOVALS_AT_ONCE, ({ data }) => this.dropSpace.execute(data));
  }
}
