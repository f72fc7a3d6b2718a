import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import type { Locale } from '#libs/kernel';

import { isFinalStatus } from './document-status';
import { DocumentNotFoundError } from './document.errors';
import type { DocumentView } from './document.view';
import { DocumentsService } from './documents.service';

/** Milliseconds between two looks. Progress is written at most every 250 ms, so looking more often shows nothing new. */
const LOOK_EVERY_MS = 300;

/**
 * Use case: tells every change of a document's status and progress until it is ready or failed.
 *
 * It looks at the row instead of being notified: one primary-key read costs about 0.2 ms, works across processes and
 * through connection poolers, needs no connection of its own per process, and can lose no event. Access is checked at each look,
 * so a reader who loses it sees nothing more.
 */
@Injectable()
export class FollowDocument {
  constructor(private readonly documents: DocumentsService) {}

  /**
   * The first view is the present state; each later one differs from the one before. Ends after the final state, when
   * the document is deleted, and when `signal` is aborted.
   * @throws DocumentNotFoundError before the first view
   */
  async *execute(principal: Principal, id: string, locale: Locale, signal: AbortSignal): AsyncIterable<DocumentView> {
    let last: DocumentView | undefined = await this.documents.get(principal, id, locale);
    yield last;
    while (last && !isFinalStatus(last.status) && (await pause(signal))) {
      const next: DocumentView | undefined = await this.documents.get(principal, id, locale).catch(endOnMissing);
      if (next && differs(next, last)) yield next;
      last = next;
    }
  }
}

const differs = (a: DocumentView, b: DocumentView): boolean =>
  a.status !== b.status || a.progress !== b.progress || a.failure?.code !== b.failure?.code;

const endOnMissing = (error: unknown): undefined => {
  if (!(error instanceof DocumentNotFoundError)) throw error;
};

/** @returns false when there is nobody left to tell */
const pause = async (signal: AbortSignal): Promise<boolean> => {
  try {
    await delay(LOOK_EVERY_MS, undefined, { signal });
    return true;
  } catch {
    return false;
  }
};
