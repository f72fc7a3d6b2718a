import fc from 'fast-check';

import { frequencyOf, MAX_SLOTS, Postings, slotOf } from './postings';

const slots = fc.uniqueArray(fc.oneof(fc.nat(300), fc.nat(MAX_SLOTS - 1)), { maxLength: 80 });
const frequency = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 255 }));

describe('Postings', () => {
  it('gives back every list as it was written, whatever was written between', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(slots, frequency), { maxLength: 12 }), (lists) => {
        const postings = new Postings();
        const sorted = lists.map(([list, first]) =>
          list.toSorted((a, b) => a - b).map((slot, at) => ({ slot, frequency: 1 + ((first + at) % 255) })),
        );
        for (let at = 0; at < 80; at += 1) {
          for (const [term, list] of sorted.entries()) {
            const posting = list[at];
            if (posting) postings.append(term, posting.slot, posting.frequency);
          }
        }
        for (const [term, list] of sorted.entries()) {
          const read = Array.from(postings.of(term), (one) => ({ slot: slotOf(one), frequency: frequencyOf(one) }));
          expect(read).toEqual(list);
          expect(postings.lengthOf(term)).toBe(list.length);
        }
        expect(Array.from(postings.of(99))).toEqual([]);
      }),
    );
  });

  it('keeps lists of many megabytes whole', () => {
    const postings = new Postings();
    for (let slot = 0; slot < 400_000; slot += 1) {
      postings.append(slot % 2, slot, 1 + (slot % 300));
      if (slot % 1_000 === 0) postings.append(2 + slot / 1_000, slot, 1);
    }
    for (const term of [0, 1]) {
      const list = postings.of(term);
      expect(list).toHaveLength(200_000);
      const wrong = list.findIndex(
        (one, at) => slotOf(one) !== 2 * at + term || frequencyOf(one) !== Math.min(255, 1 + ((2 * at + term) % 300)),
      );
      expect(wrong).toBe(-1);
    }
    expect(Array.from(postings.of(301), slotOf)).toEqual([299_000]);
    expect(postings.bytes).toBeLessThan(400_000 * 2.75);
  });
});
