import { wideEncoding } from './decode-text';

const SAMPLE_BYTES = 65_536;
/** Random bytes are controls one time in nine; real text has next to none, old terminal logs a few per cent. */
const MOST_CONTROLS = 0.05;

/** Tab, line feed, vertical tab, form feed, carriage return, escape (coloured logs). */
const TEXT_CONTROLS = new Set([9, 10, 11, 12, 13, 27]);

const isForeign = (byte: number): boolean => byte === 127 || (byte < 32 && !TEXT_CONTROLS.has(byte));

/** Tells text in any encoding from binary data, by the share of control bytes at its start. */
export const looksLikeText = (bytes: Uint8Array): boolean => {
  if (wideEncoding(bytes) !== undefined) return true;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const controls = sample.reduce((count, byte) => count + (isForeign(byte) ? 1 : 0), 0);
  return controls <= sample.length * MOST_CONTROLS;
};
