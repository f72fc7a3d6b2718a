import { frequencyBehind } from './frequency-behind';

/** As lib/segment of Qdrant 1.19 reckons: in 32 bits. */
const { fround } = Math;
const idf = (passages: number, frequency: number): number =>
  fround(Math.log(fround(fround(fround(passages - frequency + 0.5) / fround(frequency + 0.5)) + 1)));

describe('frequencyBehind', () => {
  it.each([1, 7, 1_000, 300_000])('tells each number of passages out of %i from its rarity in 32 bits', (passages) => {
    const wrong: number[] = [];
    for (let frequency = 1; frequency <= passages; frequency += Math.ceil(passages / 997)) {
      const [weight, rarity] = [fround(0.37), idf(passages, frequency)];
      if (frequencyBehind(fround(weight * rarity) / weight, passages) !== frequency) wrong.push(frequency);
    }
    expect(wrong).toEqual([]);
  });

  it('is near where 32 bits do not tell more, and never beyond what there is', () => {
    expect(Math.abs(frequencyBehind(idf(20_000_000, 5_000_000), 20_000_000) - 5_000_000)).toBeLessThan(20);
    expect(frequencyBehind(0, 10)).toBe(10);
  });
});
