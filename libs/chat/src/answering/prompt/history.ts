import type { Locale } from '#libs/kernel';
import type { ChatTurn } from '#libs/llm';
import { detectLanguage, splitSentences } from '#libs/text';

import { neutralize } from './fence';
import { costOf, estimateTokens, truncateToTokens } from './token-estimate';

/** A question and the answer it got, oldest first in a history. */
export interface PastTurn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** The conversation so far, as much of it as there is room for. */
export interface CompressedHistory {
  /** The recent exchanges, each beginning with its question. */
  readonly turns: readonly ChatTurn[];
  /** One line for each older exchange, oldest first. */
  readonly lines: readonly string[];
  /** Turns that left no trace. */
  readonly dropped: number;
  /** Tokens of turns and lines together. */
  readonly cost: number;
}

/** The beginning of an old answer is enough to follow a conversation. */
const WHOLE_TOKENS = 300;
/** What is left of a turn some exchanges ago: its first sentences. */
const SHORT_TOKENS = 80;
/** What is left of one in a line. */
const LINE_TOKENS = 24;
/** Of the budget, by recency: turns as they were, then by their first sentences, then lines. */
const WHOLE_SHARE = 0.6;
const SHORT_SHARE = 0.85;

type Exchange = readonly PastTurn[];

/** Sentences from the beginning while they fit; a part of the first when not even that does. */
const firstSentences = (text: string, tokens: number): string => {
  const flat = text.replaceAll(/\s+/gu, ' ').trim();
  const [first, ...others] = splitSentences(flat, detectLanguage(flat));
  if (!first || estimateTokens(flat.slice(0, first.end)) > tokens) return truncateToTokens(flat, tokens);
  const last = others.findLast(({ end }) => estimateTokens(flat.slice(0, end)) <= tokens) ?? first;
  return flat.slice(0, last.end).trim();
};

const exchangesOf = (history: readonly PastTurn[]): Exchange[] => {
  const exchanges: PastTurn[][] = [];
  for (const turn of history) {
    if (turn.role === 'user') exchanges.push([turn]);
    // An answer without its question says nothing.
    else exchanges.at(-1)?.push(turn);
  }
  return exchanges;
};

/** With its end. */
const costOfLine = (line: string): number => estimateTokens(line) + 1;

const ANSWERED: Readonly<Record<Locale, string>> = { fr: 'réponse', en: 'answer' };

const lineOf = (exchange: Exchange, locale: Locale): string =>
  exchange
    .map(({ role, content }) => {
      const said = firstSentences(content, LINE_TOKENS);
      return role === 'user' ? `- ${said}` : `(${ANSWERED[locale]} : ${said})`;
    })
    .join(' ');

interface Packed<T> {
  /** Oldest first. */
  readonly kept: readonly T[];
  readonly rest: readonly Exchange[];
  readonly spent: number;
}

/** Takes exchanges, the newest first, while they fit. */
const pack = <T>(
  exchanges: readonly Exchange[],
  budget: number,
  shorten: (exchange: Exchange) => T,
  costOfKept: (kept: T) => number,
): Packed<T> => {
  const [rest, kept] = [exchanges.slice(), [] as T[]];
  let spent = 0;
  for (let next = rest.at(-1); next; next = rest.at(-1)) {
    const short = shorten(next);
    const cost = costOfKept(short);
    if (spent + cost > budget) break;
    spent += cost;
    kept.unshift(short);
    rest.pop();
  }
  return { kept, rest, spent };
};

const packTurns = (
  exchanges: readonly Exchange[],
  budget: number,
  shorten: (text: string) => string,
): Packed<readonly ChatTurn[]> =>
  pack(
    exchanges,
    budget,
    (exchange) => exchange.map(({ role, content }) => ({ role, content: shorten(content) })),
    (turns) => turns.reduce((sum, { content }) => sum + costOf(content), 0),
  );

const beginning = (text: string): string => truncateToTokens(text, WHOLE_TOKENS);
const gist = (text: string): string => firstSentences(text, SHORT_TOKENS);

const fold = (exchanges: readonly Exchange[], budget: number, locale: Locale): CompressedHistory => {
  const all = packTurns(exchanges, budget, beginning);
  if (all.rest.length === 0) return { turns: all.kept.flat(), lines: [], dropped: 0, cost: all.spent };
  const recent = packTurns(exchanges, budget * WHOLE_SHARE, beginning);
  const older = packTurns(recent.rest, budget * SHORT_SHARE - recent.spent, gist);
  const left = budget - recent.spent - older.spent;
  const oldest = pack(older.rest, left, (exchange) => lineOf(exchange, locale), costOfLine);
  return {
    turns: [...older.kept, ...recent.kept].flat(),
    lines: oldest.kept,
    dropped: oldest.rest.flat().length,
    cost: recent.spent + older.spent + oldest.spent,
  };
};

/**
 * The conversation in a budget, without asking any model: recent turns as they were, older ones by their first sentences, still
 * older ones a line each. Everything is left as it was while it fits.
 * @param history oldest first @param budget tokens
 */
export const compressHistory = (
  history: readonly PastTurn[],
  { nonce, budget, locale }: { readonly nonce: string; readonly budget: number; readonly locale: Locale },
): CompressedHistory => {
  const safe = history.map(({ role, content }) => ({ role, content: neutralize(content, nonce) }));
  const exchanges = exchangesOf(safe);
  const orphans = safe.length - exchanges.flat().length;
  const compressed = fold(exchanges, budget, locale);
  return { ...compressed, dropped: compressed.dropped + orphans };
};
