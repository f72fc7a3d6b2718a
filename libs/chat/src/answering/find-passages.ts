import { Injectable } from '@nestjs/common';

import { TuneAnswer } from '../tuning/tune-answer';
import type { AnswerTask } from './answer-task';
import { SourceFinder, type Asking, type FoundSources } from './source-finder';

/** A task, and who is to write the query of its search. */
export type SearchedTask = AnswerTask & Pick<Asking, 'model' | 'limit'>;

/** Use case: the passages an answer rests on, as many of them as the collection that answers is set to take. */
@Injectable()
export class FindPassages {
  constructor(
    private readonly finder: SourceFinder,
    private readonly tuner: TuneAnswer,
  ) {}

  /** @throws as {@link SourceFinder.find} does */
  async execute(task: SearchedTask, signal: AbortSignal): Promise<FoundSources> {
    const previous = task.history.filter(({ role }) => role === 'user').map(({ content }) => content);
    const found = await this.finder.find({ ...task, previous: previous.toReversed() }, signal);
    return this.tuner.apply(found, task.tuning);
  }
}
