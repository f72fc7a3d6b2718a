import fc from 'fast-check';

import { estimateTokens } from './token-counter';

describe('estimateTokens', () => {
  it.each([
    ['', 0],
    ['  \n\t\u00a0', 0],
    ['chat', 1],
    ['anticonstitutionnellement', 5],
    ['L’été, 2026 !', 7],
    ['東京都', 3],
    ['😀', 2],
  ])('counts %j as %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it('counts French prose at about one and a half tokens a word', () => {
    const text =
      'Le salarié a droit à un congé de deux jours et demi ouvrables par mois de travail effectif chez le même employeur. ' +
      'La durée totale du congé exigible ne peut excéder trente jours ouvrables.';
    const words = text.split(' ').length;
    expect(estimateTokens(text) / words).toBeGreaterThan(1.2);
    expect(estimateTokens(text) / words).toBeLessThan(1.7);
  });

  it('never counts the whole higher than its parts together', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(estimateTokens(a + b)).toBeLessThanOrEqual(estimateTokens(a) + estimateTokens(b));
      }),
    );
  });
});
