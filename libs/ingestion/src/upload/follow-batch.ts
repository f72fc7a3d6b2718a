import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { CollectionAccess } from '../collection/collection-access';
import { CollectionNotFoundError } from '../collection/collection.errors';
import type { BatchProgressView } from './batch-progress.view';
import { UploadBatches } from './upload-batches';
import { BatchNotFoundError } from './upload.errors';

/** Milliseconds between two looks: a thousand documents are read at each. */
const LOOK_EVERY_MS = 500;

/**
 * Use case: tells how far the documents of a batch have come, until none of them is on its way. Access is checked at each
 * look, so a reader who loses it sees nothing more.
 */
@Injectable()
export class FollowBatch {
  constructor(
    private readonly access: CollectionAccess,
    private readonly batches: UploadBatches,
  ) {}

  /** @throws CollectionNotFoundError @throws BatchNotFoundError */
  async get(principal: Principal, collectionId: string, batchId: string): Promise<BatchProgressView> {
    await this.access.rights(principal, collectionId);
    const progress = await this.batches.findProgress(collectionId, batchId);
    if (!progress) throw new BatchNotFoundError(batchId);
    return { batchId, ...progress };
  }

  /**
   * The first view is the present state; each later one differs from the one before. Ends when nothing is queued or being
   * processed, when the collection is out of reach, and when `signal` is aborted.
   * @throws CollectionNotFoundError @throws BatchNotFoundError before the first view
   */
  async *execute(
    principal: Principal,
    collectionId: string,
    batchId: string,
    signal: AbortSignal,
  ): AsyncIterable<BatchProgressView> {
    let last: BatchProgressView | undefined = await this.get(principal, collectionId, batchId);
    yield last;
    while (last && isUnderWay(last) && (await pause(signal))) {
      const next: BatchProgressView | undefined = await this.get(principal, collectionId, batchId).catch(endOnMissing);
      if (next && JSON.stringify(next) !== JSON.stringify(last)) yield next;
      last = next;
    }
  }
}

const isUnderWay = ({ queued, processing }: BatchProgressView): boolean => queued + processing > 0;

const endOnMissing = (error: unknown): undefined => {
  if (!(error instanceof CollectionNotFoundError || error instanceof BatchNotFoundError)) throw error;
};

/** @returns false when there is nobody left to tell */
const pause = (signal: AbortSignal): Promise<boolean> => delay(LOOK_EVERY_MS, true, { signal }).catch(() => false);
