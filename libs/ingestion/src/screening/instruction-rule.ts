import type { FindingKind } from './screening-result';

/** One way to instruct an assistant, looked for in folded text. */
export interface InstructionRule {
  readonly kind: FindingKind;
  /** Of a plain match; how it stands in the text makes it lighter or heavier. */
  readonly weight: number;
  /** Global. Every repetition in it is bounded, so that matching is linear in the text. */
  readonly pattern: RegExp;
  /** The verb is also one that manuals and novels use of somebody: it counts in full where a sentence or clause begins. */
  readonly isImperative: boolean;
}

/** Anything within the sentence, at most so many characters. */
export const gap = (characters: number): string => `[^.!?]{0,${String(characters)}}?`;

/** One of some forms as whole words; an elided one (`l'`) ends with its apostrophe. Blanks stand for whatever blank there is. */
export const words = (forms: string): string => `\\b(?:${forms.replaceAll(' ', '\\s')})(?:\\b|(?<='))`;

/** The words if they are there, with the blank after them. */
export const maybe = (forms: string): string => `(?:${words(forms)}\\s?)?`;

/** At most so many words, then a blank. */
export const upTo = (count: number): string => `(?:[a-z0-9'-]{1,24},?\\s){0,${String(count)}}?`;

const rule =
  (isImperative: boolean) =>
  (kind: FindingKind, weight: number, ...parts: readonly string[]): InstructionRule => ({
    kind,
    weight,
    pattern: new RegExp(parts.join(''), 'g'),
    isImperative,
  });

export const phrase = rule(false);
export const command = rule(true);
