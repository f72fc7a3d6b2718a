import fc from 'fast-check';

import { adjoining, isCutOff, MOST_CHARACTERS, type Stretch } from './adjoining';

const SENTENCES = [
  'Le télétravail est ouvert à tous.',
  'La demande se fait par écrit.',
  'Le refus est motivé sous quinze jours.',
  'Les frais sont remboursés chaque mois.',
  'Le matériel reste la propriété de la société.',
  'Il est rendu à la fin du contrat.',
] as const;
const DOCUMENT = SENTENCES.join(' ');

/** Sentences `from` to `to` of the document, `to` exclusive. */
const stretch = (from: number, to: number): Stretch => {
  const text = SENTENCES.slice(from, to).join(' ');
  const start = DOCUMENT.indexOf(text);
  return { start, end: start + text.length, text };
};

describe('adjoining', () => {
  it('goes on where the passage ends, without the sentence both hold', () => {
    expect(adjoining(stretch(0, 3), stretch(2, 5), 'fr')).toEqual(stretch(3, 5));
  });

  it('begins before the passage, without the sentence both hold', () => {
    expect(adjoining(stretch(2, 5), stretch(0, 3), 'fr')).toEqual(stretch(0, 2));
  });

  it('is nothing where the neighbour says nothing of its own', () => {
    expect(adjoining(stretch(0, 4), stretch(2, 4), 'fr')).toBeUndefined();
  });

  it('takes the rows of a table that goes on, whole ones, as many as there is room for', () => {
    const row = (number: number): string => `| Mois ${number} | ${'9'.repeat(90)} |`;
    const rows = Array.from({ length: 20 }, (_, number) => row(number));
    const table = rows.join('\n');
    const taken = adjoining(
      { start: 0, end: 100, text: '' },
      { start: 101, end: 101 + table.length, text: table },
      'fr',
    );
    expect(taken?.text.split('\n')).toEqual(rows.slice(0, taken?.text.split('\n').length));
    expect(taken?.text.length).toBeGreaterThan(MOST_CHARACTERS - row(1).length);
  });

  it('takes nothing of a sentence that is longer than there is room for', () => {
    const long = `${'mot '.repeat(MOST_CHARACTERS / 4)}fin.`;
    expect(adjoining({ start: 0, end: 10, text: '' }, { start: 11, end: 11 + long.length, text: long }, 'fr')).toBe(
      undefined,
    );
  });

  it('is always a stretch of the document that adjoins the passage, repeats nothing and is short', () => {
    const paragraph = Array.from(
      { length: 60 },
      (_, at) => `${SENTENCES[at % SENTENCES.length] ?? ''}${at % 7 ? ' ' : '\n\n'}`,
    );
    const text = paragraph.join('');
    const starts = paragraph.map((_, at) => paragraph.slice(0, at).join('').length);
    const part = (from: number, to: number): Stretch => {
      const [start = 0, end = text.length] = [starts[from], starts[to]];
      const trimmed = text.slice(start, end).trimEnd();
      return { start, end: start + trimmed.length, text: trimmed };
    };
    const cuts = fc.tuple(fc.nat(20), fc.integer({ min: 21, max: 40 }), fc.integer({ min: 42, max: 59 }), fc.nat(1));
    fc.assert(
      fc.property(cuts, fc.boolean(), ([from, cut, to, overlap], isBehind) => {
        const [first, second] = [part(from, cut), part(cut - overlap, to)];
        const [passage, neighbour] = isBehind ? [first, second] : [second, first];
        const taken = adjoining(passage, neighbour, 'fr');
        expect(taken).toBeDefined();
        if (!taken) return;
        expect(text.slice(taken.start, taken.end)).toBe(taken.text);
        expect(taken.text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
        const between = isBehind ? text.slice(passage.end, taken.start) : text.slice(taken.end, passage.start);
        expect(between.trim()).toBe('');
        expect(isBehind ? taken.start >= passage.end : taken.end <= passage.start).toBe(true);
      }),
    );
  });
});

describe('isCutOff', () => {
  it('tells a section that goes on from another one', () => {
    const besideHeadingPath = ['Congés', 'Durée'];
    expect(isCutOff({ besideHeadingPath, headingPath: ['Congés', 'Durée'] })).toBe(true);
    expect(isCutOff({ besideHeadingPath, headingPath: ['Congés', 'Report'] })).toBe(false);
    expect(isCutOff({ besideHeadingPath, headingPath: ['Congés'] })).toBe(false);
  });

  it('takes a table that goes on under its repeated header row for the same section', () => {
    expect(isCutOff({ besideHeadingPath: ['Ventes'], headingPath: ['Ventes', '| Mois | Total |'] })).toBe(true);
  });
});
