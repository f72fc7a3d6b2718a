import { StageTimeoutError, type Stage } from './upstream-errors';

/** Gives each stage of one call its own time limit, and ends the call when a limit passes or the caller leaves. */
export class StageClock {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private readonly onCallerLeft = () => this.controller.abort(this.caller?.reason);

  constructor(private readonly caller?: AbortSignal) {
    if (caller?.aborted) this.onCallerLeft();
    caller?.addEventListener('abort', this.onCallerLeft, { once: true });
  }

  /** Fires when the call must end; its reason says why. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Starts a stage; the one before it is over. */
  expect(stage: Stage, milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(new StageTimeoutError(stage, milliseconds)), milliseconds);
  }

  /** What really ended the call: an aborted socket reports only that it was cut. */
  causeOf(error: unknown): unknown {
    return this.signal.aborted ? this.signal.reason : error;
  }

  /** Ends the call. Whatever is still open upstream is closed. */
  close(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.onCallerLeft);
    this.controller.abort();
  }
}
