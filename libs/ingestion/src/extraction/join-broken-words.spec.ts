import { joinBrokenWords } from './join-broken-words';

describe('joinBrokenWords', () => {
  it('joins a word that the text writes unbroken elsewhere', () => {
    expect(joinBrokenWords('La préci-\n  sion du texte.\nUne Précision.')).toBe(
      'La précision\n du texte.\nUne Précision.',
    );
  });

  it('keeps a hyphen that belongs to the word', () => {
    expect(joinBrokenWords('Un sous-\nensemble.\nLe sous-ensemble.')).toBe('Un sous-ensemble\n.\nLe sous-ensemble.');
  });

  it('leaves alone what nothing proves', () => {
    const text = 'Prix : dix-\nhuit euros\n- un\n- deux\n12-\n13';
    expect(joinBrokenWords(text)).toBe(text);
  });
});
