import { contentStems } from './content-stems';

/** What stands between a thing and what it is. */
const VERB =
  /(?<!\p{L})(?:est|sont|était|étaient|désigne(?:nt)?|signifie(?:nt)?|correspond(?:ent)?|consiste(?:nt)?|is|are|was|were|means?|refers?|denotes?)(?!\p{L})|\s?:(?=\s)|\s[–—](?=\s)/iu;
const STATES = /^(?:est|sont|était|étaient|is|are|was|were)$/iu;
/** "est un ...", "is what ..."; not "est employé", "is in the air". */
const WHAT_IT_IS =
  /^\s*(?:(?:alors|donc|ainsi|aussi|also|thus|therefore)\s)?(?:une?|le|la|l['’]|les|des|ce|celui|celle|tout|toute|an?|the|what|when|where|that|any|one)(?!\p{L})/iu;
const IN_PARENTHESES = /\([^)]*\)/gu;
const LIST_MARK = /^[\s*_«“"•–-]+/u;
/** Words a subject may hold beside what is asked for: "La prise de focus clavier est ...". */
const FURTHER_STEMS = 3;

/** "Row and Column Access Control (RCAC)": what the letters stand for. */
const ACRONYM = /\p{L}\s\((\p{Lu}[\p{Lu}\d&.-]{1,9})\)/gu;
const explainsAcronym = (text: string, [asked, ...others]: readonly string[], language: string): boolean =>
  others.length === 0 &&
  asked !== undefined &&
  Array.from(text.matchAll(ACRONYM)).some(([, letters = '']) => contentStems(letters, language).includes(asked));

/** `exactly`: of the thing itself; `loosely`: of something that is called by more words. */
export type Defining = 'exactly' | 'loosely';

interface Parts {
  readonly subject: string;
  readonly verb: string;
  readonly rest: string;
}

const saysWhat = ({ verb, rest }: Parts): boolean => !STATES.test(verb) || WHAT_IT_IS.test(rest);

/** The sentence in two, before and behind the verb; undefined without one. */
const partsOf = (sentence: string): Parts | undefined => {
  const found = VERB.exec(sentence);
  if (!found) return undefined;
  const [verb] = found;
  return { subject: sentence.slice(0, found.index), verb, rest: sentence.slice(found.index + verb.length) };
};

/** How many stems a subject holds beside those asked for; undefined when it is about something else. */
const furtherIn = (subject: string, asked: readonly string[], language: string): number | undefined => {
  const plain = subject.replaceAll(IN_PARENTHESES, '');
  const held = contentStems(subject, language);
  if (plain.includes(',') || !asked.every((stem) => held.includes(stem))) return undefined;
  return contentStems(plain, language).filter((stem) => !asked.includes(stem)).length;
};

/**
 * Whether a sentence begins with what is asked for and goes on with what it is: "X est un ...", "X : tout ...".
 * @param asked stems of what is asked for
 */
export const definingOf = (text: string, asked: readonly string[], language: string): Defining | undefined => {
  if (explainsAcronym(text, asked, language)) return 'loosely';
  const parts = asked.length > 0 ? partsOf(text.replace(LIST_MARK, '')) : undefined;
  if (!parts) return undefined;
  const further = furtherIn(parts.subject, asked, language);
  if (further === 0 && saysWhat(parts)) return 'exactly';
  return further !== undefined && further <= FURTHER_STEMS ? 'loosely' : undefined;
};
