import { readTable } from './read-table';

const read = (lines: readonly string[], title?: string) => {
  let end = -1;
  const spans = lines.map((line) => ({ start: end + 1, end: (end += line.length + 1) }));
  return readTable(lines.join('\n'), spans, title).map(({ row, group, above }) => ({
    ...{ line: row.line, above: above.join(', ') },
    ...{ header: group.header, notes: group.notes, columns: group.columns },
  }));
};

describe('the rows of a table', () => {
  it('stand below the names of its columns', () => {
    const header = '| machine | prix |';
    expect(read([header, '| --- | --- |', '| Fraiseuse | 12 euros |', '| Tour \\| bois | 9 euros |'])).toEqual([
      { line: '| Fraiseuse | 12 euros |', above: 'machine, prix', header, notes: [], columns: 2 },
      { line: '| Tour \\| bois | 9 euros |', above: 'machine, prix', header, notes: [], columns: 2 },
    ]);
  });

  it('of a spreadsheet stand below titles, units and names that begin with an empty corner, and again between rows', () => {
    const names = '|  | Ventes | Marge | Effectif |';
    const rows = read([
      '| 3. Résultats |  |  |  |',
      '| --- | --- | --- | --- |',
      '| En milliers d’euros |  |  | 2023 |',
      names,
      '| Zone Nord | 12 | -3 | 7 |',
      '| En milliers d’euros |  |  | 2022 |',
      names,
      '| Zone Nord | 11 | — | 6 |',
      '| (a) Les ventes entre zones sont comptées une fois. |  |  |  |',
    ]);
    expect(rows).toEqual([
      {
        ...{ line: '| Zone Nord | 12 | -3 | 7 |', header: names, columns: 4 },
        above: '3. Résultats, En milliers d’euros, 2023, Ventes, Marge, Effectif',
        notes: ['| En milliers d’euros |  |  | 2023 |'],
      },
      {
        ...{ line: '| Zone Nord | 11 | — | 6 |', header: names, columns: 4 },
        above: '3. Résultats, En milliers d’euros, 2022, Ventes, Marge, Effectif',
        notes: ['| En milliers d’euros |  |  | 2022 |'],
      },
      {
        ...{ line: '| (a) Les ventes entre zones sont comptées une fois. |  |  |  |', header: undefined, columns: 0 },
        ...{ above: '3. Résultats', notes: [] },
      },
    ]);
  });

  it('that continue a table know its first line from the heading of their passage', () => {
    expect(read(['| Zone Sud | 4 |'], '| Zone | Ventes |')).toEqual([
      { line: '| Zone Sud | 4 |', above: 'Zone, Ventes', header: undefined, notes: [], columns: 1 },
    ]);
  });

  it('may be words alone', () => {
    const rows = read(['| panne | remède |', '| --- | --- |', '| courroie | la resserrer |', '| | la changer |']);
    expect(rows.map(({ line }) => line)).toEqual(['| courroie | la resserrer |', '| | la changer |']);
  });
});
