import { isStopWord, stem, tokenize } from '#libs/text';

/** Function words, but not in "the server is down". */
const STATES = new Set(['down', 'off']);

/** Stems of the words that carry meaning, in order. */
export const contentStems = (text: string, language: string): string[] =>
  tokenize(text)
    .filter(({ term }) => STATES.has(term) || !isStopWord(term, language))
    .map(({ term }) => stem(term, language));

const BEFORE_STATE = new Set(['is', 'are', 'was', 'were', 'be', 'goes', 'went']);

/** Whether a word of a question carries meaning. Function words of the product's languages carry none in any other either. */
export const isContent = (term: string, before: string | undefined, language: string): boolean =>
  STATES.has(term) && before !== undefined
    ? BEFORE_STATE.has(before)
    : ![language, 'fr', 'en'].some((spoken) => isStopWord(term, spoken));
