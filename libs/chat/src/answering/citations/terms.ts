import { isStopWord, stem, tokenize, type Token } from '#libs/text';

/** A content word of a statement. */
export interface StatementTerm {
  readonly stem: string;
  /** As written, in lower case. */
  readonly term: string;
  /** Written with a capital inside a sentence: a person, a place, a product. */
  readonly isName: boolean;
}

const CAPITAL = /^\p{Lu}/u;
/** What can stand before the first word of a sentence, where a capital says nothing. */
const OPENS_SENTENCE = /(?:^|[.!?:;…«»“”"‘([\]*_#>|\n•–—-])\s*$/u;

/** Stop words of both languages of the product: an answer may be written in another language than its source. */
const isContent = ({ term }: Token): boolean => !isStopWord(term, 'fr') && !isStopWord(term, 'en');

const contentTokens = (text: string): Token[] => tokenize(text).filter(isContent);

/** Stems of the content words of a passage. */
export const stemsOf = (text: string, language: string): Set<string> =>
  new Set(contentTokens(text).map(({ term }) => stem(term, language)));

/** Content words of a statement, each stem once, stemmed as its source is. */
export const statementTerms = (statement: string, language: string): StatementTerm[] => {
  const terms = new Map<string, StatementTerm>();
  for (const { term, start } of contentTokens(statement)) {
    const key = stem(term, language);
    const isName = CAPITAL.test(statement.slice(start)) && !OPENS_SENTENCE.test(statement.slice(0, start));
    terms.set(key, { stem: key, term, isName: isName || terms.get(key)?.isName === true });
  }
  return [...terms.values()];
};
