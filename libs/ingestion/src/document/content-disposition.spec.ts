import fc from 'fast-check';

import { attachmentDisposition } from './content-disposition';

describe('attachmentDisposition', () => {
  it('names the file for old clients and, exactly, for new ones', () => {
    expect(attachmentDisposition('l’été (1).pdf')).toBe(
      `attachment; filename="l_e_te_ (1).pdf"; filename*=UTF-8''l%E2%80%99%C3%A9t%C3%A9%20%281%29.pdf`,
    );
  });

  it('cannot be broken out of', () => {
    expect(attachmentDisposition('"; filename="evil.html')).toBe(
      `attachment; filename="__ filename=_evil.html"; filename*=UTF-8''%22%3B%20filename%3D%22evil.html`,
    );
  });

  it('is one line of ASCII whatever the name, and the name comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const header = attachmentDisposition(name);
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        const [, encoded = ''] = header.split("filename*=UTF-8''");
        expect(decodeURIComponent(encoded)).toBe(name.replaceAll(/[/\\]/g, '_'));
      }),
    );
  });
});
