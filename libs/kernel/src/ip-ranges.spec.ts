import fc from 'fast-check';

import { isAddressAllowed, normalizeIpRange } from './ip-ranges';

describe('An IP allow-list', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['192.0.2.7', '192.0.2.7/32'],
    [' 192.0.2.0/24 ', '192.0.2.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::1/32', '2001:db8::/32'],
    ['::1', '::1/128'],
    ['::ffff:192.0.2.7', '192.0.2.7/32'],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
  ])('stores %s as %s', (text, stored) => {
    expect(normalizeIpRange(text)).toBe(stored);
  });

  it.each([
    '',
    'localhost',
    '10.1',
    '010.0.0.1',
    '0x7f.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '::1/129',
    'fe80::1%eth0',
    '10.0.0.256',
    '10.0.0.0/',
  ])('refuses %s', (text) => {
    expect(normalizeIpRange(text)).toBeUndefined();
  });

  it.each([
    ['10.255.0.1', ['10.0.0.0/8'], true],
    ['11.0.0.1', ['10.0.0.0/8'], false],
    ['::ffff:10.0.0.1', ['10.0.0.0/8'], true],
    ['::ffff:a00:1', ['10.0.0.0/8'], true],
    ['2001:db8::99', ['2001:db8::/32'], true],
    ['2001:db9::99', ['2001:db8::/32'], false],
    ['10.0.0.1', ['::/0'], false],
    ['2001:db8::1', ['0.0.0.0/0'], false],
    ['10.0.0.1', ['192.0.2.0/24', '10.0.0.1/32'], true],
    ['not an address', ['0.0.0.0/0', '::/0'], false],
    ['anything', [], true],
  ])('decides about %s in %j: %s', (address, ranges, allowed) => {
    expect(isAddressAllowed(address, ranges)).toBe(allowed);
  });

  it('admits an IPv4 address to a range exactly when their leading bits agree, mapped into IPv6 or not', () => {
    const property = fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.nat(32), (address, network, bits) => {
      const text = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
      const leading = (value: number): number => (bits === 0 ? 0 : value >>> (32 - bits));
      const range = normalizeIpRange(`${text(network)}/${String(bits)}`)!;
      const expected = leading(address) === leading(network);
      expect(isAddressAllowed(text(address), [range])).toBe(expected);
      expect(isAddressAllowed(`::ffff:${text(address)}`, [range])).toBe(expected);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
