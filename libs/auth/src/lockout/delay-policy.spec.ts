import fc from 'fast-check';

import { delaySeconds, DELAYS } from './delay-policy';

describe('The wait after failed sign-ins', () => {
  it('begins after the free attempts, doubles, and has an end', () => {
    const waits = [4, 5, 6, 7, 50].map((failures) => delaySeconds(DELAYS.pair, failures));
    expect(waits).toEqual([0, 30, 60, 120, 900]);
  });

  it('never shrinks and never passes its bound, whatever the count', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(DELAYS)), fc.nat(), (policy, failures) => {
        const wait = delaySeconds(policy, failures);
        expect(wait).toBeLessThanOrEqual(policy.maxSeconds);
        expect(delaySeconds(policy, failures + 1)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });

  it('of an account as a whole stays short: strangers can cause it', () => {
    expect(DELAYS.account.maxSeconds).toBeLessThanOrEqual(60);
  });
});
