import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { publishRunningEnvironment, readRunningEnvironment, withdrawRunningEnvironment } from './running-environment';

const SERVERS = {
  DATABASE_URL: 'postgresql://myia@127.0.0.1:40001/myia',
  CHROMA_URL: 'http://127.0.0.1:40002',
  JWT_SECRET: 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf',
};

describe('the environment of a running product', () => {
  const before = { ...process.env };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'my-ia-running-'));
    process.env = { DATA_DIR: folder };
    publishRunningEnvironment(folder, { ...SERVERS, DATA_DIR: folder, SUPERUSER_PASSWORD: 'never shared' });
  });
  afterEach(() => {
    process.env = before;
    rmSync(folder, { recursive: true });
  });

  it('is found by a process that names the same data directory', () => {
    expect(readRunningEnvironment()).toEqual({ ...SERVERS, DATA_DIR: folder });
  });

  it('says where the files lie, so that no command looks for them elsewhere', () => {
    const files = { FILE_STORE: 's3', S3_BUCKET: 'documents', S3_SECRET_ACCESS_KEY: 'b892c0665f0ada8a4755' };
    publishRunningEnvironment(folder, { ...SERVERS, ...files, DATA_DIR: folder });
    expect(readRunningEnvironment()).toEqual({ ...SERVERS, ...files, DATA_DIR: folder });
  });

  it('says where the vectors lie', () => {
    const vectors = { QDRANT_URL: 'http://qdrant:6333', QDRANT_API_KEY: 'b892c0665f0ada8a4755' };
    publishRunningEnvironment(folder, { ...SERVERS, ...vectors, DATA_DIR: folder });
    expect(readRunningEnvironment()).toEqual({ ...SERVERS, ...vectors, DATA_DIR: folder });
  });

  it('gives way to what the process names itself', () => {
    process.env.CHROMA_URL = 'http://chroma:8000';
    expect(readRunningEnvironment()).toMatchObject({ ...SERVERS, CHROMA_URL: 'http://chroma:8000' });
    process.env.DATABASE_URL = 'postgresql://elsewhere/myia';
    expect(readRunningEnvironment()).not.toHaveProperty('JWT_SECRET');
  });

  it('is readable by its owner only, and gone when the product has ended', () => {
    expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600);
    withdrawRunningEnvironment(folder);
    expect(readRunningEnvironment()).toEqual({ DATA_DIR: folder });
  });
});
