import fc from 'fast-check';

import { compressHistory, type PastTurn } from './history';
import { estimateTokens } from './token-estimate';

const NONCE = '7c1b9a440f6d';
const compress = (history: readonly PastTurn[], budget: number) =>
  compressHistory(history, { nonce: NONCE, budget, locale: 'fr' });

const exchange = (number: number): PastTurn[] => [
  { role: 'user', content: `Question ${number} sur les congés annuels ?` },
  {
    role: 'assistant',
    content: `Réponse ${number} tient en peu de mots. ${'Puis elle donne un long détail de la règle. '.repeat(8)}`,
  },
];
const conversation = (exchanges: number): PastTurn[] =>
  Array.from({ length: exchanges }, (_, n) => exchange(n + 1)).flat();

describe('compressing a conversation', () => {
  it('leaves one that fits as it is', () => {
    const history = conversation(2);
    expect(compress(history, 10_000)).toMatchObject({ turns: history, lines: [], dropped: 0 });
  });

  it('keeps recent turns, the first sentences of older answers and a line of the oldest', () => {
    const { turns, lines, dropped } = compress(conversation(8), 800);
    expect(turns.at(-1)!.content).toContain('un long détail');
    expect(turns[0]!.role).toBe('user');
    const short = turns.filter(({ role, content }) => role === 'assistant' && content.length < 250);
    expect(short.length).toBeGreaterThan(0);
    expect(short[0]!.content).toMatch(/^Réponse \d tient en peu de mots\./);
    expect(lines[0]).toBe('- Question 1 sur les congés annuels ? (réponse : Réponse 1 tient en peu de mots.)');
    expect(dropped).toBe(0);
    expect(turns.length / 2 + lines.length).toBe(8);
  });

  it('tells how many turns left no trace', () => {
    const { turns, lines, dropped } = compress(conversation(40), 600);
    expect(lines.length).toBeGreaterThan(0);
    expect(dropped).toBe(80 - turns.length - 2 * lines.length);
    expect(dropped).toBeGreaterThan(0);
  });

  it('has no use for an answer without its question', () => {
    expect(compress([{ role: 'assistant', content: 'Seule.' }, ...exchange(1)], 10_000)).toMatchObject({
      turns: [{ content: 'Question 1 sur les congés annuels ?' }, {}],
      dropped: 1,
    });
  });

  it('never costs more than its budget, loses no turn uncounted, and says the same each time', () => {
    const turn = fc.record({
      role: fc.constantFrom('user' as const, 'assistant' as const),
      content: fc.string({ maxLength: 3_000 }),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 20 }), fc.integer({ min: 0, max: 3_000 }), (history, budget) => {
        const compressed = compress(history, budget);
        const texts = [...compressed.turns.map(({ content }) => content), ...compressed.lines];
        expect(compressed.cost).toBeLessThanOrEqual(budget);
        expect(texts.reduce((sum, text) => sum + estimateTokens(text), 0)).toBeLessThanOrEqual(compressed.cost);
        expect(compressed.turns.length + compressed.dropped).toBeLessThanOrEqual(history.length);
        if (compressed.lines.length === 0) expect(compressed.turns.length + compressed.dropped).toBe(history.length);
        expect(compressed.turns[0]?.role ?? 'user').toBe('user');
        expect(compress(history, budget)).toEqual(compressed);
      }),
      { numRuns: 100 },
    );
  });
});
