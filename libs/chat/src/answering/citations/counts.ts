import { isStopWord, stem, tokenize, type Token } from '#libs/text';

import { COUNTED } from './facts';

/** So many of something: `trois mois`, `3 months`. */
export interface Count {
  readonly value: number;
  /** What is counted, the same in both languages for units of time. */
  readonly unit: string;
}

const TIME_UNITS: Readonly<Record<string, string>> = {
  ...{ heure: 'h', heures: 'h', hour: 'h', hours: 'h', jour: 'd', jours: 'd', day: 'd', days: 'd' },
  ...{ semaine: 'w', semaines: 'w', week: 'w', weeks: 'w', mois: 'm', month: 'm', months: 'm' },
  ...{ an: 'y', ans: 'y', année: 'y', années: 'y', year: 'y', years: 'y', minute: 'min', minutes: 'min' },
};
const ONE = new Set(['un', 'une', 'one', 'a']);

/** No word for a number has an accent. */
const numberOf = ({ term }: Token): number | undefined => (/^\d{1,6}$/u.test(term) ? Number(term) : COUNTED[term]);

const unitOf = ({ term }: Token, language: string): string => TIME_UNITS[term] ?? stem(term, language);

const isUnit = ({ term }: Token): boolean => /\p{L}/u.test(term) && !isStopWord(term, 'fr') && !isStopWord(term, 'en');

/** A number of one word; `vingt-cinq` and `deux cents` are left to those who can read them. */
const isAlone = (numbers: readonly (number | undefined)[], place: number): boolean =>
  numbers[place - 1] === undefined && numbers[place + 1] === undefined;

const valueAt = (tokens: readonly Token[], numbers: readonly (number | undefined)[], place: number) => {
  const [here, next] = [tokens[place], tokens[place + 1]];
  if (numbers[place] !== undefined) return isAlone(numbers, place) ? numbers[place] : undefined;
  return here && next && ONE.has(here.term) && next.term in TIME_UNITS ? 1 : undefined;
};

/** What a text counts, in words or digits. */
export const countsIn = (text: string, language: string): Count[] => {
  const tokens = tokenize(text);
  const numbers = tokens.map(numberOf);
  return tokens.flatMap((_, place) => {
    const value = valueAt(tokens, numbers, place);
    const next = tokens[place + 1];
    return value !== undefined && next && isUnit(next) ? [{ value, unit: unitOf(next, language) }] : [];
  });
};

/** Whether these count the same thing, and none as often as the statement says: `quatre mois` beside `trois mois`. */
export const isMiscounted = ({ value, unit }: Count, counted: readonly Count[]): boolean => {
  const same = counted.filter((count) => count.unit === unit);
  return same.length > 0 && same.every((count) => count.value !== value);
};
