import { Injectable } from '@nestjs/common';

import { Ids, type Locale } from '#libs/kernel';
import { AnswerModels, NO_ANSWER_TEXT, type ModelChain } from '#libs/llm';

import type { AnswerTask } from './answer-task';
import { DraftAnswer, type Draft } from './draft-answer';
import type { EvidenceSource } from './citations/evidence';
import { evidenceOf } from './evidence-of';
import { InertText } from './inert-text';
import { MarkerFilter } from './citations/marker-filter';
import { requestForTask } from './prompt/request-for-task';
import { ReuseDrafts } from './reuse-drafts';
import type { FoundSources } from './source-finder';

/** What is to be written, and by whom. */
interface Writing {
  readonly task: AnswerTask;
  readonly found: FoundSources;
  readonly chain: ModelChain;
}

const isUnsure = ({ question }: AnswerTask, found: FoundSources): boolean =>
  found.minConfidence !== undefined && evidenceOf(question, found).confidence < found.minConfidence;

/** Lets a model write what was found, or says that nobody knows. */
@Injectable()
export class WriteDraft {
  constructor(
    private readonly models: AnswerModels,
    private readonly drafts: ReuseDrafts,
    private readonly ids: Ids,
  ) {}

  /**
   * @param stopped aborted when the reader has had enough: what was written so far is the draft
   * @param show receives the text while it is written, without markers of what was not read, and without links
   * @throws whatever the last model of the chain throws
   */
  async execute({ task, found, chain }: Writing, stopped: AbortSignal, show: (text: string) => void): Promise<Draft> {
    if (found.sources.length === 0 || isUnsure(task, found)) return this.withoutSources(task.locale, stopped, show);
    let read: readonly EvidenceSource[] = [];
    const filter = new MarkerFilter((marker) => read.some((source) => source.marker === marker));
    const shown = new InertText();
    const send = (text: string): void => {
      if (text !== '') show(text);
    };
    const say = (text: string, told: readonly EvidenceSource[]): void => {
      read = told;
      send(shown.push(filter.push(text)));
    };
    const draft = await this.drafts.draft({ task, found, model: chain.models[0] }, () =>
      new DraftAnswer(chain, (model) => requestForTask(this.ids, model, task, found)).write(stopped, (text, asked) =>
        say(text, asked.read),
      ),
    );
    if (draft.isReused) say(draft.text, draft.read);
    send(shown.push(filter.end()) + shown.end());
    return draft;
  }

  /** Nothing was found, or too little: a model would only have its own knowledge to answer from, so none is asked. */
  private withoutSources(locale: Locale, stopped: AbortSignal, show: (text: string) => void): Draft {
    const isStopped = stopped.aborted;
    const text = isStopped ? '' : NO_ANSWER_TEXT[locale];
    const { provider, model } = this.models.extractive;
    const usage = { promptTokens: 0, completionTokens: 0 };
    if (text !== '') show(text);
    return { text, provider, model, usage, read: [], degraded: undefined, isStopped };
  }
}
