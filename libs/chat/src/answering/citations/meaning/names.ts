import { foldAccents, stem, tokenize } from '#libs/text';

import { isTranslated } from '../across-languages';
import type { Claim } from '../claim';
import type { IndexedSource, PassageSentence } from '../evidence-index';
import { statementTerms, type StatementTerm } from '../terms';
import { exonymsOf } from './exonyms';

/** Of two words in different languages, without doubled letters: `resources`, `ressources`; `human`, `humaines`. */
const KINDRED_LETTERS = 4;
/** `TVA` is `VAT`, `OTAN` is `NATO`: the same letters in another order. */
const MOST_ACRONYM_LETTERS = 5;
/** What opens a French sentence without an article is an adverb, or a name. */
const FRENCH_OPENING = /^\s*(\p{Lu}[\p{L}-]{2,})(?![\p{L}'’-])/u;
/** Said before a name, and differently in each language. */
const HONORIFICS = new Set(
  'madame mme mesdames mademoiselle mlle monsieur messieurs mr mrs ms miss sir dr docteur doctor'.split(' '),
);

const simplified = (word: string): string => foldAccents(word).replaceAll(/(.)\1+/gu, '$1');

const lettersOf = (word: string): string => Array.from(foldAccents(word)).sort().join('');

const isTranslationOf = (term: string, other: string): boolean => {
  if (exonymsOf(term).has(foldAccents(other))) return true;
  if (term.length <= MOST_ACRONYM_LETTERS && lettersOf(term) === lettersOf(other)) return true;
  const [word, beside] = [simplified(term), simplified(other)];
  return word.length >= KINDRED_LETTERS && beside.startsWith(word.slice(0, KINDRED_LETTERS));
};

/** How a statement stands to one sentence of a source. */
export interface Comparison {
  readonly claim: Claim;
  readonly indexed: IndexedSource;
  readonly sentence: PassageSentence;
}

const textOf = ({ indexed, sentence: { start, end } }: Comparison): string => indexed.source.text.slice(start, end);

/** A name that opens a French sentence looks like any first word: it counts as one unless the source knows the word. */
const openingName = ({ claim, indexed }: Comparison): StatementTerm | undefined => {
  const written = claim.language === 'fr' ? FRENCH_OPENING.exec(claim.text)?.[1] : undefined;
  if (written === undefined || /ments?$/u.test(written)) return undefined;
  const opening = stem(written.toLowerCase(), indexed.language);
  return claim.termsIn(indexed.language).find((term) => term.stem === opening);
};

const namesOf = (comparison: Comparison): StatementTerm[] => {
  const { claim, indexed } = comparison;
  const inside = claim.termsIn(indexed.language).filter(({ isName }) => isName);
  const opening = openingName(comparison);
  return (opening && !opening.isName ? [...inside, opening] : inside).filter(({ term }) => !HONORIFICS.has(term));
};

const knows = (text: string, { term }: StatementTerm): boolean =>
  tokenize(text).some((token) => isTranslationOf(term, token.term));

/**
 * Whether a statement names somebody or something that a sentence does not. What stands around the sentence (title, heading,
 * the passage) may name it too, unless the sentence names another.
 */
export const namesAnother = (comparison: Comparison): boolean => {
  const { claim, indexed, sentence } = comparison;
  const names = namesOf(comparison);
  if (names.length === 0) return false;
  const { title, heading = '', text } = indexed.source;
  const translated = isTranslated(claim.language, indexed.language);
  const said = textOf(comparison);
  const foreign = names.filter((name) => !sentence.stems.has(name.stem) && !(translated && knows(said, name)));
  if (foreign.length === 0) return false;
  const isAround = (name: StatementTerm): boolean =>
    indexed.context.has(name.stem) || (translated && knows(`${title}\n${heading}\n${text}`, name));
  return !foreign.every(isAround) || hasNamesBeside(said, names, indexed.language, translated);
};

const hasNamesBeside = (
  said: string,
  names: readonly StatementTerm[],
  language: string,
  translated: boolean,
): boolean =>
  statementTerms(said, language).some(
    ({ isName, stem: own, term }) =>
      isName &&
      !HONORIFICS.has(term) &&
      !names.some((name) => name.stem === own || (translated && isTranslationOf(name.term, term))),
  );
