import { randomUUID } from 'node:crypto';

import { strToU8, zipSync } from 'fflate';

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
import { type KindName, KINDS, officeFile, officeText } from './office-parts';
import { rawZip } from './raw-zip';
import { pack, packRepeated } from './repeated-deflate';

const MIB = 1024 * 1024;
const OFFICE: readonly KindName[] = ['docx', 'xlsx', 'odt', 'epub'];

/** An office file whose part unpacks to `bytes` of ever the same paragraph. */
const unpacking = (name: KindName, bytes: number, claims?: number): Buffer => {
  const { start, paragraph, end } = KINDS[name];
  const piece = paragraph('Encore. ').repeat(10_000);
  const packed = packRepeated(start(''), piece, Math.ceil(bytes / piece.length), end);
  return officeFile(name, packed, claims === undefined ? {} : { claims });
};

/** Archives within archives, the innermost unpacking to 100 MiB: 10 in each of 4 layers would be 1 TB. */
const nested = (): Buffer => {
  let inner = Buffer.from(rawZip([{ name: 'zeros', ...packRepeated('', '\0'.repeat(MIB), 100, '') }]));
  for (let layer = 0; layer < 4; layer += 1) {
    const copies = Array.from({ length: 10 }, (_, copy) => [`${String(copy)}.zip`, inner] as const);
    inner = Buffer.from(zipSync(Object.fromEntries(copies)));
  }
  return inner;
};

/** One part of so many bytes under so many names. Footnotes are read, headers are not. */
const overlapping = (count: number, bytes: number): Buffer => {
  const aliases = Array.from(
    { length: count },
    (_, at) => `word/${at === 0 ? 'footnotes' : `header${String(at)}`}.xml`,
  );
  return officeText('docx', 'a'.repeat(bytes), '', { aliases });
};

/** Ten entities, each ten times the one before: 1.5 TB when expanded. */
const laughs = (): string => {
  const lines = Array.from('bcdefghijk', (name, index) => {
    const inner = `&${'abcdefghij'.charAt(index)};`.repeat(10);
    return `<!ENTITY ${name} "${inner}">`;
  });
  return `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(50)}">${lines.join('')}]>`;
};

/** One entity of 100 KB, named 50,000 times: 5 GB when expanded, without any nesting. */
const quadratic = (): string => `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(100_000)}">]>`;

const external = (uri: string): string => `<!DOCTYPE x [<!ENTITY e SYSTEM "${uri}"><!ENTITY % p SYSTEM "${uri}">%p;]>`;

const perOffice = (make: (name: KindName) => Omit<HostileFile, 'filename'>): HostileFile[] =>
  OFFICE.map((name) => ({ filename: `hostile.${name}`, ...make(name) }));

const SLIPS = [
  '../../../../../../tmp/',
  '..\\..\\..\\',
  '/tmp/',
  'C:\\Windows\\Temp\\',
  'word/../../../',
  '/proc/self/cwd/',
];

const SLIPPED = `slipped-${randomUUID()}.txt`;

/** Names of entries that would be written outside the folder they are unpacked to. */
export const SLIPPING_NAMES: readonly string[] = SLIPS.map((path) => path + SLIPPED);

const slip = (name: KindName): Buffer =>
  officeText(name, 'Le texte.', '', {
    extra: SLIPPING_NAMES.map((path) => ({ name: path, ...pack('Écrit dehors.') })),
  });

/** What unpacks to 1 GiB. */
export const GIBIBYTE_ARCHIVES: readonly HostileFile[] = [
  ...perOffice((name) => ({
    title: `${name} that unpacks to 1 GiB`,
    make: () => unpacking(name, 1024 * MIB),
    outcomes: [TOO_COMPLEX],
  })),
  {
    title: 'docx that says 1 KB and unpacks to 1 GiB',
    filename: 'hostile.docx',
    make: () => unpacking('docx', 1024 * MIB, 1_000),
    outcomes: [TOO_COMPLEX, CORRUPT],
  },
];

/** What fills the memory of a thread. */
export const SLOW_ARCHIVES: readonly HostileFile[] = [
  ...perOffice((name) => ({
    title: `${name} that unpacks to 120 MiB, just under the bound`,
    make: () => unpacking(name, 120 * MIB),
    outcomes: [TOO_COMPLEX, TEXT_TOO_LARGE, TIMEOUT, READY],
  })),
];

export const ARCHIVES: readonly HostileFile[] = [
  { title: 'zip of zips', filename: 'hostile.zip', make: nested, outcomes: [UNSUPPORTED] },
  { title: 'zip of zips named docx', filename: 'hostile.docx', make: nested, outcomes: [UNSUPPORTED] },
  {
    title: 'docx of 60,000 overlapping parts',
    filename: 'hostile.docx',
    make: () => overlapping(60_000, 100_000),
    outcomes: [READY, TOO_COMPLEX],
  },
  {
    title: 'docx of 9,000 overlapping parts',
    filename: 'hostile.docx',
    make: () => overlapping(9_000, MIB),
    outcomes: [READY, TOO_COMPLEX],
  },
  ...perOffice((name) => ({
    title: `${name} with entities within entities`,
    make: () => officeText(name, '&k;', laughs()),
    outcomes: [CORRUPT, TOO_COMPLEX, EMPTY, READY],
  })),
  {
    title: 'docx with one long entity named 50,000 times',
    filename: 'hostile.docx',
    make: () => officeText('docx', '&a;'.repeat(50_000), quadratic()),
    outcomes: [CORRUPT, TOO_COMPLEX, EMPTY, READY],
  },
  ...perOffice((name) => ({
    title: `${name} with an entity that is a file`,
    make: () => officeText(name, 'Avant &e; après.', external('file:///etc/passwd')),
    outcomes: [CORRUPT, READY],
  })),
  ...perOffice((name) => ({
    title: `${name} with an entity that is a page`,
    make: (address) => officeText(name, 'Avant &e; après.', external(`${address}entity-${name}`)),
    outcomes: [CORRUPT, READY],
  })),
  ...perOffice((name) => ({
    title: `${name} with names that lead out of the folder`,
    make: () => slip(name),
    outcomes: [READY, CORRUPT],
  })),
  {
    title: 'docx nested 30,000 deep',
    filename: 'hostile.docx',
    make: () => officeText('docx', '<w:sdt><w:sdtContent>'.repeat(30_000)),
    outcomes: [TOO_COMPLEX, CORRUPT, EMPTY],
  },
  {
    title: 'xlsx with a cell in row 2 billion',
    filename: 'hostile.xlsx',
    make: () =>
      officeFile(
        'xlsx',
        pack(
          KINDS.xlsx.start('') +
            '<row r="2000000000"><c r="ZZZZZZ2000000000" t="inlineStr"><is><t>Loin.</t></is></c></row>' +
            KINDS.xlsx.end,
        ),
      ),
    outcomes: [READY, TOO_COMPLEX, CORRUPT],
  },
  {
    title: 'zip that only begins as a docx',
    filename: 'hostile.docx',
    make: () => Buffer.from(zipSync({ '[Content_Types].xml': strToU8('<Types'), 'word/document.xml': strToU8('<') })),
    outcomes: [CORRUPT, EMPTY, UNSUPPORTED],
  },
];
