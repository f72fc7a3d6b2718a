import { EXTRACTIVE_THRESHOLD, NO_ANSWER_TEXT } from '#libs/llm';
import type { LossStage, RetrievalTrace } from '#libs/retrieval';

import type { Draft } from '../answering/draft-answer';
import type { FoundSources } from '../answering/source-finder';

type Written = Pick<Draft, 'text' | 'provider' | 'model' | 'contextUsed' | 'dropped'>;

const NO_ANSWERS: readonly string[] = Object.values(NO_ANSWER_TEXT);

/** Below it nothing is answered; null where a model that writes decides by itself. */
const thresholdOf = ({ minConfidence }: FoundSources, { provider }: Written): number | null =>
  minConfidence ?? (provider === 'builtin' ? EXTRACTIVE_THRESHOLD : null);

/** Why nothing was answered from what was handed on; undefined where something was, or where a model said so in its own words. */
const silenceOf = (
  threshold: number | null,
  confidence: number,
  { text, provider }: Written,
): 'threshold' | 'unanswered' | undefined => {
  // The extractive model may find one sure sentence among uncertain ones: what it said decides.
  if (!NO_ANSWERS.includes(text)) return undefined;
  if (threshold !== null && confidence < threshold) return 'threshold';
  return provider === 'builtin' ? 'unanswered' : undefined;
};

/** Where each passage found was lost in an answer, by its chunk. */
const lossesOf = (
  { sources, leftOut = [] }: FoundSources,
  { dropped }: Written,
  silence: LossStage | undefined,
): ReadonlyMap<string, LossStage> => {
  const unread = new Set(dropped?.sources);
  const handedOn = sources.flatMap(({ marker, chunkId }): [string, LossStage][] => {
    if (silence) return [[chunkId, silence]];
    return unread.has(marker) ? [[chunkId, 'prompt']] : [];
  });
  return new Map([...leftOut.map((chunkId): [string, LossStage] => [chunkId, 'passages']), ...handedOn]);
};

/**
 * The trace of a search, with what became of its passages in the answer. One that was handed on keeps its place: the message
 * shows it among its sources, whether or not the model had room to read it.
 * @param found as it was handed on, its trace that of the search alone
 */
export const traceAnswer = (
  found: FoundSources,
  written: Written,
  { confidence }: { readonly confidence: number },
): RetrievalTrace | undefined => {
  const { trace, sources } = found;
  if (!trace) return undefined;
  const threshold = thresholdOf(found, written);
  const losses = lossesOf(found, written, silenceOf(threshold, confidence, written));
  const candidates = trace.candidates.map((candidate) => {
    const lostAt = candidate.place === null ? undefined : losses.get(candidate.chunkId);
    if (lostAt === undefined) return candidate;
    return { ...candidate, lostAt, place: lostAt === 'passages' ? null : candidate.place };
  });
  const { provider, model, contextUsed } = written;
  const windowTokens = contextUsed?.windowTokens ?? null;
  const passages = sources.filter(({ neighbourOf }) => neighbourOf === undefined).length;
  const answer = { confidence, threshold, passages, model: `${provider}:${model}`, windowTokens };
  return { ...trace, candidates, answer };
};
