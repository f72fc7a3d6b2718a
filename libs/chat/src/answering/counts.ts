import { foldAccents, isStopWord, stem, tokenize, type Token } from '#libs/text';

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
  ...{ an: 'y', ans: 'y', annee: 'y', annees: 'y', year: 'y', years: 'y', minute: 'min', minutes: 'min' },
};
const ONE = new Set(['un', 'une', 'one', 'a']);

const numberOf = (term: string): number | undefined =>
  /^\d{1,6}$/u.test(term) ? Number(term) : COUNTED[foldAccents(term)];

const unitOf = ({ term }: Token, language: string): string => TIME_UNITS[foldAccents(term)] ?? stem(term, language);

const isUnit = ({ term }: Token): boolean =>
  /\p{L}/u.test(term) && !isStopWord(term, 'fr') && !isStopWord(term, 'en') && numberOf(term) === undefined;

/** A number of one word; `vingt-cinq` and `deux cents` are left to those who can read them. */
const aloneAt = (tokens: readonly Token[], place: number): number | undefined => {
  const [before, here, after] = [tokens[place - 1], tokens[place], tokens[place + 1]];
  if ([before, after].some((other) => other && numberOf(other.term) !== undefined)) return undefined;
  return here && numberOf(here.term);
};

const countAt = (tokens: readonly Token[], place: number, language: string): Count | undefined => {
  const [here, next] = [tokens[place], tokens[place + 1]];
  if (!here || !next || !isUnit(next)) return undefined;
  const value = aloneAt(tokens, place);
  const unit = unitOf(next, language);
  if (value !== undefined) return { value, unit };
  return ONE.has(here.term) && foldAccents(next.term) in TIME_UNITS ? { value: 1, unit } : undefined;
};

/** What a text counts, in words or digits. */
export const countsIn = (text: string, language: string): Count[] => {
  const tokens = tokenize(text);
  return tokens.flatMap((_, place) => countAt(tokens, place, language) ?? []);
};

/** Whether these count the same thing, and none as often as the statement says: `quatre mois` beside `trois mois`. */
export const isMiscounted = ({ value, unit }: Count, counted: readonly Count[]): boolean => {
  const same = counted.filter((count) => count.unit === unit);
  return same.length > 0 && same.every((count) => count.value !== value);
};
