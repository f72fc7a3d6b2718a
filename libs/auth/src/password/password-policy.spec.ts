import fc from 'fast-check';

import { assertStrongPassword } from './password-policy';

const OWNER = { email: 'claire.martin@entreprise.fr', displayName: 'Claire Martin' };
const judge = (password: string): string => {
  try {
    assertStrongPassword(password, OWNER);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('The password policy', () => {
  it.each([
    'correct horse battery staple',
    'quatre chevaux mangent une lampe',
    '839201748392017',
    '長い長い合言葉を決めて守ります今日も',
    'ünïcödé is a fine thing',
    'tout en minuscules sans chiffre',
  ])('accepts %s, whatever it is composed of', (password) => {
    expect(judge(password)).toBe('accepted');
  });

  it.each(['', 'short', 'Fourteen chars', '😀'.repeat(14)])('asks for 15 characters: %s', (password) => {
    expect(judge(password)).toBe('auth.password_too_short');
  });

  it.each([
    'passwordpassword',
    'P@ssw0rd!P@ssw0rd!',
    'Password123456789',
    'motdepasse2024!!!!',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345678',
    'azertyuiop123456',
    'qwertyuiopasdfgh',
    'claire.martin.2025',
    'ClaireMartin-Entreprise',
    'my-ia my-ia my-ia my-ia',
    'bonjour soleil football',
  ])('refuses %s, which is tried first', (password) => {
    expect(judge(password)).toBe('auth.password_too_common');
  });

  it('comes to a judgement about any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 256 }), (password) => {
        expect(['accepted', 'auth.password_too_short', 'auth.password_too_common']).toContain(judge(password));
      }),
    );
  });

  it('stays quick on text made to make it slow', () => {
    expect(judge('ab'.repeat(128))).toBe('auth.password_too_common');
    expect(judge(`${'a'.repeat(127)}b${'a'.repeat(127)}c`)).toBe('auth.password_too_common');
  });
});
