import { randomUUID } from 'node:crypto';

import { standingOf } from './rollout';

describe('A roll-out', () => {
  it('puts everybody at the same place each time, and not at the same for each flag', () => {
    const ids = Array.from({ length: 200 }, () => randomUUID());
    const places = ids.map((id) => standingOf('directory', id));
    expect(ids.map((id) => standingOf('directory', id))).toEqual(places);
    expect(ids.map((id) => standingOf('document-upload', id))).not.toEqual(places);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(100);
  });

  it('reaches as many people as it says', () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
    for (const percentage of [1, 10, 50, 90]) {
      const share = ids.filter((id) => standingOf('directory', id) < percentage).length / ids.length;
      // Four standard deviations of a binomial of 20,000.
      expect(Math.abs(share - percentage / 100)).toBeLessThan(0.015);
    }
  });
});
