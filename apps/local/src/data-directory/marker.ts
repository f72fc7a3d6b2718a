import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DataDirectoryError } from './data-directory.errors';

export const MARKER_FILE = 'my-ia.json';
/** Grows when an older version could no longer read the folder. */
const FORMAT = 1;

/** What the data directory says about itself. */
export interface Marker {
  readonly format: number;
  readonly instanceId: string;
  /** Where the PostgreSQL cluster is: a name inside the folder or an absolute path; absent before the first start. */
  readonly cluster?: string;
  /** Whether the product's own documentation was handed to ingestion: once, so that who deletes it is left in peace. */
  readonly documented?: boolean;
}

export const readMarker = (directory: string): Marker | undefined => {
  const file = join(directory, MARKER_FILE);
  if (!existsSync(file)) return undefined;
  const marker = parse(readFileSync(file, 'utf8'));
  if (marker?.format !== FORMAT) throw DataDirectoryError.unknownFormat(directory);
  return marker;
};

export const newMarker = (): Marker => ({ format: FORMAT, instanceId: randomUUID() });

/** Replaces the marker as a whole: a crash leaves the old one or the new one. */
export const writeMarker = (directory: string, marker: Marker): void => {
  const file = join(directory, MARKER_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(marker, null, 2)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
};

const parse = (text: string): Marker | undefined => {
  try {
    return JSON.parse(text) as Marker;
  } catch {
    return undefined;
  }
};
