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

  /** The bytes of a text in a single-byte character set, found by asking the decoder for each of the 256. */
  const encode = (text: string, encoding: string): Uint8Array => {
    const decoder = new TextDecoder(encoding);
    const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    return Uint8Array.from(text, (letter) => bytes.get(letter) ?? Number.NaN);
  };

  const POLISH =
    'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są obdarzeni rozumem i sumieniem ' +
    'i powinni postępować wobec innych w duchu braterstwa, bez względu na różnice języka, płci, wyznania.';
  const GREEK = 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.';
  const TURKISH = 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler.';
  const RUSSIAN = 'Все люди рождаются свободными и равными в своем достоинстве и правах.';
  const GERMAN = 'Alle Menschen sind frei und gleich an Würde und Rechten geboren, begabt mit der Fähigkeit für Größe.';

  it.each([
    ['iso-8859-1', 'Les salariés ont droit à des congés payés, après un délai d’un an'.replace('’', "'")],
    ['iso-8859-1', GERMAN],
    ['windows-1252', 'L’été dernier, les employés ont déménagé à Nîmes : « déjà vu », 12 €.'],
    ['iso-8859-15', "Le cœur de l'œuvre coûte 12 € à l'été."],
    ['iso-8859-15', 'Prix : 35 €'],
    ['iso-8859-2', POLISH],
    ['windows-1250', POLISH],
    ['iso-8859-7', GREEK],
    ['iso-8859-9', TURKISH],
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
  ])('recognizes %s: %s', (encoding, sentence) => {
    expect(decodeText(encode(sentence, encoding))).toBe(sentence);
  });

  it.each([GREEK, RUSSIAN, POLISH, 'شروط العمل في الشركة واضحة للجميع'])(
    'reads UTF-16 without a mark: %s',
    (sentence) => {
      expect(decodeText(Buffer.from(sentence, 'utf16le'))).toBe(sentence);
      expect(decodeText(swapped(sentence))).toBe(sentence);
    },
  );

  it('takes a text with few accents for Western European, which it mostly is', () => {
    expect(decodeText(encode('Są równi.', 'iso-8859-2'))).toBe('S± równi.');
  });

  it('never takes a French text for another, however little of it there is', () => {
    const text =
      'Le salarié qui a déjà été prévenu là-bas, où ça s’est décidé, reçoit à Noël une indemnité égale à dix jours.'.replace(
        '’',
        "'",
      );
    for (let start = 0; start < text.length; start += 1) {
      for (let end = start + 1; end <= text.length; end += 7) {
        const piece = text.slice(start, end);
        expect(decodeText(Buffer.from(piece, 'latin1'))).toBe(piece);
      }
    }
  });
});
