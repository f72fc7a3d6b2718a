import { embeddingText } from './embedding-text';

describe('embeddingText', () => {
  it('puts the title and the headings before the text', () => {
    expect(embeddingText('Guide', { headingPath: ['Congés', 'Durée'], text: 'Cinq semaines.' })).toBe(
      'Guide > Congés > Durée\n\nCinq semaines.',
    );
  });

  it('does not repeat a title that is also the first heading', () => {
    expect(embeddingText('Guide RH', { headingPath: ['GUIDE RH', 'Durée'], text: 'Cinq.' })).toBe(
      'Guide RH > Durée\n\nCinq.',
    );
  });

  it('is the text alone when nothing is known about it', () => {
    expect(embeddingText('', { headingPath: [], text: 'Seul.' })).toBe('Seul.');
  });
});
