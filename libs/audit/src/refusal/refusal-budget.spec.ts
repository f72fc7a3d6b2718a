import fc from 'fast-check';

import { REFUSALS_OF_STRANGERS, REFUSALS_PER_CALLER, RefusalBudget } from './refusal-budget';

const admitted = (budget: RefusalBudget, calls: readonly string[], now: number, isStranger = true): number =>
  calls.filter((caller) => budget.admit(caller, isStranger, now)).length;

describe('RefusalBudget', () => {
  it('writes the first refusals of a caller, counts the others and starts anew after a minute', () => {
    const budget = new RefusalBudget();
    const calls = Array<string>(50).fill('1.2.3.4');
    expect(admitted(budget, calls, 0)).toBe(REFUSALS_PER_CALLER);
    expect(budget.takeSuppressed()).toEqual({ refusals: 50 - REFUSALS_PER_CALLER, callers: 1 });
    expect(budget.takeSuppressed()).toBeUndefined();
    expect(admitted(budget, calls, 60_000)).toBe(REFUSALS_PER_CALLER);
  });

  it('bounds all strangers together, and still writes what happens to users', () => {
    const budget = new RefusalBudget();
    const addresses = Array.from({ length: 1000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    expect(admitted(budget, addresses, 0)).toBe(REFUSALS_OF_STRANGERS);
    expect(admitted(budget, ['user'], 0, false)).toBe(1);
    expect(budget.takeSuppressed()?.refusals).toBe(1000 - REFUSALS_OF_STRANGERS);
  });

  it('loses none: what is not written is counted', () => {
    const call = fc.record({ caller: fc.nat(300).map(String), pause: fc.nat(2000) });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 2000 }), (calls) => {
        const budget = new RefusalBudget();
        let now = 0;
        const written = calls.filter(({ caller, pause }) => budget.admit(caller, true, (now += pause))).length;
        expect(written + (budget.takeSuppressed()?.refusals ?? 0)).toBe(calls.length);
      }),
    );
  });
});
