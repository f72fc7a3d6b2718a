import fc from 'fast-check';

import { safeFilename, titleFromFilename } from './safe-filename';

describe('safeFilename', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['/etc/passwd', 'passwd'],
    ['....//....//x.pdf', 'x.pdf'],
    ['folder/', 'folder'],
    ['a\u0000.pdf', 'a.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie: x=1.pdf'],
    ['\u202egpj.exe.pdf', 'gpj.exe.pdf'],
    ['zero\u200bwidth\ufeff.txt', 'zerowidth.txt'],
    ['tag\u{e0041}.txt', 'tag.txt'],
    ['  spaces   inside .txt  ', 'spaces inside .txt'],
    ['', 'document'],
    ['.', 'document'],
    ['..', 'document'],
    ['///', 'document'],
    ['\u200b', 'document'],
    ['.htaccess', '.htaccess'],
    ['x.PDF ', 'x.PDF'],
    ['e\u0301te\u0301.txt', 'été.txt'],
    ['名前.docx', '名前.docx'],
    ['🦆.md', '🦆.md'],
    ['\ud800broken.txt', '\ufffdbroken.txt'],
    ['file:///etc/passwd', 'passwd'],
  ])('shows %j as %j', (name, shown) => {
    expect(safeFilename(name)).toBe(shown);
  });

  it('shortens a long name and keeps its extension', () => {
    const shown = safeFilename(`${'é'.repeat(400)}.docx`);
    expect(Array.from(shown)).toHaveLength(200);
    expect(shown.endsWith('é.docx')).toBe(true);
  });

  it('is never empty, has no separator, control or invisible character, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const shown = safeFilename(name);
        expect(shown).not.toBe('');
        expect(shown).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(Array.from(shown).length).toBeLessThanOrEqual(200);
        expect(safeFilename(shown)).toBe(shown);
      }),
    );
  });
});

describe('titleFromFilename', () => {
  it.each([
    ['guide.pdf', 'guide'],
    ['v1.2 notes.txt', 'v1.2 notes'],
    ['.htaccess', '.htaccess'],
    ['no extension', 'no extension'],
  ])('makes %j to %j', (filename, title) => {
    expect(titleFromFilename(filename)).toBe(title);
  });
});
