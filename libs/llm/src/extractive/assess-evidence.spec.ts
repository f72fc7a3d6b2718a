import type { ChatSource } from '../chat-model';
import { assessEvidence } from './assess-evidence';
import { extractAnswer } from './extract-answer';

const source = (marker: number, text: string): ChatSource => ({ marker, title: 'Guide', text, score: 1 / marker });
const LEAVE = source(1, 'Les congés annuels sont de 25 jours ouvrés par an. La demande se dépose deux semaines avant.');
const NOTICE = source(
  2,
  'Le préavis est de trois mois pour les cadres. Les congés annuels sont de 25 jours ouvrés par an.',
);
const QUESTION = 'Combien de jours de congés annuels par an ?';

describe('the evidence of sources', () => {
  it('is more for a question they answer than for one they do not', () => {
    const sources = [LEAVE, NOTICE];
    const [answered, other] = [QUESTION, 'Où se trouve la piscine municipale de Lyon ?'].map(
      (question) => assessEvidence({ question, sources }).confidence,
    );
    expect(answered).toBeGreaterThan(0.7);
    expect(other).toBeLessThan(0.3);
  });

  it('names the nearest sentences at their places, best first, each once', () => {
    const { highlights } = assessEvidence({ question: QUESTION, sources: [LEAVE, NOTICE] });
    const told = highlights.map(({ marker, start, end }) => [LEAVE, NOTICE][marker - 1]!.text.slice(start, end));
    expect(told[0]).toBe('Les congés annuels sont de 25 jours ouvrés par an.');
    expect(new Set(told).size).toBe(told.length);
    expect(told.length).toBeLessThanOrEqual(3);
  });

  it('is none without sources', () => {
    expect(assessEvidence({ question: QUESTION, sources: [] })).toEqual({ confidence: 0, highlights: [] });
  });

  it('decides with a threshold whether the extractive model answers', () => {
    const input = { question: QUESTION, sources: [LEAVE] };
    const { confidence } = assessEvidence(input);
    expect(extractAnswer({ ...input, minConfidence: confidence - 0.01 })).not.toEqual([]);
    expect(extractAnswer({ ...input, minConfidence: confidence + 0.01 })).toEqual([]);
    const off = { question: 'Où se trouve la piscine municipale de Lyon ?', sources: [LEAVE] };
    expect(extractAnswer(off)).toEqual([]);
    expect(extractAnswer({ ...off, minConfidence: 0 })).not.toEqual([]);
  });
});
