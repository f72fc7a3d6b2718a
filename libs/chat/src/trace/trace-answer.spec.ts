import { EXTRACTIVE_THRESHOLD, NO_ANSWER_TEXT } from '#libs/llm';
import type { RetrievalTrace } from '#libs/retrieval';

import type { FoundSources } from '../answering/source-finder';
import { traceAnswer } from './trace-answer';

const place = (at: number) => ({ documentId: `d${at}`, chunkId: `c${at}`, place: at, lostAt: null, lostTo: null });
const BEHIND = { ...place(4), place: null, lostAt: 'limit' };
const TRACE = { queries: [], candidates: [place(1), place(2), place(3), BEHIND] } as unknown as RetrievalTrace;
const SOURCES = [1, 2, 3].map((marker) => ({ marker, chunkId: `c${marker}` })) as unknown as FoundSources['sources'];
const FOUND: FoundSources = { sources: SOURCES, degraded: undefined, trace: TRACE };
const BY_MODEL = { text: 'Vingt-cinq jours [1].', provider: 'ollama', model: 'mistral' };
const SILENT = { text: NO_ANSWER_TEXT.fr, provider: 'builtin', model: 'extractive-v1' };
const WEAK = { confidence: 0.2 };

const fates = (trace: RetrievalTrace | undefined) =>
  trace?.candidates.map(({ place: at, lostAt }) => [at, lostAt ?? 'none']);

describe('the trace of an answer', () => {
  it('leaves what was handed on in its place, and gives the figures of the answer', () => {
    const trace = traceAnswer(FOUND, { ...BY_MODEL, contextUsed: { promptTokens: 9, windowTokens: 4_096 } }, WEAK);
    expect(trace?.candidates).toEqual(TRACE.candidates);
    expect(trace?.answer).toEqual({
      ...{ confidence: 0.2, threshold: null, passages: 3, model: 'ollama:mistral', windowTokens: 4_096 },
    });
  });

  it('names what the model had no room for, which stays among the sources shown', () => {
    const trace = traceAnswer(FOUND, { ...BY_MODEL, dropped: { sources: [2, 3], turns: 0 } }, WEAK);
    expect(fates(trace)).toEqual([
      [1, 'none'],
      [2, 'prompt'],
      [3, 'prompt'],
      [null, 'limit'],
    ]);
  });

  it('names what the settings of the collection left out', () => {
    const beside = { ...SOURCES[0]!, marker: 3, chunkId: 'n1', neighbourOf: 'c1' };
    const sources = [...SOURCES.slice(0, 2), beside];
    const trace = traceAnswer({ ...FOUND, sources, leftOut: ['c3', 'n3'] }, BY_MODEL, WEAK);
    expect(fates(trace)).toEqual([
      [1, 'none'],
      [2, 'none'],
      [null, 'passages'],
      [null, 'limit'],
    ]);
    expect(trace?.answer?.passages).toBe(2);
  });

  it('says that all of it was too weak to answer from', () => {
    const trace = traceAnswer({ ...FOUND, minConfidence: 0.5 }, SILENT, WEAK);
    expect(fates(trace)?.map(([, lostAt]) => lostAt)).toEqual(['threshold', 'threshold', 'threshold', 'limit']);
    expect(trace?.answer).toMatchObject({ confidence: 0.2, threshold: 0.5 });
  });

  it('knows the threshold of the extractive model, and that it may answer below it', () => {
    const silent = traceAnswer(FOUND, SILENT, WEAK);
    expect(silent?.answer?.threshold).toBe(EXTRACTIVE_THRESHOLD);
    expect(fates(silent)?.[0]).toEqual([1, 'threshold']);
    expect(fates(traceAnswer(FOUND, { ...SILENT, text: 'Vingt-cinq jours [1].' }, WEAK))?.[0]).toEqual([1, 'none']);
  });

  it('tells where the extractive model found no sentence that answers, however sure the passages are', () => {
    expect(fates(traceAnswer(FOUND, SILENT, { confidence: 0.9 }))?.[0]).toEqual([1, 'unanswered']);
    expect(fates(traceAnswer(FOUND, { ...BY_MODEL, text: SILENT.text }, WEAK))?.[0]).toEqual([1, 'none']);
  });

  it('is missing where nothing was searched', () => {
    expect(traceAnswer({ sources: [], degraded: undefined }, SILENT, WEAK)).toBeUndefined();
  });
});
