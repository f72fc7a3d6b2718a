import { constraintMessage } from './constraint-messages';

describe('The text of a broken rule', () => {
  it('says that white space alone is nothing, and of any other pattern that the form is wrong', () => {
    expect(constraintMessage('matches', [/\S/u])).toEqual(constraintMessage('isNotEmpty'));
    expect(constraintMessage('matches', [/^\d+$/]).en).toBe('does not have the expected form');
  });

  it('names the limits, and keeps what its author wrote where we have no words', () => {
    expect(constraintMessage('isLength', [1, 5]).fr).toBe('doit compter de 1 à 5 caractères');
    expect(constraintMessage('isOdd', [], 'must be odd')).toEqual({ fr: 'must be odd', en: 'must be odd' });
  });
});
