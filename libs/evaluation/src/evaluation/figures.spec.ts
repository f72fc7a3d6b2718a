import { differenceOf, verdictOn, worseBy } from './compare-figures';
import type { AnswerFigures } from './figures';
import { judgeAnswer, type Expected, type GivenAnswer } from './judge-answer';
import { sumFigures } from './sum-figures';

const EXPECTED: Expected = {
  expectedDocumentIds: ['a'],
  expectedPassage: null,
  expectedAnswers: ['25 jours'],
  answerable: true,
};
const citation = (documentId: string) => ({
  ...{ marker: 1, documentId, chunkId: 'c', title: 't', quote: 'q', start: 0, end: 1, support: 1 },
  source: 'current' as const,
});
const given = (changes: Partial<GivenAnswer> = {}): GivenAnswer => ({
  ...{
    content: 'Vous avez 25\njours [1].',
    citations: [citation('a')],
    grounded: true,
    confidence: 0.9,
    unsupported: [],
  },
  timings: { retrievalMs: 10, firstTokenMs: 12, totalMs: 20 },
  ...changes,
});
const found = (...ids: string[]) => ids.map((documentId) => ({ documentId, text: `Les 25 jours de ${documentId}` }));
const right: AnswerFigures = judgeAnswer(EXPECTED, found('a'), given());

describe('an answer', () => {
  it('is judged by where the expected document stands, what it cites and what it holds', () => {
    const figures = judgeAnswer(EXPECTED, found('x', 'a'), given({ citations: [citation('a'), citation('x')] }));
    expect(figures).toMatchObject({
      ...{ rank: 2, isRanked: true, isAnswered: true, holdsGold: true, citations: 2, rightCitations: 1 },
      ndcg10: 1 / Math.log2(3),
    });
  });

  it('without an expected document is judged by the words of its passages', () => {
    const expected = { ...EXPECTED, expectedDocumentIds: [] };
    expect(judgeAnswer(expected, found('x'), given())).toMatchObject({ rank: 1, ndcg10: 1, rightCitations: null });
    const passage = { ...expected, expectedPassage: 'de y' };
    expect(judgeAnswer(passage, found('x', 'y'), given())).toMatchObject({ rank: 2 });
    const both = { ...EXPECTED, expectedPassage: 'introuvable' };
    expect(judgeAnswer(both, found('a'), given())).toMatchObject({ rank: null });
  });

  it('to a question that has none is judged by its silence alone', () => {
    const none = { ...EXPECTED, expectedDocumentIds: [], expectedAnswers: [], answerable: false };
    expect(judgeAnswer(none, found('a'), given())).toMatchObject({ isRanked: false, rank: null, holdsGold: null });
  });
});

describe('figures of a set', () => {
  it('count only what can be judged', () => {
    const unanswerable = {
      ...right,
      isRanked: false,
      rank: null,
      isAnswerable: false,
      holdsGold: null,
      rightCitations: null,
    };
    const figures = sumFigures([right, { ...right, rank: null, ndcg10: 0, holdsGold: false }, unanswerable]);
    expect(figures).toMatchObject({
      ...{ questions: 3, answerable: 2, hitAt1: 0.5, ndcgAt10: 0.5, meanReciprocalRank: 0.5, goldContained: 0.5 },
      ...{ citationPrecision: 1, coverage: 1, risk: 0.3333, totalMsP95: 20, suggestedMinConfidence: null },
    });
  });

  it('of nothing are nothing', () => {
    expect(sumFigures([])).toMatchObject({ questions: 0, hitAt1: null, ndcgAt10: null, coverage: 0, risk: 0 });
  });

  it('are worse when one that is guarded is, by more than the margin', () => {
    const before = sumFigures([right]);
    const worse = { ...before, ndcgAt10: 0.98, risk: 0.02, hitAt10: 0 };
    expect(worseBy(0.01, before, worse)).toEqual(['ndcgAt10', 'risk']);
    expect(worseBy(0.02, before, worse)).toEqual([]);
    expect(worseBy(0.01, before, { ...before, citationPrecision: null })).toEqual(['citationPrecision']);
    expect(differenceOf(before, worse)).toMatchObject({ ndcgAt10: -0.02, risk: 0.02, hitAt1: 0 });
  });

  it('tell which questions fare better and which worse', () => {
    expect(verdictOn(right, { ...right, rank: 2 })).toBe('worse');
    expect(verdictOn({ ...right, holdsGold: false }, right)).toBe('better');
    const silent = { ...right, isAnswerable: false, isAnswered: false };
    expect(verdictOn(silent, { ...silent, isAnswered: true })).toBe('worse');
    expect(verdictOn(right, right)).toBe('same');
  });
});
