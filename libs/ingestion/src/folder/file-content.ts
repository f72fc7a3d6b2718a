import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { FolderFileUnreadableError } from './folder.errors';

/** Not what a link leads to, even when one has taken the file's place since the folder was listed. Windows has no such flag, which counts as none. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW;

/** The bytes of a file, opened when they are asked for. @throws FolderFileUnreadableError */
export async function* fileContent(path: string): AsyncGenerator<Uint8Array> {
  try {
    await using handle = await open(path, FLAGS);
    for await (const bytes of handle.createReadStream({ autoClose: false })) yield bytes as Uint8Array;
  } catch (error) {
    throw new FolderFileUnreadableError(error);
  }
}

/** SHA-256, in hexadecimal. @throws FolderFileUnreadableError */
export const hashOfFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const bytes of fileContent(path)) hash.update(bytes);
  return hash.digest('hex');
};
