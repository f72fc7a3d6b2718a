import { Injectable } from '@nestjs/common';

import { ReadableCollections } from '#libs/ingestion';
import { Clock } from '#libs/kernel';
import type { ChatModel } from '#libs/llm';
import { Metrics } from '#libs/observability';

import type { Draft } from './draft-answer';
import { draftKey, type AskedDraft } from './draft-key';
import { RecentDrafts } from './recent-drafts';
import type { FoundSources } from './source-finder';

const NO_USAGE = { promptTokens: 0, completionTokens: 0 };

/** What is to be written, and which model would. */
interface Writing {
  readonly task: AskedDraft & { readonly reuses?: boolean | undefined };
  readonly found: FoundSources;
  /** The first of the chain. */
  readonly model: ChatModel | undefined;
}

/** One that failed, was stopped, or rests on half a search is not what a fresh one would be. */
const isWhole = (draft: Draft, { degraded }: FoundSources): boolean =>
  !draft.isStopped && draft.degraded === undefined && degraded === undefined;

/**
 * Takes again what a model wrote to the very same prompt, when whoever asks wants that. Only the writing is saved: the search
 * with its rights is made anew for each question, and the draft verified against what it found.
 */
@Injectable()
export class ReuseDrafts {
  private readonly drafts = new RecentDrafts();

  constructor(
    private readonly collections: ReadableCollections,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** @param write makes a fresh draft, and tells its reader of it; one with `isReused` was told to nobody yet */
  async draft({ task, found, model }: Writing, write: () => Promise<Draft>): Promise<Draft> {
    if (!task.reuses || !model) return write();
    const readable = await this.collections.list(task.principal);
    const key = draftKey({ task, found, readable, model });
    const former = this.drafts.find(key, this.now());
    this.metrics.countReuse(former ? 'hit' : 'miss');
    if (former) return { ...former, usage: NO_USAGE, isReused: true };
    const draft = await write();
    if (isWhole(draft, found)) this.drafts.keep(key, draft, this.now());
    return draft;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
