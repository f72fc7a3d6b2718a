import { extractDocument } from '../extract-document';

const textOf = async (content: string, name = 'a.json') => (await extractDocument(Buffer.from(content), name)).text;

describe('a JSON file', () => {
  it('becomes lines of path and value, what belongs together as a paragraph', async () => {
    const source = {
      name: 'Durand SA',
      sites: [
        { city: 'Lyon', open: true },
        { city: 'Nîmes', staff: 12 },
      ],
      note: null,
    };
    expect(await textOf(JSON.stringify(source))).toBe(
      'name: Durand SA\n\nsites[0].city: Lyon\nsites[0].open: true\n\nsites[1].city: Nîmes\nsites[1].staff: 12',
    );
  });

  it('keeps every digit of a number, and leaves pictures written as letters out', async () => {
    const picture = `data:image/png;base64,${'iVBORw0KGgo'.repeat(40)}`;
    expect(await textOf(`{"iban": 12345678901234567890, "rate": 0.10, "logo": "${picture}"}`)).toBe(
      'iban: 12345678901234567890\nrate: 0.10',
    );
  });

  it('may hold one value per line', async () => {
    expect(await textOf('{"id":1}\n{"id":2}\n', 'a.jsonl')).toBe('[0].id: 1\n\n[1].id: 2');
  });

  it('is damaged when it is cut short, and plain text when it never was JSON', async () => {
    await expect(textOf('{"a": {"b": "c"')).rejects.toMatchObject({ code: 'document.corrupt' });
    await expect(extractDocument(Buffer.from('Bonjour'), 'a.json')).resolves.toMatchObject({ mediaType: 'text/plain' });
  });

  it('is refused when it nests deeper than any data a person made', async () => {
    const deep = `${'['.repeat(5_000)}1${']'.repeat(5_000)}`;
    await expect(textOf(deep)).rejects.toMatchObject({ code: 'document.too_complex' });
  });
});
