import fc from 'fast-check';

import { makePdf } from '#test/support/fixtures';

import { extractDocument } from '../extract-document';
import { findTables } from './find-tables';
import { type PdfLine } from './pdf-line';

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly bold?: boolean;
}

const show = ({ x, y, text, bold = false }: Placed) =>
  `BT /${bold ? 'F2' : 'F1'} 10 Tf ${String(x)} ${String(y)} Td (${text}) Tj ET\n`;
const read = async (words: readonly Placed[]): Promise<string> =>
  (await extractDocument(makePdf([{ content: words.map(show).join('') }]), 'a.pdf')).text;

/** Rows of words at given places, 20 points apart. */
const grid = (places: readonly number[], rows: readonly (readonly string[])[], step = 20): Placed[] =>
  rows.flatMap((row, at) => row.map((text, column) => ({ x: places[column] ?? 0, y: 700 - at * step, text })));

const ACCESS = [
  ['Equipement', 'Lignes', 'Part'],
  ['Rampe', '260', '70,46 %'],
  ['Annonce sonore', '318', '86,17 %'],
];
const MARKDOWN = '| Equipement | Lignes | Part |\n| --- | --- | --- |\n| Rampe | 260 | 70,46 % |\n| Annonce sonore | 318 | 86,17 % |'; // prettier-ignore

const line = (text: string, left: number, baseline: number, width = text.length * 5): PdfLine => ({
  ...{ text, left, right: left + width, baseline, size: 10, bold: false },
});

describe('a table of a PDF', () => {
  it('is found by its columns and written as Markdown, between the paragraphs around it', async () => {
    const around = [
      { x: 60, y: 760, text: 'Le tableau des lignes :' },
      { x: 60, y: 600, text: 'Les chiffres sont ceux de 2015.' },
    ];
    const text = await read([around[0]!, ...grid([60, 220, 400], ACCESS), around[1]!]);
    expect(text).toBe(`Le tableau des lignes :\n\n${MARKDOWN}\n\nLes chiffres sont ceux de 2015.`);
  });

  it('is found where its cells end or are centered under one another', async () => {
    const right = ACCESS.map(([name = '', ...rest], row) => [
      { x: 60, y: 700 - row * 20, text: name },
      ...rest.map((text, at) => ({ x: 300 + at * 100 - text.length * 5, y: 700 - row * 20, text })),
    ]);
    expect(await read(right.flat())).toBe(MARKDOWN);
  });

  it('may lack cells, and have cells of two lines', async () => {
    const rows = grid([60, 220, 400], [['Nom', 'Objet', 'Prix'], ['Bail', 'Location', '700'], ['Don', '', '30'], ['Prêt', 'Achat', '5']]); // prettier-ignore
    const full = rows.filter(({ text }) => text !== '');
    const second = { x: 220, y: 669, text: 'du local' };
    const place = full.findIndex(({ text }) => text === 'Don');
    const text = await read([...full.slice(0, place), second, ...full.slice(place)].map((word) => ({ ...word, text: word.text.replace('ê', 'e') }))); // prettier-ignore
    expect(text.split('\n').slice(2)).toEqual(['| Bail | Location du local | 700 |', '| Don |  | 30 |', '| Pret | Achat | 5 |']); // prettier-ignore
  });

  it('is found below a title that spans its columns', async () => {
    const title = [{ x: 100, y: 720, text: 'Accessibilite des lignes du reseau de surface' }, { x: 420, y: 720, text: 'en 2015' }]; // prettier-ignore
    expect(await read([...title, ...grid([60, 220, 400], ACCESS)])).toContain(MARKDOWN);
  });

  it('of two columns has amounts, or a head in bold', async () => {
    const pairs = [['Poste', 'Montant'], ['Loyer', '700'], ['Gaz', '1 200,50']]; // prettier-ignore
    expect(await read(grid([60, 300], pairs))).toContain('| Loyer | 700 |');
    const words = grid([60, 300], [['Sigle', 'Sens'], ['CE', 'Comite'], ['RH', 'Ressources']]); // prettier-ignore
    expect(await read(words)).not.toContain('|');
    expect(await read(words.map((word) => ({ ...word, bold: word.y === 700 })))).toContain('| RH | Ressources |');
  });

  it.each([
    ['two rows', grid([60, 220, 400], ACCESS.slice(0, 2))],
    ['a list with indented items', grid([60, 90], [['1.', 'Ouvrir le compte'], ['2.', 'Lire le guide'], ['3.', 'Signer']])], // prettier-ignore
    [
      'a list with bullets',
      grid(
        [60, 90],
        [
          ['-', '12'],
          ['-', '14'],
          ['-', '18'],
        ],
      ),
    ],
    [
      'contents',
      grid(
        [60, 500],
        [
          ['Introduction', '3'],
          ['Les faits', '7'],
          ['Les suites', '12'],
        ],
      ),
    ],
    ['numbered contents', grid([60, 100, 500], [['1', 'Introduction', '3'], ['1.1', 'Les faits', '7'], ['2', 'Suites', '12']])], // prettier-ignore
    ['contents with dots', grid([60, 200, 500], [['Introduction', '. . . . . . . .', '3'], ['Faits', '. . . . . . . .', '7'], ['Suites', '. . . . . . . .', '2']])], // prettier-ignore
    ['words that do not stand under one another', [[60, 220, 400], [80, 260, 330], [60, 200, 370]].flatMap((places, at) => grid(places, [['un', 'deux', 'trois']]).map((word) => ({ ...word, y: 700 - at * 20 })))], // prettier-ignore
    ['prose in two columns', grid([60, 320], Array.from({ length: 8 }, () => ['les agents remettent chaque matin un compte', 'rendu de leur visite au chef du service qui']), 12)], // prettier-ignore
  ])('is not seen in %s', async (_, words) => {
    expect(await read(words)).not.toContain('| --- |');
  });

  it('is read again as it was set, whatever its words and widths', async () => {
    const word = fc.stringMatching(/^[a-z]{2,9}$/);
    const table = fc
      .tuple(fc.integer({ min: 3, max: 5 }), fc.integer({ min: 3, max: 9 }))
      .chain(([columns, rows]) => fc.array(fc.array(word, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })); // prettier-ignore
    const gaps = fc.array(fc.integer({ min: 10, max: 40 }), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, gaps, (rows, wide) => {
        const places = wide.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 20) + 50 + gap], [60]);
        const lines = grid(places, rows, 15).map(({ text, x, y }) => line(text, x, y));
        expect(findTables(lines)).toEqual([{ lines, rows }]);
        return Promise.resolve();
      }),
      { numRuns: 50 },
    );
  });

  it('takes no line away, adds none and keeps their order, wherever they stand', () => {
    const anyLine = fc.record({ text: fc.stringMatching(/^[a-z0-9.]{1,6}( [a-z]{1,6})?$/), x: fc.integer({ min: 0, max: 12 }), y: fc.integer({ min: 0, max: 20 }) }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), (placed) => {
        const lines = placed.map(({ text, x, y }) => line(text, x * 45, 700 - y * 12));
        const parts = findTables(lines);
        expect(parts.flatMap((part) => part.lines)).toEqual(lines);
        const told = parts.flatMap(({ rows, lines: own }) => rows?.flat() ?? own.map(({ text }) => text)).join(' ');
        const letters = (text: string) => Array.from(text.replaceAll(' ', '')).toSorted();
        expect(letters(told)).toEqual(letters(lines.map(({ text }) => text).join('')));
      }),
    );
  });

  it('is not looked for in a page that nobody could read', () => {
    const lines = Array.from({ length: 1_001 }, (_, at) => line('x', (at % 5) * 60, 700 - Math.floor(at / 5)));
    expect(findTables(lines)).toEqual([{ lines }]);
  });
});
