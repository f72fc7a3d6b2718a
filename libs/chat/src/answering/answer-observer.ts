import { Injectable } from '@nestjs/common';

import { Metrics } from '#libs/observability';

import type { MessageView } from '../message/message.view';

/** Reports how long answers take: `answer_first_token` and `answer` beside the kinds of single model calls. */
@Injectable()
export class AnswerObserver {
  constructor(private readonly metrics: Metrics) {}

  answered({ provider, model, timings, degraded, status }: MessageView): void {
    if (!timings) return;
    const outcome = degraded === undefined ? status : 'degraded';
    const observe = (kind: string, ms: number): void =>
      this.metrics.observeModel(kind, provider ?? 'none', model ?? 'none', outcome, ms / 1000);
    if (timings.firstTokenMs !== null) observe('answer_first_token', timings.firstTokenMs);
    observe('answer', timings.totalMs);
  }
}
