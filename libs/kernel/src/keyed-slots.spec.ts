import fc from 'fast-check';

import { KeyedSlots } from './keyed-slots';

describe('KeyedSlots', () => {
  it('gives each key its own, and one back makes room for one', () => {
    const slots = new KeyedSlots(2);
    const first = slots.take('a');
    expect(slots.take('a')).toBeDefined();
    expect(slots.take('a')).toBeUndefined();
    expect(slots.take('b')).toBeDefined();
    first?.();
    first?.();
    expect(slots.take('a')).toBeDefined();
    expect(slots.take('a')).toBeUndefined();
  });

  it('never holds more than the maximum, in whatever order slots are taken and given back', () => {
    const steps = fc.array(fc.record({ key: fc.constantFrom('a', 'b'), takes: fc.boolean() }), { maxLength: 100 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (all, maximum) => {
        const slots = new KeyedSlots(maximum);
        const held: Record<string, (() => void)[]> = { a: [], b: [] };
        for (const { key, takes } of all) {
          const mine = held[key] ?? [];
          if (!takes) mine.pop()?.();
          else {
            const slot = slots.take(key);
            expect(slot === undefined).toBe(mine.length === maximum);
            if (slot) mine.push(slot);
          }
        }
      }),
    );
  });
});
