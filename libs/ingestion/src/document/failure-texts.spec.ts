import { LOCALES } from '#libs/kernel';

import { FAILURES, failureText } from './failure-texts';

describe('failureText', () => {
  it('knows every failure in every language, in different words', () => {
    for (const { definition } of FAILURES) {
      const [french, english] = LOCALES.map((locale) => failureText(definition.code, {}, locale));
      expect(french).toBe(definition.fr.detail);
      expect(english).toBe(definition.en.detail);
      expect(french).not.toBe(english);
    }
  });

  it('puts the details in', () => {
    expect(failureText('document.extraction_timeout', { seconds: 120 }, 'fr')).toContain('après 120 s');
  });

  it('has words for a code that is no longer in use', () => {
    expect(failureText('document.forgotten', null, 'en')).toContain('unexpected reason');
  });
});
