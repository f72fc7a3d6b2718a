import { constants, crc32, deflateRawSync } from 'node:zlib';

/** Bytes that unpack to much more than was ever in memory here. */
export interface Packed {
  /** Raw DEFLATE (RFC 1951). */
  readonly data: Buffer;
  readonly size: number;
  readonly check: number;
}

/** The last block, empty. */
const END = Buffer.from('0300', 'hex');

const block = (bytes: Uint8Array): Buffer =>
  // A full flush ends on a whole byte and forgets what came before, so the block may follow itself.
  deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_FULL_FLUSH });

/** `start`, then `piece` so many times, then `end`, packed piece by piece. */
export const packRepeated = (start: string, piece: string, times: number, end: string): Packed => {
  const [first, middle, last] = [start, piece, end].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
  let check = crc32(first);
  for (let turn = 0; turn < times; turn += 1) check = crc32(middle, check);
  const repeated = block(middle);
  return {
    data: Buffer.concat([block(first), ...Array.from({ length: times }, () => repeated), block(last), END]),
    size: first.length + middle.length * times + last.length,
    check: crc32(last, check),
  };
};

export const pack = (text: string): Packed => packRepeated(text, '', 0, '');
