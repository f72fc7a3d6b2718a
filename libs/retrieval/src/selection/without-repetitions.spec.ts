import { passage } from '#test/retrieval/passages';
import { withoutRepetitions } from './without-repetitions';

const texts = (...all: string[]) =>
  withoutRepetitions(all.map((text, at) => passage(`p${at}`, { text }))).kept.map(({ text }) => text);

describe('withoutRepetitions', () => {
  it('keeps the first of passages that say the same, whatever their spaces and capitals', () => {
    expect(texts('Le loyer est dû le 5.', 'le  loyer\nest dû le 5.', 'Autre chose.')).toEqual([
      'Le loyer est dû le 5.',
      'Autre chose.',
    ]);
  });

  it('keeps two versions of a rule', () => {
    const rules = ['Le délai est de 30 jours.', 'Le délai est de 45 jours.'];
    expect(texts(...rules)).toEqual(rules);
  });

  it('says which passage stands for the one that went', () => {
    const all = ['a', 'b'].map((key) => passage(key, { text: 'Le loyer est dû le 5.' }));
    expect(withoutRepetitions(all).losses).toEqual([{ key: 'b', stage: 'repetition', to: 'a' }]);
  });
});
