import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { strToU8, zipSync } from 'fflate';

import { makeDocx, makePdf } from '#test/support/fixtures';
import { makePng } from '#test/support/pictures';

import { extractDocument } from './extract-document';
import { SUPPORTED_FORMATS } from './media-types';

const documentation = readFileSync(join(process.cwd(), 'docs', 'technical', 'formats.md'), 'utf8');
const office = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMESPACES = ['office', 'text', 'table', 'drawing', 'presentation']
  .map((name) => `xmlns:${name === 'drawing' ? 'draw' : name}="${office}:${name}:1.0"`)
  .join(' ');

/** A small OpenDocument file. */
const openDocument = (kind: string, body: string) =>
  zipSync({
    mimetype: [strToU8(`application/vnd.oasis.opendocument.${kind}`), { level: 0 }],
    'content.xml': strToU8(
      `<office:document-content ${NAMESPACES}><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    ),
  });
const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;

const locked = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(600),
  Buffer.from('EncryptedPackage', 'utf16le'),
]);

describe('docs/technical/formats.md', () => {
  it('tells what is read from every supported format, and of no other', () => {
    const rows = documentation.split('\n').flatMap((line) => /^\| `([a-z`, ]+)` +\| [A-Z]/.exec(line)?.[1] ?? []);
    const told = rows.flatMap((names) => names.split('`, `'));
    expect(told.sort()).toEqual([...SUPPORTED_FORMATS].sort());
  });

  it.each<[code: string, name: string, bytes: Uint8Array]>([
    ['document.empty', 'a.pdf', makePdf([' '])],
    ['document.empty', 'a.html', Buffer.from('<script>a()</script>')],
    ['document.encrypted', 'a.pdf', makePdf(['secret'], { encrypted: true })],
    ['document.encrypted', 'a.docx', locked],
    ['document.corrupt', 'a.pdf', Buffer.from('%PDF-1.7\nrien de plus')],
    ['document.corrupt', 'a.docx', makeDocx(['x']).subarray(0, 600)],
    ['document.corrupt', 'a.json', Buffer.from('{"a": ')],
    ['document.needs_ocr', 'a.pdf', makePdf([''])],
    ['document.needs_ocr', 'a.png', makePng({ width: 2, height: 2, pixels: new Uint8Array(4) })],
    ['document.unsupported_type', 'a.docx', zipSync({ 'a.txt': strToU8('x') })],
    ['document.too_complex', 'a.html', Buffer.from('<div>'.repeat(6_000))],
  ])('tells of the outcome %s, as of %s', async (code, name, bytes) => {
    await expect(extractDocument(bytes, name)).rejects.toMatchObject({ code });
    expect(documentation).toContain(`\`${code}\``);
  });
});

describe('a file of a format that the corpus has not', () => {
  it.each<[name: string, bytes: Uint8Array, text: string]>([
    ['a.rtf', Buffer.from("{\\rtf1\\ansi Cong\\'e9s pay\\'e9s.\\par Deux.}"), 'Congés payés.\n\nDeux.'],
    [
      'a.ods',
      openDocument(
        'spreadsheet',
        `<table:table table:name="Prix"><table:table-row>${cell('Nom')}${cell('Prix')}</table:table-row><table:table-row>${cell('Café')}${cell('2')}</table:table-row></table:table>`,
      ),
      'Prix\n\n| Nom | Prix |\n| --- | --- |\n| Café | 2 |',
    ],
    [
      'a.odp',
      openDocument(
        'presentation',
        '<draw:page draw:name="p1"><draw:frame><draw:text-box><text:p>Premier.</text:p></draw:text-box></draw:frame>' +
          '<presentation:notes><draw:frame><draw:text-box><text:p>À dire.</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>',
      ),
      'Premier.\n\nÀ dire.',
    ],
  ])('%s is read', async (name, bytes, text) => {
    expect((await extractDocument(bytes, name)).text).toBe(text);
  });
});
