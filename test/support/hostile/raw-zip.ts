import { type Packed } from './repeated-deflate';

/** One entry as the archive claims it, which need not be true. */
export interface RawEntry extends Packed {
  readonly name: string;
  /** Size the archive claims; the true one unless told. */
  readonly claims?: number;
  /** Whether `data` is the content itself, not compressed. */
  readonly isStored?: boolean;
}

const DEFLATE = 8;

const numbers = (...fields: readonly (readonly [value: number, size: 2 | 4])[]): Buffer =>
  Buffer.concat(
    fields.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );

/** What both headers of an entry hold, from the version to the length of the extra field: APPNOTE.TXT 4.3.7 and 4.3.12. */
const common = ({ name, data, size, check, claims = size, isStored = false }: RawEntry): Buffer =>
  Buffer.concat([
    numbers(
      [20, 2],
      [0, 2],
      [isStored ? 0 : DEFLATE, 2],
      [0, 2],
      [0x5a21, 2],
      [check, 4],
      [data.length, 4],
      [claims, 4],
    ),
    numbers([Buffer.byteLength(name), 2], [0, 2]),
  ]);

const localHeader = (entry: RawEntry): Buffer =>
  Buffer.concat([numbers([0x04034b50, 4]), common(entry), Buffer.from(entry.name), entry.data]);

const directoryHeader = (entry: RawEntry, offset: number): Buffer =>
  Buffer.concat([
    numbers([0x02014b50, 4], [20, 2]),
    common(entry),
    numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
    Buffer.from(entry.name),
  ]);

/**
 * A ZIP archive written field by field, so that it can lie.
 *
 * @param aliases further names for the data of the last entry, which overlap it
 */
export const rawZip = (entries: readonly RawEntry[], aliases: readonly string[] = []): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let lastAt = 0;
  for (const entry of entries) {
    const header = localHeader(entry);
    parts.push(header);
    directory.push(directoryHeader(entry, offset));
    lastAt = offset;
    offset += header.length;
  }
  const last = entries.at(-1);
  for (const name of last ? aliases : []) directory.push(directoryHeader({ ...last!, name }, lastAt));
  const listed = Buffer.concat(directory);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [directory.length, 2], [directory.length, 2]);
  return Buffer.concat([...parts, listed, end, numbers([listed.length, 4], [offset, 4], [0, 2])]);
};
