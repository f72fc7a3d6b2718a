import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

import { MEDIA_TYPES } from '../extraction/media-types';

export interface FolderFile {
  /** Absolute, or relative to the working directory as the folder is. */
  readonly path: string;
  /** Relative to the folder, with `/`, whatever the machine. */
  readonly name: string;
}

const isSupported = (name: string): boolean => extname(name).slice(1).toLowerCase() in MEDIA_TYPES;

/**
 * The files of supported formats in a folder and its subfolders, in a stable order. Hidden entries and symbolic links are
 * left out: a link may lead anywhere, also in circles.
 */
export async function* walkFolder(folder: string, prefix = ''): AsyncIterable<FolderFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walkFolder(path, `${prefix}${entry.name}/`);
    else if (entry.isFile() && isSupported(entry.name)) yield { path, name: `${prefix}${entry.name}` };
  }
}
