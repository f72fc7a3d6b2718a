import type { ChatUsage } from '#libs/llm';

/** Tokens of several calls for one answer. */
export const together = (one: ChatUsage, other?: ChatUsage): ChatUsage => ({
  promptTokens: one.promptTokens + (other?.promptTokens ?? 0),
  completionTokens: one.completionTokens + (other?.completionTokens ?? 0),
});
