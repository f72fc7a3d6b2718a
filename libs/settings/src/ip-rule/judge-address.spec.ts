import fc from 'fast-check';

import { isAddressIn, normalizeIpRange } from '#libs/kernel';

import { judgeAddress, toActiveRule, type ActiveRule, type JudgedCall } from './judge-address';

type Rule = Parameters<typeof toActiveRule>[0];

const call = (address: string, of: Partial<JudgedCall> = {}): JudgedCall => ({
  address,
  isAdministration: false,
  isApiKey: false,
  now: Date.parse('2026-01-15T12:00:00Z'),
  ...of,
});
const rule = (action: 'allow' | 'deny', range: string, of: Partial<Rule> = {}): ActiveRule =>
  toActiveRule({ id: range, range, action, appliesTo: 'everything', expiresAt: null, ...of });
const admits = (rules: readonly ActiveRule[], address: string, of: Partial<JudgedCall> = {}): boolean =>
  judgeAddress(rules, call(address, of)).isAdmitted;

const octets = (low: number, high: number) =>
  fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: low, max: high }))).map((bytes) => bytes.join('.'));
/** Few addresses, so that ranges meet. */
const anAddress = octets(0, 3);
const aRule = fc
  .record({ address: anAddress, bits: fc.integer({ min: 0, max: 32 }), action: fc.constantFrom('allow', 'deny') })
  .map(({ address, bits, action }) => rule(action, normalizeIpRange(`${address}/${bits}`) ?? ''));

describe('Rules on addresses', () => {
  it('let everybody in while there are none', () => {
    expect(admits([], '192.0.2.7')).toBe(true);
    expect(admits([], '')).toBe(true);
  });

  it('that only refuse let everybody else in', () => {
    const rules = [rule('deny', '192.0.2.0/24')];
    expect(admits(rules, '192.0.2.7')).toBe(false);
    expect(admits(rules, '::ffff:192.0.2.7')).toBe(false);
    expect(admits(rules, '198.51.100.1')).toBe(true);
    expect(admits(rules, '2001:db8::1')).toBe(true);
  });

  it('that allow somebody refuse everybody else, and what is no address', () => {
    const rules = [rule('allow', '10.0.0.0/8'), rule('allow', '2001:db8::/32')];
    expect(admits(rules, '10.1.2.3')).toBe(true);
    expect(admits(rules, '2001:db8::7')).toBe(true);
    expect(admits(rules, '192.0.2.7')).toBe(false);
    expect(admits(rules, '2001:db9::7')).toBe(false);
    expect(admits(rules, '')).toBe(false);
  });

  it('leave the last word to the narrowest range, and of two equals to the one that refuses', () => {
    const rules = [rule('allow', '10.0.0.0/8'), rule('deny', '10.1.0.0/16'), rule('allow', '10.1.2.3/32')];
    expect([admits(rules, '10.2.0.1'), admits(rules, '10.1.0.1'), admits(rules, '10.1.2.3')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(admits([rule('allow', '10.0.0.0/8'), rule('deny', '10.0.0.0/8')], '10.0.0.1')).toBe(false);
  });

  it('are heard only about the calls they are for, and until they end', () => {
    const admin = [rule('allow', '10.0.0.0/8', { appliesTo: 'administration' })];
    expect(admits(admin, '192.0.2.7')).toBe(true);
    expect(admits(admin, '192.0.2.7', { isAdministration: true })).toBe(false);
    const keys = [rule('deny', '192.0.2.0/24', { appliesTo: 'api-keys' })];
    expect(admits(keys, '192.0.2.7')).toBe(true);
    expect(admits(keys, '192.0.2.7', { isApiKey: true })).toBe(false);
    const ended = [rule('deny', '192.0.2.0/24', { expiresAt: new Date('2026-01-15T12:00:00Z') })];
    expect(admits(ended, '192.0.2.7')).toBe(true);
    expect(admits(ended, '192.0.2.7', { now: Date.parse('2026-01-15T11:59:59Z') })).toBe(false);
  });

  it('decide the same in whatever order they are kept', () => {
    fc.assert(
      fc.property(fc.array(aRule, { maxLength: 8 }), anAddress, fc.nat(), (rules, address, turn) => {
        const turned = [...rules.slice(turn % (rules.length || 1)), ...rules.slice(0, turn % (rules.length || 1))];
        expect(admits(turned.toReversed(), address)).toBe(admits(rules, address));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never let in an address whose narrowest range refuses it, nor one outside of all that are allowed', () => {
    fc.assert(
      fc.property(fc.array(aRule, { maxLength: 8 }), anAddress, (rules, address) => {
        const around = rules.filter(({ range }) => isAddressIn(address, [range]));
        const narrowest = Math.max(...around.map(({ network }) => network.bits));
        const isRefused = around.some(({ network, action }) => network.bits === narrowest && action === 'deny');
        const isUnlisted = around.length === 0 && rules.some(({ action }) => action === 'allow');
        expect(admits(rules, address)).toBe(!isRefused && !isUnlisted);
      }),
      { numRuns: 5_000 },
    );
  });
});
