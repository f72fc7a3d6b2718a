import { strToU8, zipSync } from 'fflate';

import { makeDocx, makePdf } from '#test/support/fixtures';

import { detectMediaType } from './detect-media-type';

const formatOf = async (bytes: Uint8Array, name: string) => (await detectMediaType(bytes, name)).format;

describe('detectMediaType', () => {
  it('believes the content, not the name', async () => {
    expect(await formatOf(makePdf(['Bonjour']), 'photo.png')).toBe('pdf');
    expect(await formatOf(makeDocx(['Bonjour']), 'notes.txt')).toBe('docx');
    expect(await formatOf(Buffer.from('Bonjour'), 'rapport.pdf')).toBe('txt');
  });

  it('finds a PDF whose header stands after some bytes of a broken transfer', async () => {
    expect(await formatOf(Buffer.concat([Buffer.from([0, 1, 2, 3, 0, 5, 6, 7, 0]), makePdf(['x'])]), 'a.pdf')).toBe(
      'pdf',
    );
  });

  it.each([
    ['lisez-moi.MD', '# Titre', 'md'],
    ['table.csv', 'a;b', 'csv'],
    ['page.htm', 'Bonjour', 'html'],
    ['sans-nom', '<!DOCTYPE html><p>Bonjour', 'html'],
    ['sans-nom', '<?xml version="1.0"?>\n<html><body>Bonjour</body></html>', 'html'],
    ['journal.log', 'ligne', 'txt'],
    ['bmw.txt', 'BMW fabrique des voitures.', 'txt'],
    ['id3.txt', 'ID3 est un algorithme.', 'txt'],
  ])('tells %s holding %j as %s', async (name, content, format) => {
    expect(await formatOf(Buffer.from(content), name)).toBe(format);
  });

  it.each([
    ['png', '89504e470d0a1a0a0000000d49484452'],
    ['jpg', 'ffd8ffe000104a46494600010100'],
    ['tiff', '49492a0008000000'],
    ['webp', '524946461a000000574542505650384c'],
    ['bmp', '424d3600000000000000360000002800'],
  ])('knows a picture by its first bytes: %s', async (format, start) => {
    expect(await formatOf(Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(64)]), 'a.txt')).toBe(format);
  });

  it('gives the media type of the format', async () => {
    expect(await detectMediaType(Buffer.from('x'), 'a.md')).toEqual({ format: 'md', mediaType: 'text/markdown' });
  });

  it.each([
    ['an archive that is no document', Buffer.from(zipSync({ 'a.txt': strToU8('x') })), 'faux.docx', 'zip'],
    ['a film', Buffer.from('000000206674797069736f6d0000020069736f6d69736f3261766331', 'hex'), 'a.txt', 'mp4'],
    ['binary data', Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 37) % 251)), 'a.txt', 'binary data'],
  ])('refuses %s and lists what it reads', async (_, bytes, name, detected) => {
    await expect(detectMediaType(bytes, name)).rejects.toMatchObject({
      code: 'document.unsupported_type',
      details: { detected, supported: expect.stringContaining('pdf, docx') as string },
    });
  });

  it('refuses an empty file and an office file behind a password by their own codes', async () => {
    const container = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    await expect(detectMediaType(container, 'a.docx')).rejects.toMatchObject({ code: 'document.encrypted' });
    await expect(detectMediaType(Buffer.alloc(0), 'a.docx')).rejects.toMatchObject({ code: 'document.empty' });
  });
});
