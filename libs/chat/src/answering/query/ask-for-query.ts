import { foldAccents, tokenize } from '#libs/text';
import type { ChatModel, ChatTurn, ChatUsage } from '#libs/llm';

/** What a model made of a question; undefined for the query when it was of no use. */
export interface QueryByModel {
  readonly query: string | undefined;
  readonly usage: ChatUsage;
}

const NO_USAGE: ChatUsage = { promptTokens: 0, completionTokens: 0 };
/** A question is a sentence. */
const MOST_TOKENS = 80;
const MOST_CHARACTERS = 300;
/** Earlier questions the model is shown. */
const MOST_QUESTIONS = 4;
/** Of each: a pasted page is no question. */
const MOST_CHARACTERS_SHOWN = 500;

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim().slice(0, MOST_CHARACTERS_SHOWN);

const WRITE_ALONE =
  'Rewrite the last question so that it can be understood without the ones before it. Keep its language and its meaning; do not answer it. Reply with the rewritten question only, on one line.';

/** Only what the asker wrote: answers quote documents, and documents must have no say in what is searched for. */
export const rewriteTurns = (question: string, previous: readonly string[]): ChatTurn[] => [
  { role: 'system', content: WRITE_ALONE },
  {
    role: 'user',
    content: [...previous.slice(0, MOST_QUESTIONS).toReversed(), question]
      .map((asked, at, all) => `${at === all.length - 1 ? 'Last question' : 'Question'}: ${oneLine(asked)}`)
      .join('\n'),
  },
];

/** @param language in English, such as `French` */
export const translateTurns = (query: string, language: string): ChatTurn[] => [
  {
    role: 'system',
    content: `Translate the question into ${language} for a search in documents. Do not answer it. Reply with the translation only, on one line.`,
  },
  { role: 'user', content: oneLine(query) },
];

/** The first line with words, without quotes around it or a label before it; undefined for what cannot be a question. */
const asQuery = (text: string): string | undefined => {
  const line = text.split('\n').find((each) => tokenize(each).length > 0);
  const query = line
    ?.replace(/^[^:?]{0,30}:\s+/u, '')
    .replace(/^[\s"'«“*_-]+|[\s"'»”*_]+$/gu, '')
    .trim();
  return query && query.length <= MOST_CHARACTERS && tokenize(query).length > 0 ? query : undefined;
};

/** Small models sometimes repeat what they were told to do instead of doing it. */
const repeatsOrders = (query: string, turns: readonly ChatTurn[]): boolean =>
  turns.some(({ role, content }) => role === 'system' && content.includes(query));

/**
 * Asks a model for a query. Never throws: a model that is slow, down or talks nonsense has nothing to say.
 * @param signal ends the call, by time or because nobody waits any more
 */
export const askForQuery = async (
  model: ChatModel,
  turns: readonly ChatTurn[],
  locale: 'fr' | 'en',
  signal: AbortSignal,
): Promise<QueryByModel> => {
  let text = '';
  let usage = NO_USAGE;
  try {
    const request = { turns, question: '', sources: [], locale, signal };
    for await (const event of model.stream({ ...request, style: { temperature: 0, maxTokens: MOST_TOKENS } })) {
      if (event.type === 'end') ({ usage } = event);
      else text += event.text;
      // A model that does not stop by itself is not waited for.
      if (text.length > MOST_CHARACTERS * 2) break;
    }
    const query = asQuery(text);
    return { query: query !== undefined && repeatsOrders(query, turns) ? undefined : query, usage };
  } catch {
    return { query: undefined, usage };
  }
};

const wordsOf = (text: string): Set<string> =>
  new Set(tokenize(text).flatMap(({ term }) => (term.length > 3 ? foldAccents(term).slice(0, 5) : [])));

/** Whether a rewritten question still speaks of what was asked: a model that answers, or repeats its orders, does not. */
export const speaksOf = (rewritten: string, asked: readonly string[]): boolean => {
  const known = wordsOf(asked.join(' '));
  const words = [...wordsOf(rewritten)];
  return words.length > 0 && words.filter((word) => known.has(word)).length * 2 >= words.length;
};
