/**
 * Characters per token, on the safe side: multilingual tokenizers take 3.3 (French) to 4.2 (English) on prose and about 2.5 on
 * tables and code. Estimated because each model has its own tokenizer.
 */
const CHARACTERS_PER_TOKEN = 3;
/** Scripts without spaces take about one token per character. */
const DENSE = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]/g;

export const estimateTokens = (text: string): number => {
  const dense = text.match(DENSE)?.length ?? 0;
  return Math.ceil((text.length - dense) / CHARACTERS_PER_TOKEN) + dense;
};

/** The beginning of a text that fits, cut between words. */
export const truncateToTokens = (text: string, tokens: number): string => {
  const needed = estimateTokens(text);
  if (needed <= tokens) return text;
  const room = Math.max(0, Math.floor((tokens * text.length) / needed));
  return text.slice(0, room).replace(/\S*$/u, '').trimEnd();
};

/** Role and separators each turn or fence costs, with a nonce of a dozen characters on two lines. */
const OVERHEAD_TOKENS = 24;

/** Tokens of a text as a turn or between fences. */
export const costOf = (text: string): number => estimateTokens(text) + OVERHEAD_TOKENS;
