/** The server answered with a status that is not a success. */
export class UpstreamStatusError extends Error {
  override readonly name = 'UpstreamStatusError';

  /** @param retryAfterMs what the server asks to wait, when it says so */
  constructor(
    readonly status: number,
    readonly retryAfterMs?: number,
  ) {
    super(`The model server answered with status ${status}`);
  }

  /** Whether another attempt, or another request, may fare better. */
  get isTransient(): boolean {
    return this.status >= 500 || this.status === 429;
  }
}

export type Stage = 'connect' | 'first_token' | 'idle';

/** A stage of a call took longer than its limit. */
export class StageTimeoutError extends Error {
  override readonly name = 'StageTimeoutError';

  constructor(
    readonly stage: Stage,
    milliseconds: number,
  ) {
    super(`No progress in stage ${stage} within ${milliseconds} ms`);
  }
}

/** The answer is not what the protocol allows. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
