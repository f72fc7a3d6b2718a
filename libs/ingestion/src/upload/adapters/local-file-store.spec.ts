import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { StorageConfig } from '#libs/config';

import { StoredFileMissingError } from '../../document/document.errors';
import { LocalFileStore } from './local-file-store';

async function* pieces(...texts: readonly (string | Error)[]): AsyncIterable<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield await Promise.resolve(Buffer.from(text));
  }
}

describe('LocalFileStore', () => {
  const organizationId = randomUUID();
  let dataDir: string;
  let store: LocalFileStore;
  let key: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'my-ia-files-'));
    store = new LocalFileStore(Object.assign(new StorageConfig(), { dataDir }));
    key = `${organizationId}/${randomUUID()}`;
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const keys = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const file of store.list()) found.push(file.key);
    return found;
  };

  it('gives back what it was given', async () => {
    await store.write(key, pieces('un ', 'deux ', 'trois'));
    expect((await buffer(await store.openRead(key))).toString()).toBe('un deux trois');
    expect(Buffer.from(await store.head(key, 4)).toString()).toBe('un d');
    expect(Buffer.from(await store.head(key, 400)).toString()).toBe('un deux trois');
    expect(await store.withLocalFile(key, async (path) => (await readFile(path)).toString())).toBe('un deux trois');
    expect(await keys()).toEqual([key]);
  });

  it('keeps nothing of a file that breaks off', async () => {
    await expect(store.write(key, pieces('un ', new Error('cable cut')))).rejects.toThrow('cable cut');
    expect(await readdir(join(dataDir, 'files', organizationId))).toEqual([]);
    expect(await keys()).toEqual([]);
  });

  it('lets only its own user read', async () => {
    await store.write(key, pieces('privé'));
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await modeOf(join(dataDir, 'files', key))).toBe(0o600);
    expect(await modeOf(join(dataDir, 'files', organizationId))).toBe(0o700);
  });

  it('says that a file is missing, and removes a missing one without complaint', async () => {
    await expect(store.openRead(key)).rejects.toThrow(StoredFileMissingError);
    await expect(store.head(key, 1)).rejects.toThrow(StoredFileMissingError);
    await expect(store.withLocalFile(key, () => Promise.resolve())).rejects.toThrow(StoredFileMissingError);
    await store.remove(key);
    expect(await keys()).toEqual([]);
  });

  it.each(['../../etc/passwd', 'a/b', '', `${randomUUID()}/../${randomUUID()}`, `${randomUUID()}\u0000/x`])(
    'accepts no key that is not two UUIDs: %j',
    async (hostile) => {
      await expect(store.write(hostile, pieces('x'))).rejects.toThrow('storage key');
      await expect(store.remove(hostile)).rejects.toThrow('storage key');
      await expect(store.openRead(hostile)).rejects.toThrow('storage key');
    },
  );
});
