/** Looked at to guess an encoding; the whole file would cost more and tell no more. */
const SAMPLE_BYTES = 65_536;

const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const markedEncoding = (bytes: Uint8Array): string | undefined =>
  BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];

/** Counts zero bytes at even and odd places: Latin text in UTF-16 has one in nearly every pair, always on one side. */
const unmarkedUtf16 = (bytes: Uint8Array): string | undefined => {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const pairs = sample.length / 2;
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le';
  return even > pairs * 0.4 && odd < pairs * 0.05 ? 'utf-16be' : undefined;
};

const REPLACEMENT = /\ufffd/g;
const NOT_ASCII = /[^\u0000-\u007f]/g; // eslint-disable-line no-control-regex -- the ASCII range begins with controls

/** A few broken bytes in UTF-8 are damage; many mean that the text never was UTF-8. */
const isMostlyUtf8 = (decoded: string): boolean => {
  const sample = decoded.slice(0, SAMPLE_BYTES);
  const broken = sample.match(REPLACEMENT)?.length ?? 0;
  return broken === 0 || broken * 10 < (sample.match(NOT_ASCII)?.length ?? 0);
};

/** The encoding a text file is in: by byte order mark, by its zero bytes (UTF-16), else undefined (UTF-8 or Windows-1252). */
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
 * UTF-8 when it is valid (a little damage allowed), else Windows-1252, which every byte sequence is.
 */
export const decodeText = (bytes: Uint8Array, declared?: string): string => {
  const decoder = knownDecoder(wideEncoding(bytes) ?? declared);
  if (decoder) return decoder.decode(bytes);
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  return isMostlyUtf8(utf8) ? utf8 : new TextDecoder('windows-1252').decode(bytes);
};
