import { foldAccents } from '#libs/text';

/** Months by folded name; abbreviations as administrations write them. */
const MONTHS: readonly (readonly string[])[] = [
  ['janvier', 'janv', 'january', 'jan'],
  ['fevrier', 'fevr', 'february', 'feb'],
  ['mars', 'march', 'mar'],
  ['avril', 'avr', 'april', 'apr'],
  ['mai', 'may'],
  ['juin', 'june', 'jun'],
  ['juillet', 'juil', 'july', 'jul'],
  ['aout', 'august', 'aug'],
  ['septembre', 'september', 'sept', 'sep'],
  ['octobre', 'october', 'oct'],
  ['novembre', 'november', 'nov'],
  ['decembre', 'december', 'dec'],
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);
const MONTH_NAMES = [...MONTH_OF.keys()].sort((a, b) => b.length - a.length).join('|');
/** A month counts as a date only beside a day or a year: "may" is a verb, "mars" a planet. */
const DATED_MONTH = new RegExp(
  `(?:\\d{1,2}(?:er|st|nd|rd|th)?\\s+(?:of\\s+)?(${MONTH_NAMES})\\b|\\b(${MONTH_NAMES})\\.?,?\\s+\\d)`,
  'gu',
);

/** From two on: "un", "une" and "one" are articles and pronouns more often than numbers. */
export const COUNTED: Readonly<Record<string, number>> = {
  deux: 2, two: 2, trois: 3, three: 3, quatre: 4, four: 4, cinq: 5, five: 5, six: 6, sept: 7, seven: 7, huit: 8,
  eight: 8, neuf: 9, nine: 9, dix: 10, ten: 10, onze: 11, eleven: 11, douze: 12, twelve: 12, quinze: 15, fifteen: 15,
  vingt: 20, twenty: 20, trente: 30, thirty: 30, quarante: 40, forty: 40, cinquante: 50, fifty: 50, soixante: 60,
  sixty: 60, cent: 100, hundred: 100, mille: 1000, thousand: 1000,
}; // prettier-ignore

/** Digits in groups of three, with the separators of French, English and Swiss texts, and a decimal part. */
const NUMBER = /\d{1,3}(?:[ \u00A0\u202F.,'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?/gu;
const NUMERAL_DATE = /\b(?:\d{4}-(\d{1,2})-\d{1,2}|\d{1,2}[/.](\d{1,2})[/.]\d{2,4})\b/gu;
/** `2.` before a list item counts items, not facts. */
const LIST_NUMBER = /^\s*(?:[-*•]\s*)?\d{1,3}[.)]\s+/gmu;

const canonical = (digits: string): string => String(Number(digits));

/** `1.200` is 1200 to a French reader and 1.2 to an English one: both readings count. */
const readingsOf = (written: string): string[] => {
  const compact = written.replaceAll(/[ \u00A0\u202F'’]/g, '');
  const whole = canonical(compact.replaceAll(/[.,]/g, ''));
  const parts = compact.split(/[.,]/);
  if (parts.length === 1) return [whole];
  const decimal = canonical(`${parts.slice(0, -1).join('')}.${parts.at(-1) ?? ''}`);
  return parts.slice(1).every((part) => part.length === 3) ? [whole, decimal] : [decimal];
};

const monthFacts = (folded: string): string[] =>
  [...folded.matchAll(DATED_MONTH)].map(([, after, before]) => `month:${MONTH_OF.get(after ?? before ?? '') ?? 0}`);

/** A number or the month of a date; `readings` are the values it may have. */
export interface Fact {
  readonly readings: readonly string[];
}

/** What a statement claims to the digit: its numbers and dated months. Written-out numbers are not held against it. */
export const factsOf = (statement: string): Fact[] => {
  const text = statement.replaceAll(LIST_NUMBER, '');
  const months = monthFacts(foldAccents(text.toLowerCase())).map((month) => ({ readings: [month] }));
  return [...withoutDates(text).matchAll(NUMBER)]
    .map(([written]) => ({ readings: readingsOf(written) }))
    .concat(months);
};

/** `12/03/2024` is three numbers, not the decimal 12.03. */
const withoutDates = (text: string): string =>
  text.replaceAll(NUMERAL_DATE, (date) => date.replaceAll(/[./-]/g, ' ; '));

const numeralMonths = (text: string): string[] =>
  [...text.matchAll(NUMERAL_DATE)].map(([, iso, european]) => `month:${Number(iso ?? european)}`);

const countedNumbers = (folded: string): string[] =>
  [...folded.matchAll(/\p{L}+/gu)].flatMap(([word]) => COUNTED[word]?.toString() ?? []);

/** Every value a passage can vouch for, written-out numbers and months of numeral dates included. */
export const valuesIn = (passage: string): ReadonlySet<string> => {
  const folded = foldAccents(passage.toLowerCase());
  const months = [...monthFacts(folded), ...numeralMonths(folded)];
  const numbers = [...withoutDates(folded).matchAll(NUMBER)].flatMap(([written]) => readingsOf(written));
  // A named month also vouches for its number: the statement may write the date in numerals.
  const monthNumbers = months.map((month) => month.slice('month:'.length));
  return new Set([...months, ...monthNumbers, ...numbers, ...countedNumbers(folded)]);
};
