import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Names in a folder; none when there is no such folder. */
export const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
};

/**
 * Removes what a folder holds of one kind since long ago.
 * @param before changed earlier than this
 * @returns how many entries went
 */
export const removeOldEntries = async (
  folder: string,
  before: Date,
  isOfKind: (name: string) => boolean,
): Promise<number> => {
  let removed = 0;
  for (const name of (await namesIn(folder)).filter(isOfKind)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found || found.mtime >= before) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
};
