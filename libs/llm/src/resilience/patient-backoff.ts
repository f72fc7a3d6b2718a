import type { IBackoff, IBackoffFactory } from 'cockatiel';

import { ModelUnavailableError } from '../llm.errors';
import { UpstreamStatusError } from './upstream-errors';

interface Failed {
  readonly result: object;
}

/** What the server asked to wait after a failure, in milliseconds; 0 when it did not say. */
export const askedToWait = (error: unknown): number => {
  const cause = error instanceof ModelUnavailableError ? error.cause : undefined;
  return (cause instanceof UpstreamStatusError && cause.retryAfterMs) || 0;
};

const errorOf = ({ result }: Failed): unknown => ('error' in result ? result.error : undefined);

class Wait implements IBackoff<Failed> {
  constructor(
    private readonly own: IBackoff<unknown>,
    private readonly context: Failed,
    private readonly atMost: number,
  ) {}

  get duration(): number {
    return Math.max(this.own.duration, Math.min(askedToWait(errorOf(this.context)), this.atMost));
  }

  next(context: Failed): IBackoff<Failed> {
    return new Wait(this.own.next(context), context, this.atMost);
  }
}

/** Waits as another backoff does, but no shorter than the server asked for, up to `atMost` milliseconds. */
export class PatientBackoff implements IBackoffFactory<Failed> {
  constructor(
    private readonly own: IBackoffFactory<unknown>,
    private readonly atMost: number,
  ) {}

  next(context: Failed): IBackoff<Failed> {
    return new Wait(this.own.next(context), context, this.atMost);
  }
}
