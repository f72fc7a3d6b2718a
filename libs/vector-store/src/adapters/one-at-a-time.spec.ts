import { setTimeout as delay } from 'node:timers/promises';

import { OneAtATime } from './one-at-a-time';

describe('OneAtATime', () => {
  it('runs works of one name in turn and those of two names side by side', async () => {
    const turns = new OneAtATime();
    const running = { a: 0, b: 0 };
    const together = new Set<string>();
    const work = (name: 'a' | 'b') => () =>
      delay(1).then(async () => {
        running[name] += 1;
        together.add(`${running.a}${running.b}`);
        await delay(5);
        running[name] -= 1;
      });
    await Promise.all((['a', 'a', 'b', 'a', 'b'] as const).map((name) => turns.run(name, work(name))));
    expect([...together].some((counts) => /[2-9]/.test(counts))).toBe(false);
    expect(together).toContain('11');
  });

  it('keeps the order, hands back what each work gives, and goes on after a failure', async () => {
    const turns = new OneAtATime();
    const done: number[] = [];
    const results = await Promise.allSettled(
      [1, 2, 3].map((number) =>
        turns.run('a', () => {
          done.push(number);
          return number === 2 ? Promise.reject(new Error('two')) : Promise.resolve(number);
        }),
      ),
    );
    expect(done).toEqual([1, 2, 3]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
