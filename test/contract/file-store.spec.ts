import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { LocalFileStore } from '../../libs/ingestion/src/upload/adapters/local-file-store';
import { S3FileStore } from '../../libs/ingestion/src/upload/adapters/s3-file-store';
import { S3_BUCKET, S3_CREDENTIALS, S3ProtocolServer } from '../support/s3-server';
import { describeFileStore } from './file-store.contract';

let folder: string;
let server: S3ProtocolServer;
const opened: S3FileStore[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'my-ia-files-'));
  // Two entries in one answer: whatever is listed comes in pages.
  server = await S3ProtocolServer.start({ pageSize: 2 });
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.onApplicationShutdown()));
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const filesBelow = async (root: string): Promise<string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(root, join(parentPath, name))).sort();
};

const leave = async (path: string, begunAt: Date): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'la moitié');
  await utimes(path, begunAt, begunAt);
  await utimes(dirname(path), begunAt, begunAt);
};

describeFileStore('local', {
  open: () => new LocalFileStore({ filesDirectory: join(folder, 'files') }),
  traces: () => filesBelow(join(folder, 'files')),
  addForeign: (name) => leave(join(folder, 'files', name), new Date()),
  dieAtWork: (key, begunAt) => leave(join(folder, 'files', `${key}.partial`), begunAt),
});

const describeS3 = (name: string, prefix: string): void =>
  describeFileStore(name, {
    open: () => {
      const store = new S3FileStore({
        endpoint: server.url,
        bucket: S3_BUCKET,
        region: S3_CREDENTIALS.region,
        credentials: S3_CREDENTIALS,
        forcePathStyle: true,
        silenceMs: 10_000,
        prefix,
        temporaryDirectory: join(folder, 'tmp'),
      });
      opened.push(store);
      return store;
    },
    traces: async () => {
      const uploads = [...server.store.uploads.values()].map(({ key }) => `upload of ${key}`);
      const within = (key: string): string => (prefix === '' ? key : key.replace(`${prefix}/`, ''));
      return [...server.keys.map(within), ...uploads, ...(await filesBelow(join(folder, 'tmp')))].sort();
    },
    addForeign: (key) => {
      server.store.put(prefix === '' ? key : `${prefix}/${key}`, Buffer.from('à quelqu’un d’autre'));
      return Promise.resolve();
    },
    dieAtWork: async (key, begunAt) => {
      const id = server.store.begin(prefix === '' ? key : `${prefix}/${key}`);
      server.store.uploads.get(id)!.begunAt = begunAt;
      await leave(join(folder, 'tmp', `original-${randomUUID()}`, 'file'), begunAt);
    },
  });

describeS3('s3', '');
describeS3('s3, in a folder of a bucket', 'my-ia/originaux');

describe('LocalFileStore', () => {
  it('lets only its own user read', async () => {
    const store = new LocalFileStore({ filesDirectory: join(folder, 'files') });
    const key = `${randomUUID()}/${randomUUID()}`;
    await store.write(key, (async function* () {
      yield await Promise.resolve(Buffer.from('privé'));
    })()); // prettier-ignore
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await modeOf(join(folder, 'files', key))).toBe(0o600);
    expect(await modeOf(join(folder, 'files', dirname(key)))).toBe(0o700);
  });
});
