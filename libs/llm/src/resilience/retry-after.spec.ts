import { parseRetryAfter } from './retry-after';

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-02-03T09:00:00Z');

  it('reads seconds and dates, and never waits for the past', () => {
    expect(parseRetryAfter('7', now)).toBe(7_000);
    expect(parseRetryAfter('Tue, 03 Feb 2026 09:00:20 GMT', now)).toBe(20_000);
    expect(parseRetryAfter('Tue, 03 Feb 2026 08:00:00 GMT', now)).toBe(0);
  });

  it.each([undefined, '', 'soon', '-4', '99999999999999'])('says nothing for %p', (header) => {
    expect(parseRetryAfter(header, now)).toBeUndefined();
  });
});
