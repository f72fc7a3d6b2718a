import { fetchedFilename } from './fetched-filename';

const nameOf = (url: string, type?: string, disposition?: string): string =>
  fetchedFilename({ url: new URL(url), headers: { 'content-type': type, 'content-disposition': disposition } });

describe('fetchedFilename', () => {
  it.each([
    ['https://exemple.fr/', 'text/html', 'exemple.fr.html'],
    ['https://exemple.fr/', undefined, 'exemple.fr'],
    ['https://exemple.fr/a/guide/', 'text/html; charset=utf-8', 'guide.html'],
    ['https://exemple.fr/guide.htm', 'text/html', 'guide.htm'],
    ['https://exemple.fr/guide.php?x=1', 'TEXT/HTML', 'guide.php.html'],
    ['https://exemple.fr/readme.md', 'text/plain', 'readme.md'],
    ['https://exemple.fr/readme.md', 'text/html', 'readme.md.html'],
    ['https://exemple.fr/readme', 'text/markdown', 'readme.md'],
    ['https://exemple.fr/liste', 'text/csv;header=present', 'liste.csv'],
    ['https://exemple.fr/r%C3%A8gle%201.pdf', 'application/pdf', 'règle 1.pdf'],
    ['https://exemple.fr/100%25%ZZ', undefined, '100%25%ZZ'],
  ])('of %s as %s is %s', (url, type, name) => {
    expect(nameOf(url, type)).toBe(name);
  });

  it.each([
    ['attachment; filename="bilan 2026.pdf"', 'bilan 2026.pdf'],
    ['attachment; filename=bilan.pdf', 'bilan.pdf'],
    [`attachment; filename="b.pdf"; filename*=UTF-8''bilan%20%C3%A9t%C3%A9.pdf`, 'bilan été.pdf'],
    ['attachment', 'x'],
    ['attachment; filename=""', 'x'],
  ])('follows the server that says %s', (disposition, name) => {
    expect(nameOf('https://exemple.fr/x', undefined, disposition)).toBe(name);
  });
});
