import fc from 'fast-check';

import { Clock } from '#libs/kernel';

import { WindowStorage } from './window-storage';

class SettableClock extends Clock {
  time = 0;
  override now(): Date {
    return new Date(this.time);
  }
}

describe('WindowStorage', () => {
  it('counts down, refuses beyond the limit and starts anew with the next window', async () => {
    const clock = new SettableClock();
    const storage = new WindowStorage(clock);
    const hit = () => storage.increment('me', 60_000, 2);
    expect(await hit()).toEqual({ totalHits: 1, timeToExpire: 60, isBlocked: false, timeToBlockExpire: 0 });
    clock.time += 10_500;
    expect(await hit()).toMatchObject({ totalHits: 2, timeToExpire: 50, isBlocked: false });
    expect(await hit()).toMatchObject({ isBlocked: true, timeToBlockExpire: 50 });
    clock.time += 49_500;
    expect(await hit()).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('never lets more than the limit through in one window, whoever else calls in between', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3000 })), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (calls, limit) => {
        const clock = new SettableClock();
        const storage = new WindowStorage(clock);
        const passed = new Map<string, number>();
        for (const [key, pause] of calls) {
          clock.time += pause;
          const { isBlocked, totalHits } = await storage.increment(key, 10_000, limit);
          passed.set(key, totalHits === 1 ? 1 : (passed.get(key) ?? 0) + (isBlocked ? 0 : 1));
          expect(passed.get(key)).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
