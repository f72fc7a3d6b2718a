import { deflateSync } from 'node:zlib';

import { assemblePdf, makePdf } from '../fixtures';
import {
  CORRUPT,
  EMPTY,
  type HostileFile,
  NEEDS_OCR,
  READY,
  TEXT_TOO_LARGE,
  TIMEOUT,
  TOO_COMPLEX,
} from './hostile-file';
import { packRepeated } from './repeated-deflate';

const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const WORDS = 'BT /F1 11 Tf 60 780 Td (Une page comme les autres.) Tj ET';
const stream = (content: string, entries = ''): string =>
  `<< ${entries} /Length ${String(content.length)} >>\nstream\n${content}\nendstream`;
const page = (contents: string, entries = '', resources = ''): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${entries} /Contents ${contents} ` +
  `/Resources << /Font << /F1 3 0 R >> ${resources} >> >>`;

/** Catalog 1, pages 2, font 3, content 4, page 5; what is given follows. */
const pdfWith = (
  parts: {
    readonly catalog?: string;
    readonly pages?: string;
    readonly content?: string;
    readonly page?: string;
    readonly trailer?: string;
  },
  ...others: readonly string[]
): Buffer =>
  assemblePdf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${parts.catalog ?? ''} >>`,
      parts.pages ?? '<< /Type /Pages /Kids [5 0 R] /Count 1 >>',
      FONT,
      parts.content ?? stream(WORDS),
      parts.page ?? page('4 0 R'),
      ...others,
    ],
    parts.trailer ?? '',
  );

/** All show the same words, so the file is small. */
const manyPages = (count: number): Buffer => {
  const kids = Array.from({ length: count }, (_, index) => `${String(index + 5)} 0 R`).join(' ');
  const one = page('4 0 R');
  return pdfWith(
    { pages: `<< /Type /Pages /Kids [${kids}] /Count ${String(count)} >>` },
    ...Array.from({ length: count - 1 }, () => one),
  );
};

/** The list of objects says that the list before it is itself. */
const loopingXref = (): Buffer => {
  const at = /startxref\n(\d+)/.exec(pdfWith({}).toString('latin1'))?.[1] ?? '0';
  return pdfWith({ trailer: `/Prev ${at} ` });
};

/** Ten forms, each drawing the next one ten times: 10^10 words. */
export const formsWithinForms = (): Buffer => {
  const form = (next: number): string =>
    stream(
      `/X ${'Do /X '.repeat(9)}Do`,
      `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X ${String(next)} 0 R >> >>`,
    );
  const last = stream(
    WORDS,
    '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>',
  );
  const forms = Array.from({ length: 10 }, (_, index) => form(index + 7));
  return pdfWith({ content: stream('/X Do'), page: page('4 0 R', '', '/XObject << /X 6 0 R >>') }, ...forms, last);
};

const formOfItself = (): Buffer =>
  pdfWith(
    { content: stream(`${WORDS} /X Do`), page: page('4 0 R', '', '/XObject << /X 6 0 R >>') },
    stream('/X Do', '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>'),
  );

const packedStream = (piece: string, times: number, entries = ''): string => {
  // The two bytes of zlib's header; readers of PDF do not ask for its check sum.
  const data = Buffer.concat([Buffer.from('789c', 'hex'), packRepeated('', piece, times, '').data]);
  return stream(data.toString('latin1'), `/Filter /FlateDecode ${entries}`);
};

const MIB = 1024 * 1024;
const OPENING = 'BT /F1 11 Tf 14 TL 60 780 Td ';
const LINE = '(Encore une ligne.) Tj T* ';

const hugePicture = (side: number, isPacked: boolean): Buffer => {
  const entries =
    `/Type /XObject /Subtype /Image /Width ${String(side)} /Height ${String(side)} /ColorSpace /DeviceGray ` +
    '/BitsPerComponent 8';
  const rows = Math.ceil((side * side) / MIB);
  const picture = isPacked ? packedStream('\0'.repeat(MIB), rows, entries) : stream('xx', entries);
  const draw = stream('q 595 0 0 842 0 0 cm /I Do Q');
  return pdfWith({ content: draw, page: page('4 0 R', '', '/XObject << /I 6 0 R >>') }, picture);
};

/** Packed with the same method many times over: 4 layers of 1:1000. */
const layersOfPacking = (): Buffer => {
  let content = deflateSync(Buffer.concat([Buffer.from(OPENING), Buffer.alloc(100 * MIB, LINE)]));
  for (let layer = 0; layer < 3; layer += 1) content = deflateSync(content, { level: 9 });
  const filters = '/FlateDecode '.repeat(4);
  return pdfWith({ content: stream(content.toString('latin1'), `/Filter [${filters}]`) });
};

const named = (title: string, outcomes: readonly string[], make: HostileFile['make']): HostileFile => ({
  title,
  filename: 'hostile.pdf',
  make,
  outcomes,
});

/** What unpacks to 1 GiB. */
export const GIBIBYTE_PDFS: readonly HostileFile[] = [
  named('pdf with a picture of 1 GiB', [TOO_COMPLEX, EMPTY, NEEDS_OCR, CORRUPT, READY], () =>
    hugePicture(32_768, true),
  ),
  named('pdf with 1 GiB of drawing', [TOO_COMPLEX, TEXT_TOO_LARGE, TIMEOUT, CORRUPT, EMPTY], () =>
    pdfWith({ content: packedStream(`${OPENING}${LINE.repeat(40_000)} ET `, 1024) }),
  ),
];

export const PDFS: readonly HostileFile[] = [
  named('pdf of 100,000 pages', [TOO_COMPLEX], () => manyPages(100_000)),
  named('pdf that says to have 2 billion pages', [TOO_COMPLEX, CORRUPT, READY], () =>
    pdfWith({ pages: '<< /Type /Pages /Kids [5 0 R] /Count 2147483647 >>' }),
  ),
  named('pdf whose pages hold themselves', [CORRUPT, EMPTY, READY], () =>
    pdfWith({ pages: '<< /Type /Pages /Kids [2 0 R 5 0 R 2 0 R] /Count 3 >>' }),
  ),
  named('pdf whose list of objects leads to itself', [CORRUPT, READY], loopingXref),
  named('pdf whose outline leads to itself', [READY], () =>
    pdfWith(
      { catalog: '/Outlines 6 0 R' },
      '<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>',
      '<< /Title (Un) /Parent 6 0 R /First 7 0 R /Last 7 0 R /Next 7 0 R /Prev 7 0 R >>',
    ),
  ),
  named('pdf whose page is its own content', [EMPTY, CORRUPT], () => pdfWith({ page: page('5 0 R') })),
  named('pdf with a form that draws itself', [READY], formOfItself),
  named('pdf with forms that draw ten others each', [TIMEOUT, TOO_COMPLEX, TEXT_TOO_LARGE], formsWithinForms),
  named('pdf of objects nested 100,000 deep', [CORRUPT, READY, TOO_COMPLEX], () =>
    pdfWith({ catalog: `/Deep ${'['.repeat(100_000)}${']'.repeat(100_000)}` }),
  ),
  named('pdf packed four times over', [TOO_COMPLEX, TEXT_TOO_LARGE, TIMEOUT, EMPTY, CORRUPT], layersOfPacking),
  named('pdf with a page of a billion points', [READY], () =>
    pdfWith({ page: page('4 0 R').replace('595 842', '1000000000 1000000000') }),
  ),
  named('scanned pdf with a page of a billion points', [EMPTY, NEEDS_OCR, TOO_COMPLEX, CORRUPT], () =>
    Buffer.from(makePdf(['']).toString('latin1').replace('595 842', '9e8 9e8'), 'latin1'),
  ),
  named('pdf with a picture that says to be of a million by a million', [EMPTY, NEEDS_OCR, CORRUPT], () =>
    hugePicture(1_000_000, false),
  ),
];
