import { legacyEncoding } from './legacy-encoding';

/** Looked at to guess an encoding; the whole file would cost more and tell no more. */
const SAMPLE_BYTES = 65_536;

const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const markedEncoding = (bytes: Uint8Array): string | undefined =>
  BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];

/** High bytes of UTF-16 units in Latin, Greek, Cyrillic, Hebrew and Arabic text, and of typographic marks. */
const WIDE_HIGH_BYTES = new Set([0x00, 0x01, 0x03, 0x04, 0x05, 0x06, 0x20]);

/** In UTF-16, every other byte is one of few, zeros among them; in any other encoding these are control characters. */
const looksHigh = (counts: readonly number[], pairs: number): boolean =>
  [...WIDE_HIGH_BYTES].reduce((sum, byte) => sum + (counts[byte] ?? 0), 0) > pairs * 0.95 &&
  (counts[0] ?? 0) > pairs * 0.08;

const looksLow = (counts: readonly number[], pairs: number): boolean => (counts[0] ?? 0) < pairs * 0.05;

const countBytes = (sample: Uint8Array, first: number): number[] => {
  const counts = Array.from({ length: 256 }, () => 0);
  for (let index = first; index < sample.length; index += 2) {
    const byte = sample[index] ?? 0;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  return counts;
};

const unmarkedUtf16 = (bytes: Uint8Array): string | undefined => {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const pairs = sample.length / 2;
  const [even, odd] = [countBytes(sample, 0), countBytes(sample, 1)];
  if (looksHigh(odd, pairs) && looksLow(even, pairs)) return 'utf-16le';
  return looksHigh(even, pairs) && looksLow(odd, pairs) ? 'utf-16be' : undefined;
};

const REPLACEMENT = /\ufffd/g;
const NOT_ASCII = /[^\u0000-\u007f]/g; // eslint-disable-line no-control-regex -- the ASCII range begins with controls

/** A few broken bytes in UTF-8 are damage; many mean that the text never was UTF-8. */
const isMostlyUtf8 = (decoded: string): boolean => {
  const sample = decoded.slice(0, SAMPLE_BYTES);
  const broken = sample.match(REPLACEMENT)?.length ?? 0;
  return broken === 0 || broken * 10 < (sample.match(NOT_ASCII)?.length ?? 0);
};

/** The encoding a text file is in: by byte order mark, by its zero bytes (UTF-16), else undefined. */
export const wideEncoding = (bytes: Uint8Array): string | undefined => markedEncoding(bytes) ?? unmarkedUtf16(bytes);

const knownDecoder = (label: string | undefined): InstanceType<typeof TextDecoder> | undefined => {
  try {
    return label === undefined ? undefined : new TextDecoder(label);
  } catch {
    return undefined;
  }
};

/**
 * Decodes a text file: a byte order mark decides, then UTF-16 by its zero bytes, then what the file itself declares, then
 * UTF-8 when it is valid (a little damage allowed), else what the letters' statistics say, which is Windows-1252 in doubt.
 */
export const decodeText = (bytes: Uint8Array, declared?: string): string => {
  const decoder = knownDecoder(wideEncoding(bytes) ?? declared);
  if (decoder) return decoder.decode(bytes);
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  return isMostlyUtf8(utf8) ? utf8 : new TextDecoder(legacyEncoding(bytes)).decode(bytes);
};
