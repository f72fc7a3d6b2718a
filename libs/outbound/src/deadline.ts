import { explain, OutboundError } from './outbound-error';

/** The time one call has. Ends with {@link Symbol.dispose}. */
export class Deadline implements Disposable {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  /** @param stop aborts as well, for its own reason */
  constructor(milliseconds: number, stop?: AbortSignal) {
    this.timer = setTimeout(() => {
      this.controller.abort(new OutboundError('timeout'));
    }, milliseconds);
    this.signal = stop ? AbortSignal.any([this.controller.signal, stop]) : this.controller.signal;
  }

  /** For what takes no signal. @throws the reason of the signal, or what the work throws */
  async over<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = (): void => {
      reject(this.signal.reason as Error);
    };
    this.signal.addEventListener('abort', stop);
    if (this.signal.aborted) stop();
    try {
      return await Promise.race([work, promise]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  /** What broke a call: the signal's reason once it has aborted, whatever the socket made of that. */
  explain(error: unknown): unknown {
    return this.signal.aborted ? this.signal.reason : explain(error);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.timer);
  }
}
