import { isReachable } from './reachable-address';

describe('isReachable', () => {
  it.each(['8.8.8.8', '93.184.216.34', '172.15.255.255', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'lets a public address through: %s',
    (address) => {
      expect(isReachable(address, [])).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
  ])('refuses %s', (address) => {
    expect(isReachable(address, [])).toBe(false);
  });

  it('lets what the operator allows through, and nothing beside it', () => {
    expect(isReachable('10.1.2.3', ['10.1.0.0/16'])).toBe(true);
    expect(isReachable('::ffff:10.1.2.3', ['10.1.0.0/16'])).toBe(true);
    expect(isReachable('10.2.0.1', ['10.1.0.0/16'])).toBe(false);
    expect(isReachable('::1', ['127.0.0.0/8'])).toBe(false);
    expect(isReachable('fd00::1', ['fd00::/8'])).toBe(true);
  });

  it.each(['', 'localhost', '10.0.0', '1.2.3.4.5', 'fe80::1%eth0x y'])('refuses what is no address: %j', (text) => {
    expect(isReachable(text, [])).toBe(false);
  });
});
