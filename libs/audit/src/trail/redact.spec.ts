import fc from 'fast-check';

import { canonicalJson } from '../chain/canonical-json';
import { MASK, redact } from './redact';

describe('redact', () => {
  it('masks secrets and e-mail addresses by the name of their field, at any depth', () => {
    const secrets = {
      password: 'p',
      passwordHash: 'h',
      newPassword: 'n',
      api_key: 'k',
      refreshToken: 't',
      clientSecret: 's',
      email: 'claire@exemple.fr',
      recoveryCodes: ['1', '2'],
      totpSecret: 5,
    };
    const masked = Object.fromEntries(Object.keys(secrets).map((name) => [name, MASK]));
    expect(redact({ name: 'Claire', deep: [{ deeper: secrets }] })).toEqual({
      name: 'Claire',
      deep: [{ deeper: masked }],
    });
  });

  it('leaves what only sounds secret', () => {
    const harmless = { hasPassword: true, promptTokens: 12, secret: null, title: 'Clé', keyCount: 2 };
    expect(redact(harmless)).toEqual(harmless);
  });

  it('makes plain JSON of whatever it is given', () => {
    const at = new Date('2026-01-15T09:30:00Z');
    expect(redact({ at, file: Buffer.from('x'), big: 2n ** 60n, none: Number.NaN, text: 'x'.repeat(600) })).toEqual({
      at: '2026-01-15T09:30:00.000Z',
      file: '[binary]',
      big: '1152921504606846976',
      none: null,
      text: `${'x'.repeat(500)}…`,
    });
  });

  it('never lets a password through, wherever it is', () => {
    const canary = 'canary-e3b0c442';
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 8 },
        fc.constant({ password: canary }),
        fc.string(),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('node'), { maxKeys: 3 }),
      ),
    })).node;
    fc.assert(fc.property(tree, (value) => !canonicalJson(redact({ value })).includes(canary)));
  });

  it('is bounded also for what refers to itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(canonicalJson(redact(loop)).length).toBeLessThan(200);
  });
});
