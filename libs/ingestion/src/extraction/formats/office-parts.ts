import { type Unzipped, type UnzipFileInfo } from 'fflate';

import { type ExtractionLimits } from '../extraction-limits';

/** Pictures are most of a large file, and never text. */
const WITHOUT_TEXT = /^(?:(?:word|ppt|xl)\/(?:media|fonts|embeddings)\/|docProps\/thumbnail|Pictures\/|Thumbnails\/)/;

/** Reads the parts that hold text, as long as they say to be small enough; the parser finds out about the others. */
const unzip = async (bytes: Uint8Array, limits: ExtractionLimits): Promise<Unzipped | undefined> => {
  const { unzipSync } = await import('fflate');
  let unpacked = 0;
  let entries = 0;
  const isWanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    entries += 1;
    if (WITHOUT_TEXT.test(name)) return false;
    unpacked += originalSize;
    return unpacked <= limits.unpackedBytes && entries <= limits.archiveEntries;
  };
  try {
    const parts = unzipSync(bytes, { filter: isWanted });
    return unpacked <= limits.unpackedBytes && entries <= limits.archiveEntries ? parts : undefined;
  } catch {
    return undefined;
  }
};

/** The text of a part; empty when there is none of that name. */
export type PartReader = (name: string) => string;

/** @returns undefined when the file cannot be opened, or is larger than it may be */
export const readParts = async (bytes: Uint8Array, limits: ExtractionLimits): Promise<PartReader | undefined> => {
  const parts = await unzip(bytes, limits);
  const { strFromU8 } = await import('fflate');
  return parts && ((name) => strFromU8(parts[name] ?? new Uint8Array()));
};

/**
 * Changes parts of an office file before it is parsed.
 *
 * @param change parts that differ from what they were, by their name
 * @returns the file, as it was when nothing differs or it cannot be opened
 */
export const changeParts = async (
  bytes: Uint8Array,
  limits: ExtractionLimits,
  change: (read: PartReader, names: readonly string[]) => Readonly<Record<string, string>>,
): Promise<Uint8Array> => {
  const parts = await unzip(bytes, limits);
  if (parts === undefined) return bytes;
  const { strFromU8, strToU8, zipSync } = await import('fflate');
  const changed = Object.entries(change((name) => strFromU8(parts[name] ?? new Uint8Array()), Object.keys(parts)));
  for (const [name, text] of changed) parts[name] = strToU8(text);
  return changed.length === 0 ? bytes : zipSync(parts, { level: 0 });
};
