import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { StoredFileMissingError } from '../../libs/ingestion/src/document/document.errors';
import { S3FileStore, type S3FileStoreOptions } from '../../libs/ingestion/src/upload/adapters/s3-file-store';
import { FileStoreUnavailableError } from '../../libs/ingestion/src/upload/file-store.errors';
import { S3_BUCKET, S3_CREDENTIALS, S3ProtocolServer, type S3Fault } from '../support/s3-server';
import { keysOf, newKey, piecesOf } from './file-store.contract';

const MEBIBYTE = 1024 * 1024;
/** More requests than anything here makes: a loop that goes further does not end by itself. */
const MOST_CALLS = 40;

/** Megabytes are hashed three times over for each call that fails; a busy machine takes long for that. */
jest.setTimeout(120_000);

describe('S3FileStore', () => {
  let server: S3ProtocolServer;
  let temporaryDirectory: string;
  const opened: S3FileStore[] = [];

  beforeEach(async () => {
    server = await S3ProtocolServer.start();
    temporaryDirectory = await mkdtemp(join(tmpdir(), 'my-ia-s3-'));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.onApplicationShutdown()));
    await server.stop();
    await rm(temporaryDirectory, { recursive: true, force: true });
  });

  const open = (changes: Partial<S3FileStoreOptions> = {}): S3FileStore => {
    const store = new S3FileStore({
      endpoint: server.url,
      bucket: S3_BUCKET,
      region: S3_CREDENTIALS.region,
      credentials: S3_CREDENTIALS,
      forcePathStyle: true,
      silenceMs: 10_000,
      prefix: '',
      temporaryDirectory,
      ...changes,
    });
    opened.push(store);
    return store;
  };
  const outage = (reason: string): object => ({ code: 'file_store.unavailable', details: { reason } });

  describe('as the server sees it', () => {
    it('signs every request and its body, and asks for no checksum the server may not know', async () => {
      const store = open();
      const [first, second] = [newKey(), newKey()];
      await store.write(first, piecesOf(randomBytes(10)));
      await store.write(second, piecesOf(randomBytes(6 * MEBIBYTE)));
      await store.head(first, 4);
      await store.remove(first);
      await keysOf(store);
      expect(server.operations()).toEqual([
        'PutObject',
        ...['CreateMultipartUpload', 'UploadPart', 'UploadPart', 'CompleteMultipartUpload', 'ListMultipartUploads'],
        ...['GetObject', 'DeleteObject', 'ListObjectsV2'],
      ]);
      expect(server.unsigned).toBe(0);
    });

    it('names the bucket in the path where that is asked for, else in the host', async () => {
      await open({ prefix: 'a/b' }).ping();
      expect(server.requests[0]).toMatchObject({ path: `/${S3_BUCKET}/`, host: `127.0.0.1:${server.port}` });
      const options = { endpoint: `http://localhost:${server.port}`, forcePathStyle: false, attempts: 1 };
      // Not every machine knows names below localhost; one that does not says which name it looked for.
      const problem = await open(options).ping().catch((error: unknown) => (error as { cause: Error }).cause.message); // prettier-ignore
      expect(problem ?? server.requests.at(-1)?.host).toContain(`${S3_BUCKET}.localhost`);
    });

    it('never holds more than two parts of a file', async () => {
      const measured = await S3ProtocolServer.start({ keepBytes: false });
      const size = 200 * MEBIBYTE;
      let sent = 0;
      let mostAhead = 0;
      const piece = Buffer.alloc(MEBIBYTE);
      const content = (async function* () {
        for (; sent < size; sent += piece.length) {
          const received = measured.requests.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
          mostAhead = Math.max(mostAhead, sent - received);
          yield await Promise.resolve(piece);
        }
      })();
      await open({ endpoint: measured.url }).write(newKey(), content);
      expect([...measured.store.objects.values()].map(({ sizeBytes }) => sizeBytes)).toEqual([size]);
      expect(sent).toBe(size);
      expect(mostAhead).toBeLessThanOrEqual(10 * MEBIBYTE);
      await measured.stop();
    });

    it('reads no more of a file than was asked for, even from a server that knows no ranges', async () => {
      const plain = await S3ProtocolServer.start({ knowsRanges: false });
      const [store, key, bytes] = [open({ endpoint: plain.url }), newKey(), randomBytes(3 * MEBIBYTE)];
      await store.write(key, piecesOf(bytes));
      expect(bytes.subarray(0, 100).equals(await store.head(key, 100))).toBe(true);
      await plain.stop();
    });
  });

  /** What a process does with a file, from the first byte to the last. */
  const work = async (store: S3FileStore, key: string, bytes: Buffer): Promise<void> => {
    await store.write(key, piecesOf(bytes));
    await store.head(key, 100);
    await buffer(await store.openRead(key));
    await store.withLocalFile(key, () => Promise.resolve());
    await keysOf(store);
    await store.remove(key);
  };
  const [small, large] = [1000, 5 * MEBIBYTE + 1000];
  const faults: S3Fault[] = ['error', 'slow-down', 'drop', 'lose', 'late-error', 'truncate'];
  const cases = [small, large].flatMap((size) => faults.map((fault) => ({ size, fault })));
  /** A server that asks for patience gets it, so that this one fault takes as long as all others. */
  const repeated = cases.filter(({ size, fault }) => size === small || fault !== 'slow-down');
  const lent = (): Promise<string[]> => readdir(temporaryDirectory);
  const expectWholeOrAbsent = async (key: string, bytes: Buffer): Promise<void> => {
    const kept = await open().openRead(key).then(buffer, () => undefined); // prettier-ignore
    expect(kept === undefined || kept.equals(bytes)).toBe(true);
  };

  it.each(cases)(
    'leaves nothing half done of $size bytes when any one request ends in "$fault" and is not tried again',
    async ({ size, fault }) => {
      const bytes = randomBytes(size);
      let isThrough = false;
      for (let n = 1; !isThrough && n < MOST_CALLS; n += 1) {
        const [store, key] = [open({ attempts: 1 }), newKey()];
        server.failAt(n, fault);
        const calls = server.requests.length;
        const wrote = await store.write(key, piecesOf(bytes)).then(
          () => true,
          (error: unknown) => expect(error).toBeInstanceOf(FileStoreUnavailableError),
        );
        isThrough = server.requests.length < calls + n;
        server.heal();
        if (wrote === true) expect(bytes.equals(await buffer(await store.openRead(key)))).toBe(true);
        else expect(server.keys).not.toContain(key);
        expect(server.store.uploads.size).toBe(0);
      }
      expect(isThrough).toBe(true);
    },
  );

  it.each(repeated)(
    'deals with $size bytes to the end, or refuses them as a whole, when any one request ends in "$fault" and is tried again',
    async ({ size, fault }) => {
      const bytes = randomBytes(size);
      let isThrough = false;
      for (let n = 1; !isThrough && n < MOST_CALLS; n += 1) {
        const [store, key] = [open(), newKey()];
        server.failAt(n, fault);
        const calls = server.requests.length;
        await work(store, key, bytes).catch(() => undefined);
        isThrough = server.requests.length < calls + n;
        server.heal();
        await expectWholeOrAbsent(key, bytes);
        expect(server.store.uploads.size).toBe(0);
        expect(await lent()).toEqual([]);
      }
      expect(isThrough).toBe(true);
    },
  );

  it.each(faults)('leaves no half file when the server dies of "%s" in the middle and comes back', async (fault) => {
    const bytes = randomBytes(11 * MEBIBYTE);
    for (let n = 1; n <= 5; n += 1) {
      const [store, key] = [open({ attempts: 1 }), newKey()];
      server.failAt(n, fault, Infinity);
      const failed = await store.write(key, piecesOf(bytes)).then(() => false, () => true); // prettier-ignore
      server.heal();
      await expectWholeOrAbsent(key, bytes);
      if (failed) await store.remove(key);
      await store.removeUnfinished(new Date(Date.now() + 60_000));
      expect(server.store.uploads.size).toBe(0);
      expect(server.keys.includes(key)).toBe(!failed);
      await store.remove(key);
    }
  });

  it.each(['error', 'slow-down', 'drop'] as const)('gets over two "%s" in a row', async (fault) => {
    const [store, key] = [open(), newKey()];
    server.failAt(1, fault, 2);
    await store.write(key, piecesOf(Buffer.from('patience')));
    expect(server.requests.map(({ operation }) => operation)).toEqual(['PutObject', 'PutObject', 'PutObject']);
    expect(await keysOf(store)).toEqual([key]);
  });

  describe('says what is wrong', () => {
    it.each([
      ['error', 'failed'],
      ['slow-down', 'overloaded'],
      ['drop', 'unreachable'],
    ] as const)('with a server that answers with "%s"', async (fault, reason) => {
      server.failAt(1, fault, 100);
      await expect(open().ping()).rejects.toMatchObject(outage(reason));
      expect(server.requests).toHaveLength(3);
    });

    it('with a server that says nothing, which is asked three times at most', async () => {
      server.failAt(1, 'hang', 100);
      await expect(open({ silenceMs: 200 }).ping()).rejects.toMatchObject(outage('timeout'));
      expect(server.requests.length).toBeLessThanOrEqual(3);
    });

    it('when nobody listens', async () => {
      await expect(open({ endpoint: 'http://127.0.0.1:1' }).ping()).rejects.toMatchObject(outage('unreachable'));
    });

    it('with credentials that the server does not take, and without telling the secret', async () => {
      const secretAccessKey = 'not-the-secret-of-this-bucket';
      const store = open({ credentials: { ...S3_CREDENTIALS, secretAccessKey } });
      const error = await store.openRead(newKey()).catch((reason: unknown) => reason);
      expect(error).toMatchObject(outage('refused'));
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secretAccessKey);
      expect((error as Error).cause).toEqual(new Error('SignatureDoesNotMatch: Refused: SignatureDoesNotMatch (HTTP 403, request 4442587FB7)')); // prettier-ignore
      expect(server.unsigned).toBe(1);
    });

    it('with a bucket that does not exist, which is no missing file', async () => {
      const store = open({ bucket: 'elsewhere' });
      await expect(store.openRead(newKey())).rejects.toMatchObject(outage('refused'));
      await expect(open().openRead(newKey())).rejects.toThrow(StoredFileMissingError);
    });

    it('when a file breaks off while it is fetched, and keeps no half of it', async () => {
      const [store, key] = [open({ attempts: 1 }), newKey()];
      await store.write(key, piecesOf(randomBytes(MEBIBYTE)));
      const borrow = jest.fn(() => Promise.resolve());
      server.failAt(1, 'truncate', 2);
      await expect(store.withLocalFile(key, borrow)).rejects.toMatchObject(outage('unreachable'));
      await expect(store.head(key, MEBIBYTE)).rejects.toMatchObject(outage('unreachable'));
      expect(borrow).not.toHaveBeenCalled();
      expect(await lent()).toEqual([]);
    });
  });

  it('costs an installation with a folder nothing: the SDK is loaded with the first request', () => {
    const code = `
      require('reflect-metadata');
      require('./dist/libs/ingestion/src/ingestion-core.module.js');
      console.log(Object.keys(require.cache).filter((path) => /s3-file-store|@aws-sdk/.test(path)).join());`;
    const loaded = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' });
    expect(loaded).toContain('s3-file-store.js');
    expect(loaded).not.toContain('@aws-sdk');
  });

  it('prefers the reason of the sender to that of the server', async () => {
    const [store, key, tooLarge] = [open({ attempts: 1 }), newKey(), new Error('too large')];
    server.failAt(3, 'error', 100);
    await expect(store.write(key, piecesOf(randomBytes(8 * MEBIBYTE), tooLarge))).rejects.toBe(tooLarge);
  });

  it('stops reading from the sender when the server refuses', async () => {
    const [store, closed] = [open({ attempts: 1 }), jest.fn()];
    server.failAt(1, 'error', 100);
    await expect(store.write(newKey(), piecesOf(randomBytes(20 * MEBIBYTE), undefined, closed))).rejects.toThrow();
    expect(closed).toHaveBeenCalledTimes(1);
  });
});
