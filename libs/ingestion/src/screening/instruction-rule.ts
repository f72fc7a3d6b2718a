import { firstWordsOf } from './first-words';
import type { FindingKind } from './screening-result';

/** One way to instruct an assistant, looked for in folded text. */
export interface InstructionRule {
  readonly kind: FindingKind;
  /** Of a plain match; how it stands in the text makes it lighter or heavier. */
  readonly weight: number;
  /** Sticky. Every repetition in it is bounded, so that matching is linear in the text. */
  readonly pattern: RegExp;
  /** All that a match can begin with, as whole words. */
  readonly firstWords: ReadonlySet<string>;
  /** The verb is also one that manuals and novels use of somebody: it counts in full where a sentence or clause begins. */
  readonly isImperative: boolean;
}

/** Anything within the sentence, at most so many characters. */
export const gap = (characters: number): string => `[^.!?]{0,${String(characters)}}?`;

const WORDS_BEGIN = '\\b(?:';
const WORDS_END = ")(?:\\b|(?<='))";

/** One of some forms as whole words; an elided one (`l'`) ends with its apostrophe. Blanks stand for whatever blank there is. */
export const words = (forms: string): string => `${WORDS_BEGIN}${forms.replaceAll(' ', '\\s')}${WORDS_END}`;

/** The words if they are there, with the blank after them. */
export const maybe = (forms: string): string => `(?:${words(forms)}\\s?)?`;

/** At most so many words, then a blank. */
export const upTo = (count: number): string => `(?:[a-z0-9'-]{1,24},?\\s){0,${String(count)}}?`;

/** Rules begin with words that can be counted: over a hundred patterns that each read all of a text would take most of its ingestion. */
const rule =
  (isImperative: boolean) =>
  (kind: FindingKind, weight: number, first: string, ...rest: readonly string[]): InstructionRule => ({
    kind,
    weight,
    pattern: new RegExp([first, ...rest].join(''), 'y'),
    firstWords: firstWordsOf(first.slice(WORDS_BEGIN.length, -WORDS_END.length)),
    isImperative,
  });

export const phrase = rule(false);
export const command = rule(true);
