import { foldAccents, tokenize } from '#libs/text';

/** All that CLDR has a region code for; asking for one that is none gives the code itself. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const REGIONS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
/** Languages a company's documents speak of, which English writes with a capital: `le français`, `French`. */
const LANGUAGES = 'fr en de es it pt nl pl ro ru ar zh ja el tr sv da'.split(' ');
const DAYS = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
const MONTHS = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 1)));

const wordsOf = (name: string): string[] => tokenize(foldAccents(name.toLowerCase())).map(({ term }) => term);

const namesIn = (locale: 'fr' | 'en'): string[] => {
  const regions = new Intl.DisplayNames(locale, { type: 'region' });
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  const dated = (dates: readonly Date[], field: 'weekday' | 'month'): string[] =>
    dates.map((date) => new Intl.DateTimeFormat(locale, { [field]: 'long', timeZone: 'UTC' }).format(date));
  return [
    ...REGIONS.map((code) => regions.of(code) ?? code),
    ...LANGUAGES.map((code) => languages.of(code) ?? code),
    ...[...dated(DAYS, 'weekday'), ...dated(MONTHS, 'month')],
  ];
};

/** Words of each name, by the words of the same name in the other language. */
const build = (): Map<string, Set<string>> => {
  const exonyms = new Map<string, Set<string>>();
  const english = namesIn('en');
  for (const [place, name] of namesIn('fr').entries()) {
    const [french, other] = [wordsOf(name), wordsOf(english[place] ?? '')];
    const pairs = [...french.map((word) => [word, other] as const), ...other.map((word) => [word, french] as const)];
    for (const [word, words] of pairs) exonyms.set(word, new Set([...(exonyms.get(word) ?? []), ...words]));
  }
  return exonyms;
};

let built: Map<string, Set<string>> | undefined;

/** Words a country, language, day or month is called by in the other language of the product: `allemagne`, `germany`. */
export const exonymsOf = (term: string): ReadonlySet<string> => {
  built ??= build();
  return built.get(foldAccents(term)) ?? new Set();
};
