import { crc32, deflateSync } from 'node:zlib';

import { makeBmp, makePng, makeTiff } from '../pictures';
import { CORRUPT, EMPTY, type HostileFile, NEEDS_OCR, TIMEOUT, TOO_COMPLEX } from './hostile-file';
import { packRepeated } from './repeated-deflate';

const MIB = 1024 * 1024;
const DOT = { width: 2, height: 2, pixels: new Uint8Array(4) };

/** Places of width and height in the files of `test/support/pictures.ts`. */
const PNG_WIDTH = 16;
const PNG_HEAD_CHECK = 29;
const BMP_WIDTH = 18;

const pngSaying = (side: number): Buffer => {
  const file = Buffer.from(makePng(DOT));
  file.writeUInt32BE(side, PNG_WIDTH);
  file.writeUInt32BE(side, PNG_WIDTH + 4);
  file.writeUInt32BE(crc32(file.subarray(PNG_WIDTH - 4, PNG_HEAD_CHECK)), PNG_HEAD_CHECK);
  return file;
};

const bmpSaying = (side: number): Buffer => {
  const file = Buffer.from(makeBmp(DOT));
  file.writeInt32LE(side, BMP_WIDTH);
  file.writeInt32LE(side, BMP_WIDTH + 4);
  return file;
};

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** Every pixel is there: black, 1 GiB of it. */
const blackPng = (side: number): Buffer => {
  const head = pngSaying(side).subarray(0, PNG_HEAD_CHECK + 4);
  const packed = packRepeated('', '\0'.repeat(MIB), Math.ceil((side * (side + 1)) / MIB), '');
  const data = Buffer.concat([Buffer.from('789c', 'hex'), packed.data]);
  return Buffer.concat([head, chunk('IDAT', data), chunk('IEND', new Uint8Array())]);
};

/** A note that unpacks to 100 MiB beside a small picture. */
const pngWithNote = (): Buffer => {
  const file = makePng(DOT);
  const note = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(100 * MIB, 'x'))]);
  return Buffer.concat([file.subarray(0, PNG_HEAD_CHECK + 4), chunk('zTXt', note), file.subarray(PNG_HEAD_CHECK + 4)]);
};

/** Places in the one-page file of `makeTiff`: its directory follows eight bytes of head and the four pixels. */
const TIFF_DIRECTORY = 12;
const TIFF_TAGS = 8;
const tagAt = (index: number): number => TIFF_DIRECTORY + 2 + index * 12 + 8;

const tiffSaying = (side: number): Buffer => {
  const file = Buffer.from(makeTiff([DOT]));
  for (const tag of [0, 1, 6]) file.writeUInt32LE(side, tagAt(tag));
  return file;
};

const loopingTiff = (): Buffer => {
  const file = Buffer.from(makeTiff([DOT]));
  file.writeUInt32LE(TIFF_DIRECTORY, TIFF_DIRECTORY + 2 + TIFF_TAGS * 12);
  return file;
};

const UNREAD = [CORRUPT, TOO_COMPLEX, EMPTY, NEEDS_OCR];
const named = (
  title: string,
  filename: string,
  make: HostileFile['make'],
  more: readonly string[] = [],
): HostileFile => ({
  title,
  filename,
  make,
  outcomes: [...UNREAD, ...more],
});

/** What takes long before it is refused. */
export const SLOW_PICTURES: readonly HostileFile[] = [
  named('png of 1 GiB of black', 'hostile.png', () => blackPng(32_768), [TIMEOUT]),
  named('tiff whose pages lead to themselves', 'hostile.tiff', loopingTiff, [TIMEOUT]),
];

export const PICTURES: readonly HostileFile[] = [
  named('png that says to be of 2 billion by 2 billion', 'hostile.png', () => pngSaying(2_147_483_647)),
  named('png that says to be of 60,000 by 60,000', 'hostile.png', () => pngSaying(60_000)),
  named('png with a note of 100 MiB', 'hostile.png', pngWithNote),
  named('bmp that says to be of 40,000 by 40,000', 'hostile.bmp', () => bmpSaying(40_000)),
  named('tiff that says to be of 60,000 by 60,000', 'hostile.tiff', () => tiffSaying(60_000)),
  named('tiff of 400 pages', 'hostile.tiff', () => makeTiff(Array.from({ length: 400 }, () => DOT)), [TIMEOUT]),
];
