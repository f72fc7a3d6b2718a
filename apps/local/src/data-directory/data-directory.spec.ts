import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { processStartedAt } from '../processes/process-identity';
import { DataDirectory } from './data-directory';
import { DataDirectoryError } from './data-directory.errors';

const isRoot = process.getuid?.() === 0;
const unlessRoot = isRoot ? it.skip : it;
const lockOf = (path: string): string => join(path, 'my-ia.lock');

describe('DataDirectory', () => {
  let parent: string;
  let path: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'my-ia-data-'));
    path = join(parent, 'data');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('is made when absent, and recognised the next time', async () => {
    const first = await DataDirectory.claim(path);
    const { instanceId } = first.marker;
    first.release();
    expect((await DataDirectory.claim(path)).marker.instanceId).toBe(instanceId);
  });

  it('keeps secrets for its owner alone, and the same ones for good', async () => {
    const data = await DataDirectory.claim(path);
    const secret = data.secret('jwt');
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(data.secret('jwt')).toBe(secret);
    expect(data.secret('other')).not.toBe(secret);
    expect(statSync(join(path, 'secrets', 'jwt')).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, 'secrets')).mode & 0o777).toBe(0o700);
  });

  it('lets nobody list it, and only root’s other account pass through', async () => {
    await DataDirectory.claim(path);
    expect(statSync(path).mode & 0o777).toBe(isRoot ? 0o711 : 0o700);
  });

  it('remembers what is recorded', async () => {
    const data = await DataDirectory.claim(path);
    data.record({ cluster: '/elsewhere/postgres' });
    data.release();
    expect((await DataDirectory.claim(path)).marker.cluster).toBe('/elsewhere/postgres');
  });

  it('takes an empty folder, whatever the file system put there', async () => {
    mkdirSync(join(path, 'lost+found'), { recursive: true });
    expect((await DataDirectory.claim(path)).path).toContain('data');
  });

  it('refuses a folder that holds something else, and leaves it as it was', async () => {
    mkdirSync(path);
    writeFileSync(join(path, 'photo.jpg'), '');
    await expect(DataDirectory.claim(path)).rejects.toThrow(/not MY-IA's: name an empty or new folder/);
    expect(readdirSync(path)).toEqual(['photo.jpg']);
  });

  it('refuses a file', async () => {
    writeFileSync(path, '');
    await expect(DataDirectory.claim(path)).rejects.toThrow(/is not a folder/);
  });

  it('refuses a folder of a version it does not know', async () => {
    mkdirSync(path);
    writeFileSync(join(path, 'my-ia.json'), '{"format":99,"instanceId":"x"}');
    await expect(DataDirectory.claim(path)).rejects.toThrow(/another version/);
  });

  unlessRoot('refuses a folder it cannot write in', async () => {
    mkdirSync(path);
    chmodSync(path, 0o500);
    await expect(DataDirectory.claim(path)).rejects.toThrow(/Cannot write in/);
  });

  it('refuses a place no folder can be made in', async () => {
    writeFileSync(path, '');
    await expect(DataDirectory.claim(join(path, 'below'))).rejects.toThrow(DataDirectoryError);
  });

  it('refuses a folder another living instance uses, and names that process', async () => {
    await DataDirectory.claim(path);
    const holder = { pid: process.ppid, startedAt: processStartedAt(process.ppid) };
    writeFileSync(lockOf(path), JSON.stringify(holder));
    await expect(DataDirectory.claim(path)).rejects.toThrow(
      new RegExp(`already used .* \\(process ${process.ppid}\\)`),
    );
  });

  it.each([
    ['of a process that has ended', { pid: 2 ** 22 + 1, startedAt: '1' }],
    ['whose process id another program has got since', { pid: process.ppid, startedAt: '1' }],
    ['that was half written', 'nonsense'],
  ])('takes over a lock %s', async (_what, holder) => {
    (await DataDirectory.claim(path)).release();
    writeFileSync(lockOf(path), JSON.stringify(holder));
    await DataDirectory.claim(path);
    expect(JSON.parse(readFileSync(lockOf(path), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('waits for an instance that is ending', async () => {
    const holder = await DataDirectory.claim(path);
    holder.announceEnd();
    const next = DataDirectory.claim(path);
    setTimeout(() => holder.release(), 50);
    await expect(next).resolves.toBeInstanceOf(DataDirectory);
  });

  it('leaves nothing but the lock’s absence when released', async () => {
    const data = await DataDirectory.claim(path);
    expect(existsSync(lockOf(path))).toBe(true);
    data.release();
    expect(readdirSync(path).filter((name) => name.includes('lock'))).toEqual([]);
  });
});
