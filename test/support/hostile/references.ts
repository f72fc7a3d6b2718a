import { makeDocx, makePdf } from '../fixtures';
import { CORRUPT, type HostileFile, READY } from './hostile-file';
import { officeFile, officeText } from './office-parts';
import { pack } from './repeated-deflate';

const OFFICE = 'http://schemas.openxmlformats.org';

const markup = (address: string): string =>
  `<base href="${address}base/"><link rel="stylesheet" href="${address}style.css"><meta http-equiv="refresh" content="0;url=${address}refresh">` +
  `<style>@import url(${address}import.css); p { background: url(${address}background.png) }</style>` +
  `<script src="${address}script.js"></script><iframe src="${address}frame"></iframe><object data="${address}object"></object>` +
  `<img src="${address}picture.png" srcset="${address}set.png 2x"><video src="${address}film"></video>` +
  `<svg><image href="${address}svg.png"/><use href="${address}use.svg#a"/></svg><p>Un texte.</p>`;

const pageOf = (address: string): string =>
  `<!DOCTYPE html SYSTEM "${address}type.dtd"><html><head></head><body>${markup(address)}</body></html>`;

const relationships = (address: string): string => {
  const types = ['image', 'attachedTemplate', 'oleObject', 'frame', 'subDocument', 'hyperlink', 'styles', 'footnotes'];
  const lines = types.map(
    (type) =>
      `<Relationship Id="${type}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" ` +
      `Target="${address}${type}" TargetMode="External"/>`,
  );
  return `<Relationships xmlns="${OFFICE}/package/2006/relationships">${lines.join('')}</Relationships>`;
};

const word = (address: string): Buffer =>
  officeText(
    'docx',
    `Un texte.</w:t><w:drawing><a:blip xmlns:a="a" xmlns:r="r" r:link="image"/></w:drawing><w:t>`,
    '',
    {
      extra: [{ name: 'word/_rels/document.xml.rels', ...pack(relationships(address)) }],
    },
  );

const pdf = (address: string): Buffer => {
  const action = `/OpenAction << /S /URI /URI (${address}open) >> /AA << /WC << /S /Launch /F (${address}launch) >> >>`;
  const file = makePdf(['Un texte.']).toString('latin1');
  // Offsets after the catalog are wrong now, as in files mended by hand; readers look for the objects themselves.
  return Buffer.from(file.replace('/Type /Catalog', `/Type /Catalog ${action}`), 'latin1');
};

const named = (filename: string, make: HostileFile['make'], outcomes: readonly string[] = [READY]): HostileFile => ({
  title: `${filename.split('.')[1] ?? ''} that refers to other places`,
  filename,
  make,
  outcomes,
});

/** Each names pages that a careless reader would fetch. */
export const REFERENCES: readonly HostileFile[] = [
  named('hostile.html', (address) => Buffer.from(pageOf(address))),
  named('hostile.md', (address) =>
    Buffer.from(
      `# Titre\n\n![image](${address}markdown.png)\n\n<img src="${address}html.png">\n\n[a]: ${address}link\n`,
    ),
  ),
  named('hostile.docx', word),
  named(
    'hostile.epub',
    (address) =>
      officeFile('epub', pack(`<html xmlns="http://www.w3.org/1999/xhtml"><body>${markup(address)}</body></html>`)),
    [READY, CORRUPT],
  ),
  named('hostile.eml', (address) =>
    Buffer.from(
      `From: a@exemple.fr\r\nTo: b@exemple.fr\r\nSubject: Essai\r\nContent-Type: text/html\r\n\r\n${pageOf(address)}`,
    ),
  ),
  named('external.eml', (address) =>
    Buffer.from(
      'From: a@exemple.fr\r\nTo: b@exemple.fr\r\nSubject: Essai\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n' +
        `--b\r\nContent-Type: message/external-body; access-type=URL; URL="${address}body"\r\n\r\n` +
        '--b\r\nContent-Type: text/plain\r\n\r\nUn texte.\r\n--b--\r\n',
    ),
  ),
  named('hostile.rtf', (address) =>
    Buffer.from(
      `{\\rtf1\\ansi{\\*\\template ${address}template}{\\field{\\*\\fldinst INCLUDEPICTURE "${address}rtf.png"}{\\fldrslt x}}` +
        ' Un texte.}',
    ),
  ),
  named('hostile.pdf', pdf),
  named('hostile.json', (address) =>
    Buffer.from(JSON.stringify({ $ref: `${address}ref`, $schema: `${address}schema` })),
  ),
  named('hostile.csv', (address) => Buffer.from(`a;b\n=WEBSERVICE("${address}csv");=IMPORTXML("${address}x")\n`)),
];

const both = (first: Uint8Array, second: Uint8Array): Buffer => Buffer.concat([first, second]);

/** Files that are two things at once. */
export const POLYGLOTS: readonly HostileFile[] = [
  {
    title: 'pdf and zip in one',
    filename: 'hostile.pdf',
    make: () => both(makePdf(['Un PDF.']), makeDocx(['Un Word.'])),
    outcomes: [READY],
  },
  {
    title: 'docx behind a pdf header',
    filename: 'hostile.docx',
    make: () => both(Buffer.from('%PDF-1.7\n'), makeDocx(['Un Word.'])),
    outcomes: [CORRUPT],
  },
  {
    title: 'docx with a pdf inside',
    filename: 'hostile.docx',
    make: () =>
      officeText('docx', 'Un Word.', '', {
        extra: [{ name: 'a.pdf', ...pack(makePdf(['Un PDF.']).toString('latin1')) }],
      }),
    outcomes: [READY],
  },
  {
    title: 'html before a zip',
    filename: 'hostile.html',
    make: () => both(Buffer.from('<p>Une page.</p>'), makeDocx(['Un Word.'])),
    outcomes: ['document.unsupported_type', READY],
  },
  {
    title: 'gif that is a page',
    filename: 'hostile.html',
    make: () => Buffer.from('GIF89a/*<p>Une page.</p><script>*/=1;alert(1)</script>'),
    outcomes: [READY, 'document.unsupported_type'],
  },
  {
    title: 'pdf header before a page',
    filename: 'hostile.html',
    make: () => Buffer.from('%PDF-1.4\n<html><p>Une page.</p></html>'),
    outcomes: [CORRUPT],
  },
];
