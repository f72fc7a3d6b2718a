import { detectLanguage, stem, tokenize } from '#libs/text';
import { asksForSeveral } from './asks-for-several';
import { isContent } from './content-stems';
import { kindOf, type QuestionKind } from './question-kind';

/**
 * `asking` asks rather than names ("montant"), `verb` is what people phrase most freely, `name` is meant to the letter, and
 * `borrowed` comes from an earlier question.
 */
export type TermRole = 'asking' | 'verb' | 'name' | 'plain' | 'borrowed';

export interface Question {
  readonly kind: QuestionKind;
  /** Asks for all there are, or for a value of each. */
  readonly asksForSeveral: boolean;
  /** Content words, each once, in order. */
  readonly terms: readonly string[];
  /** Role of each term. */
  readonly roles: readonly TermRole[];
  readonly language: string;
}

/** Words that ask rather than name: an answer rarely repeats "montant" or "coûte", it gives the amount. */
const ASKING = new Set(
  (
    'appelle appellent situe situé située trouve trouvent existe existent signifie coûte coute coûtent dure durée date année jour moment nombre montant catégorie catégories ' +
    'nom lieu type sorte raison exemple façon manière definition définition different différents principal principale principaux passe arrive sert ' +
    'savoir veut dire changer modifier called named ' +
    'located mean means cost costs last lasts happen happens happened date year day number amount name place kind type reason example way many much long often ' +
    'main different category categories get need use used take want know change set find please does tell explain'
  ).split(' '),
);

/** What stands before the verb of a question: "puis-je déposer", "do I restore". */
const BEFORE_VERB = new Set(
  'je on tu nous vous il elle comment pour de faut-il faut dois peux i you we one to it they should can'.split(' '),
);
const FRENCH_INFINITIVE = /(?:er|ir|re|oir)$/u;
const STARTS_UPPER = /^[\p{Lu}\d]/u;

/**
 * @param text as the user wrote it
 * @param query what was searched for: the same, or more words when the question leans on earlier ones
 */
export const readQuestion = (text: string, query = text): Question => {
  const language = detectLanguage(query);
  const roles = new Map<string, TermRole>();
  const tokens = tokenize(text);
  const add = (term: string, before: string | undefined, role: () => TermRole) => {
    if (!roles.has(term) && isContent(term, before, language)) roles.set(term, role());
  };
  for (const [at, { term, start, end }] of tokens.entries()) {
    const before = tokens[at - 1]?.term;
    add(term, before, () => roleOf(term, text.slice(start, end), before, language));
  }
  for (const { term } of tokenize(query)) add(term, undefined, () => 'borrowed');
  const terms = { terms: [...roles.keys()], roles: [...roles.values()] };
  return { kind: kindOf(text), asksForSeveral: asksForSeveral(text), ...terms, language };
};

const roleOf = (term: string, written: string, before: string | undefined, language: string): TermRole => {
  if (ASKING.has(term)) return 'asking';
  if (STARTS_UPPER.test(written)) return before === undefined ? 'plain' : 'name';
  const followsSubject = before !== undefined && BEFORE_VERB.has(before);
  return followsSubject && (language !== 'fr' || FRENCH_INFINITIVE.test(term)) ? 'verb' : 'plain';
};

/** Stems of a question's terms by the rules of a source's language, so that both sides are cut alike. Same order and length as `terms`. */
export const stemsIn = ({ terms }: Question, language: string): string[] => terms.map((term) => stem(term, language));
