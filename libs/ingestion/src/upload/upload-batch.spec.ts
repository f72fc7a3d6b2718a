import type { Principal } from '#libs/http';

import type { CollectionAccess } from '../collection/collection-access';
import { FileStoreUnavailableError } from './file-store.errors';
import type { IncomingFile, ReceivedFile, ReceiveFile } from './receive-file';
import type { RegisterBatch } from './register-batch';
import type { RegisterDocuments } from './register-documents';
import { MAX_FILES, UploadBatch, type FileDigest } from './upload-batch';
import { EmptyUploadError } from './upload.errors';

const CALLER = { id: 'u', organizationId: 'o' } as Principal;

/** Files by their names; one called `empty` cannot be taken, one called `down` meets a store that is away. */
async function* named(names: Iterable<string>): AsyncIterable<IncomingFile> {
  for (const filename of names) yield await Promise.resolve({ filename, content: (async function* () {})() });
}

const receive = ({ filename }: IncomingFile): Promise<ReceivedFile> => {
  if (filename === 'empty') return Promise.reject(new EmptyUploadError(filename));
  if (filename === 'down') return Promise.reject(new FileStoreUnavailableError('unreachable'));
  return Promise.resolve({ filename, documentId: filename, contentHash: `hash of ${filename}` } as ReceivedFile);
};

describe('UploadBatch', () => {
  let discarded: string[];
  let registered: object[];
  let digests: readonly FileDigest[];
  let batch: UploadBatch;

  beforeEach(() => {
    discarded = [];
    registered = [];
    digests = [];
    batch = new UploadBatch(
      {
        getWritable: () => Promise.resolve({ organizationId: 'o', duplicates: 'reuse' }),
      } as unknown as CollectionAccess,
      { execute: (_organizationId: string, file: IncomingFile) => receive(file) } as ReceiveFile,
      {
        execute: (_target: object, items: readonly object[]) => {
          registered.push(...items);
          return Promise.resolve({ batchId: 'b', items: [] });
        },
      } as unknown as RegisterBatch,
      {
        discard: (files: readonly ReceivedFile[]) => {
          discarded.push(...files.map(({ filename }) => filename));
          return Promise.resolve();
        },
      } as unknown as RegisterDocuments,
    );
  });

  const upload = (names: Iterable<string>, refusal?: Error) =>
    batch.execute(CALLER, 'c', named(names), (files) => {
      digests = files;
      return refusal ? Promise.reject(refusal) : Promise.resolve();
    });

  it('passes every file on, those included that cannot be taken', async () => {
    await upload(['a', 'empty', 'b']);
    expect(registered).toMatchObject([{ filename: 'a' }, { filename: 'empty' }, { filename: 'b' }]);
    expect(digests).toEqual([
      { filename: 'a', content: 'hash of a' },
      { filename: 'empty', content: 'document.empty' },
      { filename: 'b', content: 'hash of b' },
    ]);
    expect(discarded).toEqual([]);
  });

  it('answers a single file that cannot be taken by its problem, and no file by another', async () => {
    await expect(upload(['empty'])).rejects.toThrow(EmptyUploadError);
    await expect(upload([])).rejects.toMatchObject({ code: 'document.no_files' });
    expect(registered).toEqual([]);
  });

  it(`takes ${MAX_FILES} files and keeps none of one more`, async () => {
    const names = Array.from({ length: MAX_FILES }, (_, at) => `${at}`);
    await upload(names);
    expect(registered).toHaveLength(MAX_FILES);
    await expect(upload([...names, 'one more'])).rejects.toMatchObject({ code: 'document.too_many_files' });
    expect(discarded).toEqual(names);
  });

  it('keeps no file when the store goes away, or the same was sent before', async () => {
    await expect(upload(['a', 'empty', 'down', 'b'])).rejects.toThrow(FileStoreUnavailableError);
    expect(discarded).toEqual(['a']);
    await expect(upload(['c', 'd'], new Error('answered before'))).rejects.toThrow('answered before');
    expect(discarded).toEqual(['a', 'c', 'd']);
    expect(registered).toEqual([]);
  });
});
