import { validateSync } from 'class-validator';

import { MaxDecimals } from './max-decimals.decorator';

class Price {
  @MaxDecimals(2)
  readonly amount: unknown;

  constructor(amount: unknown) {
    this.amount = amount;
  }
}

const accepts = (amount: unknown): boolean => validateSync(new Price(amount)).length === 0;

describe('MaxDecimals', () => {
  it.each([[0], [1], [-3], [0.1], [0.29], [1.15], [999_999_999.99], [1e21]])('lets %d pass', (amount) => {
    expect(accepts(amount)).toBe(true);
  });

  it.each([[0.001], [1e-7], [1.234], [Number.NaN], [Infinity], ['1'], [null], [undefined], [[1]]])(
    'refuses %p',
    (amount) => {
      expect(accepts(amount)).toBe(false);
    },
  );
});
