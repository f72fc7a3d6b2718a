import { toIdentity } from './to-identity';

const CLAIMS = { iss: 'https://idp.test', sub: '42' };

describe('The claims of a provider', () => {
  it('become an identity', () => {
    const claims = { ...CLAIMS, email: ' c@e.fr ', email_verified: true, name: 'Claire', roles: ['a', 'b'] };
    expect(toIdentity(claims, 'roles')).toEqual({
      issuer: 'https://idp.test',
      subject: '42',
      email: 'c@e.fr',
      emailVerified: true,
      displayName: 'Claire',
      groups: ['a', 'b'],
    });
  });

  it.each([true, 'true'])('verify an address with %j', (email_verified) => {
    expect(toIdentity({ ...CLAIMS, email_verified }, 'groups').emailVerified).toBe(true);
  });

  it.each([false, 'false', 1, 'yes', undefined, null, {}])('do not verify one with %j', (email_verified) => {
    expect(toIdentity({ ...CLAIMS, email_verified }, 'groups').emailVerified).toBe(false);
  });

  it.each([
    ['a single name', 'a', ['a']],
    ['something else', { a: true }, []],
    ['mixed values', ['a', 1, null, ['b']], ['a']],
    ['nothing', undefined, []],
  ])('may list groups as %s', (_, groups, expected) => {
    expect(toIdentity({ ...CLAIMS, groups }, 'groups').groups).toEqual(expected);
  });

  it('count five hundred groups at most', () => {
    const groups = Array.from({ length: 600 }, (_, index) => `g${String(index)}`);
    expect(toIdentity({ ...CLAIMS, groups }, 'groups').groups).toHaveLength(500);
  });
});
