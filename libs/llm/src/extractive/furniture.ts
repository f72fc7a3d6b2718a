import { tokenize } from '#libs/text';

const ENDS_STATEMENT = /[.!?…:;][»”"’')\]\s*_]*$/u;
/** "Chapitre 3 …… 40", and what is left of it when two such lines meet. */
const CONTENTS_LINE = /(?:…|(?:\.\s){3,}|\t)\s*\d{1,4}(?:\s|$)|\.{4,}/u;
const NUMBERED_TITLE =
  /^(?:chapitre|chapter|article|annexe|appendix|section|partie|part|figure|tableau|table|exemple|example)\s+\S{1,6}(?:\s|$)|^\d{1,2}(?:\.\d{1,2})+\.?\s/iu;
/** "Implementing access control 77": a running title and its page. */
const ENDS_IN_PAGE = /[\p{L})]\s+\d{1,4}$/u;
const KEY_AND_VALUE = /\p{L}\s?:\s*\S/u;
const VERB =
  /(?<!\p{L})(?:est|sont|a|ont|doit|doivent|peut|peuvent|faut|s['’]appelle|is|are|was|were|has|have|must|can|should|will)(?!\p{L})/iu;
const LONG_WORD = /[\p{L}\p{N}]{4,}/gu;
const STARTS_UPPER = /^\p{Lu}/u;
const MAX_TITLE_WORDS = 12;
const LETTER = /\p{L}/u;
const LOWER = /\p{Ll}/u;

/** "Il faut fournir :"; marks of emphasis and quotation may close behind the colon. */
export const ANNOUNCES = /:[\s*_»”"']*$/u;

/** A line that names what follows rather than saying anything: heading, running title, caption. */
export const isTitle = (text: string): boolean => {
  if (text.startsWith('#') || !LETTER.test(text)) return true;
  if (ENDS_STATEMENT.test(text)) return false;
  return looksLikeTitle(text) || isLabel(text);
};

const looksLikeTitle = (text: string): boolean =>
  !LOWER.test(text) || NUMBERED_TITLE.test(text) || ENDS_IN_PAGE.test(text) || isTitleCase(text);

/** A few words without a figure, a value or a verb. */
const isLabel = (text: string): boolean =>
  !VERB.test(text) && !KEY_AND_VALUE.test(text) && !/\d/.test(text) && tokenize(text).length <= MAX_TITLE_WORDS;

/** "Row and Column Access Control Support in IBM DB2 for i" */
const isTitleCase = (text: string): boolean => {
  const words = text.match(LONG_WORD) ?? [];
  return words.length >= 3 && words.every((word) => STARTS_UPPER.test(word));
};

export const isContentsLine = (text: string): boolean => CONTENTS_LINE.test(text);

const LINK = /!?\[[^\]]*\]\([^)]*\)|<?https?:\/\/\S+/gu;
const MOSTLY = 0.5;
/** "The [architecture](...): layers": an item of a list of links. */
const OPENS_WITH_LINK = /^(?:\p{L}{1,3}['’\s])?\[[^\]]*\]\([^)]*\)/u;

/** Links to go on with, and little else. */
export const isLinkList = (text: string, isItem: boolean): boolean => {
  if (isItem && OPENS_WITH_LINK.test(text)) return true;
  const linked = Array.from(text.matchAll(LINK), ([link]) => link.length).reduce((sum, length) => sum + length, 0);
  return linked > MOSTLY * text.length;
};

const IN_BACKTICKS = /`[^`]*`/gu;
const CODE_MARKS = /[{}<>=$;\\|^~]|\(\)|\/\/|--\w/gu;
const CODE_SHARE = 0.04;
/** `{maximum}` waits for a value: a message of a program, not a statement. */
const PLACEHOLDER = /\{\w*\}/u;

/** Program text or a template outside of any fence; code quoted in a sentence does not make it one. */
export const isCode = (text: string): boolean => {
  const plain = text.replaceAll(IN_BACKTICKS, '');
  if (PLACEHOLDER.test(plain)) return true;
  return [...plain.matchAll(CODE_MARKS)].length > Math.max(1, CODE_SHARE * plain.length);
};
