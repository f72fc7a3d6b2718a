import {
  CORRUPT,
  EMPTY,
  type HostileFile,
  READY,
  TEXT_TOO_LARGE,
  TIMEOUT,
  TOO_COMPLEX,
  UNSUPPORTED,
} from './hostile-file';

const HEADERS = 'From: a@exemple.fr\r\nTo: b@exemple.fr\r\nSubject: Essai\r\nMIME-Version: 1.0\r\n';
const mail = (rest: string): Buffer => Buffer.from(HEADERS + rest);

const nestedParts = (depth: number): Buffer =>
  mail(
    Array.from(
      { length: depth },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${String(level)}\r\n\r\n--b${String(level)}\r\n`,
    ).join(''),
  );

const forwarded = (depth: number): Buffer =>
  mail(`Content-Type: message/rfc822\r\n\r\n${HEADERS}`.repeat(depth) + '\r\nAu fond.');

/** Without a type each: the count of types does not tell how many there are. */
const tinyParts = (count: number): Buffer =>
  mail(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(count)}--b--\r\n`);

/** What takes long before it is refused. */
export const SLOW_TEXTS: readonly HostileFile[] = [
  {
    title: 'csv of one line of 50 MB',
    filename: 'hostile.csv',
    make: () => Buffer.alloc(50_000_000, 'valeur;'),
    outcomes: [TOO_COMPLEX, TEXT_TOO_LARGE, TIMEOUT],
  },
];

export const TEXTS: readonly HostileFile[] = [
  {
    title: 'mail of 1,000 nested parts',
    filename: 'hostile.eml',
    make: () => nestedParts(1_000),
    outcomes: [TOO_COMPLEX],
  },
  {
    title: 'mail forwarded 1,000 times',
    filename: 'hostile.eml',
    make: () => forwarded(1_000),
    outcomes: [TOO_COMPLEX, READY, EMPTY],
  },
  {
    title: 'mail of a million tiny parts',
    filename: 'hostile.eml',
    make: () => tinyParts(1_000_000),
    outcomes: [TOO_COMPLEX],
  },
  {
    title: 'mail with a header of 20 MB',
    filename: 'hostile.eml',
    make: () => mail(`X-Long: ${'x'.repeat(20_000_000)}\r\n\r\nBonjour.`),
    outcomes: [TOO_COMPLEX],
  },
  {
    title: 'mail to 500,000 people',
    filename: 'hostile.eml',
    make: () => mail(`Cc: ${'b@c.fr, '.repeat(500_000)}d@e.fr\r\n\r\nBonjour.`),
    outcomes: [TOO_COMPLEX],
  },
  {
    title: 'csv of one quoted field that never ends',
    filename: 'hostile.csv',
    make: () => Buffer.concat([Buffer.from('a;b\n"'), Buffer.alloc(20_000_000, 'mot ""')]),
    outcomes: [READY, TOO_COMPLEX, TIMEOUT],
  },
  {
    title: 'json nested 100,000 deep',
    filename: 'hostile.json',
    make: () => Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)),
    outcomes: [TOO_COMPLEX],
  },
  {
    title: 'json of objects nested 100,000 deep',
    filename: 'hostile.json',
    make: () => Buffer.from('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
    outcomes: [TOO_COMPLEX],
  },
  {
    title: 'json that names prototypes',
    filename: 'hostile.json',
    make: () =>
      Buffer.from('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"a":"Un texte."}'),
    outcomes: [READY],
  },
  {
    title: 'rtf of groups 200,000 deep',
    filename: 'hostile.rtf',
    make: () => Buffer.from(`{\\rtf1\\ansi ${'{\\b '.repeat(200_000)}Au fond.${'}'.repeat(200_000)}}`),
    outcomes: [TOO_COMPLEX, READY, CORRUPT],
  },
  {
    title: 'rtf of groups that never end',
    filename: 'hostile.rtf',
    make: () => Buffer.from(`{\\rtf1\\ansi Texte. ${'{'.repeat(500_000)}`),
    outcomes: [TOO_COMPLEX, READY, CORRUPT],
  },
  {
    title: 'rtf that says to hold 2 GB of binary data',
    filename: 'hostile.rtf',
    make: () => Buffer.from('{\\rtf1\\ansi Texte. {\\pict\\bin2000000000 x}\\par Suite.}'),
    outcomes: [READY, CORRUPT, EMPTY],
  },
  {
    title: 'html of 3 million tags',
    filename: 'hostile.html',
    make: () => Buffer.from('<b>'.repeat(3_000_000)),
    outcomes: [TOO_COMPLEX],
  },
  {
    title: 'html of 3 million short paragraphs',
    filename: 'hostile.html',
    make: () => Buffer.from('<p>a'.repeat(3_000_000)),
    outcomes: [TOO_COMPLEX, TIMEOUT, READY],
  },
  {
    title: 'html of one tag with 300,000 attributes',
    filename: 'hostile.html',
    make: () =>
      Buffer.from(`<p ${Array.from({ length: 300_000 }, (_, at) => `a${String(at)}=1`).join(' ')}>Un texte.</p>`),
    outcomes: [READY, TOO_COMPLEX, TIMEOUT],
  },
  {
    title: 'html whose cells span a billion columns',
    filename: 'hostile.html',
    make: () =>
      Buffer.from('<table><tr><td colspan="1000000000" rowspan="1000000000">Large</td><td>b</td></tr></table>'),
    outcomes: [READY],
  },
  {
    title: 'html of style rules that match everything',
    filename: 'hostile.html',
    make: () =>
      Buffer.from(
        `<style>${'a b c d e > f ~ g { display: none } '.repeat(100_000)}</style>${'<p>Un texte.</p>'.repeat(2_000)}`,
      ),
    outcomes: [READY, TOO_COMPLEX, TIMEOUT],
  },
  {
    title: 'markdown quoted 100,000 deep',
    filename: 'hostile.md',
    make: () => Buffer.from(`${'>'.repeat(100_000)} Au fond.`),
    outcomes: [READY, TOO_COMPLEX],
  },
  {
    title: 'markdown of 200,000 open brackets',
    filename: 'hostile.md',
    make: () => Buffer.from(`${'['.repeat(200_000)}${'*_'.repeat(50_000)}`),
    outcomes: [READY, TOO_COMPLEX],
  },
  {
    title: 'text of combining marks alone',
    filename: 'hostile.txt',
    make: () => Buffer.from(`Z${'\u0351\u036b\u0343'.repeat(100_000)}`),
    outcomes: [READY, TOO_COMPLEX],
  },
  {
    title: 'text of U+0000 and controls',
    filename: 'hostile.txt',
    make: () => Buffer.from(`Un texte.${'\0\u0001\u001b[2J'.repeat(100_000)}`),
    outcomes: [UNSUPPORTED, READY],
  },
];
