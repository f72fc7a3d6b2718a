import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

import { isKnownExtension } from '../extraction/detect-media-type';
import { FolderUnreadableError } from './folder.errors';

/** Why an entry is no file to bring in. A link may lead anywhere, also in circles. */
export type LeftOut = 'hidden' | 'link' | 'format' | 'special';

/** An entry of a folder; `name` is relative to it, with `/` whatever the machine, and ends with one for a folder. */
export type FolderEntry =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly leftOut: LeftOut }
  | { readonly name: string; readonly error: FolderUnreadableError };

const reasonToLeaveOut = (entry: Dirent): LeftOut | undefined => {
  if (entry.name.startsWith('.')) return 'hidden';
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return undefined;
  if (!entry.isFile()) return 'special';
  return isKnownExtension(extname(entry.name).slice(1).toLowerCase()) ? undefined : 'format';
};

/** @throws FolderUnreadableError */
const list = async (folder: string): Promise<Dirent[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new FolderUnreadableError(error);
  }
};

async function* within(path: string, name: string): AsyncIterable<FolderEntry> {
  try {
    yield* walkFolder(path, name);
  } catch (error) {
    if (!(error instanceof FolderUnreadableError)) throw error;
    yield { name, error };
  }
}

/**
 * What is in a folder and its subfolders, in a stable order. Links are not followed, and nothing in a hidden folder is told.
 * A subfolder that cannot be listed is an entry that says so.
 * @throws FolderUnreadableError for the folder itself
 */
export async function* walkFolder(folder: string, prefix = ''): AsyncIterable<FolderEntry> {
  for (const entry of await list(folder)) {
    const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`];
    const leftOut = reasonToLeaveOut(entry);
    if (leftOut !== undefined) yield { name, leftOut };
    else if (entry.isDirectory()) yield* within(path, `${name}/`);
    else yield { name, path };
  }
}
