import { decodeText } from './decode-text';

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('decodeText', () => {
  const text = 'Été à Nîmes : « déjà vu »\nligne deux';

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE with a byte order mark', swapped(`\ufeff${text}`)],
    ['UTF-16 LE without one', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE without one', swapped(text)],
    ['Windows-1252', Buffer.from(text, 'latin1')],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it('reads the characters Windows-1252 has and Latin-1 has not', () => {
    expect(decodeText(Buffer.from([0x6c, 0x92, 0x9c, 0x75, 0x66, 0x20, 0x80]))).toBe('l’œuf €');
  });

  it('takes a little damage for damage, not for another encoding', () => {
    const bytes = Buffer.concat([Buffer.from('é'.repeat(50)), Buffer.from([0xff]), Buffer.from('é'.repeat(50))]);
    expect(decodeText(bytes)).toBe(`${'é'.repeat(50)}\ufffd${'é'.repeat(50)}`);
  });

  it('follows the encoding a file declares, unless nobody knows it', () => {
    expect(decodeText(Buffer.from([0xcf, 0xf0, 0xe8]), 'windows-1251')).toBe('При');
    expect(decodeText(Buffer.from('été'), 'no-such-charset')).toBe('été');
  });
});
