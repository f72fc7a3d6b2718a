import { analyse } from 'chardet';

/** The statistics settle long before; the whole file would cost more and tell no more. */
const SAMPLE_BYTES = 65_536;
/** Letters beyond ASCII a guess needs; under this, an accent or two, Western European is always the better bet. */
const LEAST_BYTES = 8;
/** Of 100, and how far ahead of Western European another character set must be: measured on French texts of all lengths. */
const LEAST_CONFIDENCE = 40;
const LEAST_LEAD = 12;

const WESTERN = 'windows-1252';
const IS_WESTERN = /^(?:ISO-8859-1|windows-1252)$/;
const NOT_LEGACY = /^(?:UTF-|ASCII)/;

/** Windows-1252 has letters where ISO 8859 has control characters, so one of them rules the ISO sets out. */
const isControl = (byte: number): boolean => byte >= 0x80 && byte <= 0x9f;
/** Where ISO 8859-15 differs from Windows-1252: € Š š Ž ž Œ œ Ÿ stand at ¤ ¦ ¨ ´ ¸ ¼ ½ ¾. */
const LATIN_9_LETTERS =
  /[a-zà-ÿ][\u00bd\u00bc\u00b8\u00a8][a-zà-ÿ]|(?:^|[\s(])[\u00bc\u00bd][a-zà-ÿ]{2}|\d[ \u00a0]?\u00a4|\u00a4[ \u00a0]?\d/i;

const westernEncoding = (sample: Uint8Array): string =>
  !sample.some(isControl) && LATIN_9_LETTERS.test(Buffer.from(sample).toString('latin1')) ? 'iso-8859-15' : WESTERN;

const decodes = (encoding: string, bytes: Uint8Array): boolean => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/**
 * Names the character set of a text that is not Unicode: by the statistics of its letters, and Western European when these
 * are not clear. The answer is always one that `TextDecoder` knows.
 */
export const legacyEncoding = (bytes: Uint8Array): string => {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const beyondAscii = sample.reduce((count, byte) => count + (byte > 127 ? 1 : 0), 0);
  if (beyondAscii < LEAST_BYTES) return westernEncoding(sample);
  const matches = analyse(sample);
  const western = matches.find(({ name }) => IS_WESTERN.test(name))?.confidence ?? 0;
  const best = matches.find(({ name }) => !IS_WESTERN.test(name) && !NOT_LEGACY.test(name) && decodes(name, sample));
  const isClear = best && best.confidence >= LEAST_CONFIDENCE && best.confidence >= western + LEAST_LEAD;
  return isClear ? best.name.toLowerCase() : westernEncoding(sample);
};
