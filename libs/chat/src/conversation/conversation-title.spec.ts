import { titleOf } from './conversation-title';

describe('the title of a conversation', () => {
  it('is its first question on one line', () => {
    expect(titleOf('  Combien de jours\n de congés ? ')).toBe('Combien de jours de congés ?');
  });

  it('is cut between words when the question is long', () => {
    const title = titleOf(
      'Quel est le délai de préavis pour un cadre qui a plus de deux ans d’ancienneté dans la société ?',
    );
    expect(title).toBe('Quel est le délai de préavis pour un cadre qui a plus de deux ans d’ancienneté…');
    expect(titleOf('a'.repeat(200))).toBe(`${'a'.repeat(80)}…`);
  });

  it('never ends in half a character', () => {
    expect(titleOf(`${'a'.repeat(79)}😀😀`).isWellFormed()).toBe(true);
  });
});
