import { bulkhead, TaskCancelledError, type BulkheadPolicy } from 'cockatiel';

/** A bulkhead whose slot is held for as long as a stream lasts, not for one call. */
export class Slots {
  private readonly policy: BulkheadPolicy;

  constructor(limit: number, queue: number) {
    this.policy = bulkhead(limit, queue);
  }

  /**
   * Waits for a slot. Call the returned function once to give it back.
   * @throws BulkheadRejectedError when too many wait already
   * @throws TaskCancelledError when the signal fires first
   */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted) throw new TaskCancelledError();
    return new Promise((resolve, reject) => {
      const leave = () => reject(new TaskCancelledError());
      signal?.addEventListener('abort', leave, { once: true });
      const hold = () =>
        new Promise<void>((release) => {
          signal?.removeEventListener('abort', leave);
          // Who left while waiting takes no slot.
          if (signal?.aborted) release();
          resolve(release);
        });
      this.policy.execute(hold).catch(reject);
    });
  }
}
