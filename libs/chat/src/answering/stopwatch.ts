import type { Clock } from '#libs/kernel';

import type { AnswerTimings } from '../message/message.entity';

/** Takes the times of one answer. */
export class Stopwatch {
  private readonly startedAt = this.clock.now().getTime();
  private retrievalMs = 0;
  private firstTokenMs: number | null = null;

  constructor(private readonly clock: Clock) {}

  /** The sources are there. */
  retrieved(): void {
    this.retrievalMs = this.elapsed();
  }

  /** A text was shown; the first one counts. */
  wrote(): void {
    this.firstTokenMs ??= this.elapsed();
  }

  timings(): AnswerTimings {
    return { retrievalMs: this.retrievalMs, firstTokenMs: this.firstTokenMs, totalMs: this.elapsed() };
  }

  private elapsed(): number {
    return this.clock.now().getTime() - this.startedAt;
  }
}
