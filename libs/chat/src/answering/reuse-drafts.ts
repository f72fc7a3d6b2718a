import { Injectable } from '@nestjs/common';

import { ReadableCollections } from '#libs/ingestion';
import { Clock } from '#libs/kernel';
import { AnswerModels } from '#libs/llm';
import { Metrics } from '#libs/observability';

import type { Draft, OnText } from './draft-answer';
import { draftKey } from './draft-key';
import { RecentDrafts } from './recent-drafts';
import type { FoundSources } from './source-finder';
import type { AnswerTask } from './write-answer';

const NO_USAGE = { promptTokens: 0, completionTokens: 0 };

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
    private readonly models: AnswerModels,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** @param write makes a fresh draft */
  async draft(
    task: AnswerTask,
    found: FoundSources,
    onText: OnText,
    write: (onText: OnText) => Promise<Draft>,
  ): Promise<Draft> {
    if (!task.reuses) return write(onText);
    const readable = await this.collections.list(task.principal);
    const key = draftKey({ task, found, readable, model: this.models.primary });
    const former = this.drafts.find(key, this.now());
    this.metrics.countReuse(former ? 'hit' : 'miss');
    if (former) return this.again(former, onText);
    const draft = await write(onText);
    if (isWhole(draft, found)) this.drafts.keep(key, draft, this.now());
    return draft;
  }

  private again(former: Draft, onText: OnText): Draft {
    onText(former.text);
    return { ...former, usage: NO_USAGE, isReused: true };
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
