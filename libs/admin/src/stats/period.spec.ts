import { periodOf } from './period';
import { StatsPeriodError } from './stats.errors';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('periodOf', () => {
  it('is the last thirty days, today included, unless asked otherwise', () => {
    expect(periodOf({}, NOW)).toEqual({ from: '2026-01-31', to: '2026-03-01' });
    expect(periodOf({ to: '2026-01-30' }, NOW)).toEqual({ from: '2026-01-01', to: '2026-01-30' });
    expect(periodOf({ from: '2026-03-01' }, NOW)).toEqual({ from: '2026-03-01', to: '2026-03-01' });
  });

  it('has a year at most, a leap year too', () => {
    expect(periodOf({ from: '2024-01-01', to: '2024-12-31' }, NOW)).toEqual({ from: '2024-01-01', to: '2024-12-31' });
    for (const from of ['2025-02-28', '2026-03-02']) expect(() => periodOf({ from }, NOW)).toThrow(StatsPeriodError);
  });
});
