import { languageOf } from './language';

describe('the language of the launcher', () => {
  it.each([
    [{}, 'fr'],
    [{ LANG: 'C.UTF-8' }, 'fr'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'fr'],
    [{ LANG: 'en_GB.UTF-8', DEFAULT_LOCALE: 'fr' }, 'fr'],
    [{ LANG: 'en_GB.UTF-8', DEFAULT_LOCALE: '' }, 'en'],
  ])('is, with %j, %s', (env, language) => {
    expect(languageOf(env)).toBe(language);
  });
});
