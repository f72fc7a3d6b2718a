import { randomUUID } from 'node:crypto';
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
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';

import { hasEnded } from '#test/support/embedded-launcher';

import { LaunchError } from '../launch.error';
import { waitUntil } from '../processes/wait-until';
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres';
import { SYSTEM_DIRECTORY } from './postgres-binaries';

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED, needs root: a data directory below a folder of mode 700.');

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

describe('EmbeddedPostgres', () => {
  let folder: string;
  const running: EmbeddedPostgres[] = [];

  const server = (more: Partial<EmbeddedPostgresOptions> = {}): EmbeddedPostgres => {
    const postgres = new EmbeddedPostgres({
      dataDirectory: folder,
      instanceId: randomUUID(),
      recorded: undefined,
      passwords: { administrator: 'first-secret', application: 'second-secret' },
      durable: false,
      maxConnections: 10,
      log: join(folder, 'postgres.log'),
      ...more,
    });
    running.push(postgres);
    return postgres;
  };

  const workshops = (): string[] => readdirSync(folder).filter((name) => name.includes('.new'));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'my-ia-postgres-'));
    if (isRoot) chmodSync(folder, 0o711);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(async (postgres) => postgres.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the product a UTF-8 database of its own, without special rights', async () => {
    const { url } = await server().start();
    const rows = await query(
      url,
      `SELECT current_user AS role, rolsuper, pg_encoding_to_char(encoding) AS encoding, lower('ÉÀ') AS lower
       FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
    );
    expect(rows).toEqual([{ role: 'myia', rolsuper: false, encoding: 'UTF8', lower: 'éà' }]);
  });

  it('brings the extensions the product may ask for', async () => {
    const { url } = await server().start();
    for (const name of ['pg_trgm', 'unaccent', 'citext', 'pgcrypto']) await query(url, `CREATE EXTENSION ${name}`);
  });

  it('asks for a password, whoever connects', async () => {
    const { url, administratorUrl } = await server().start();
    await expect(query(url.replace('second-secret', 'wrong'), 'SELECT 1')).rejects.toThrow(/password authentication/);
    await expect(query(administratorUrl.replace('first-secret', ''), 'SELECT 1')).rejects.toThrow();
  });

  it('keeps its data over a restart, on whatever port is free', async () => {
    const first = server();
    const { url, location } = await first.start();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const again = await server({ recorded: location }).start();
    expect(await query(again.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('starts again after its server was killed by force, with what was committed', async () => {
    const first = server({ durable: true });
    const { url, location } = await first.start();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid!, 'SIGKILL');
    await first.exited;
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(true);
    const again = await server({ recorded: location }).start();
    expect(await query(again.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('ends what makes its cluster when it is stopped meanwhile, and starts again at once', async () => {
    const first = server();
    const outcome = first.start().catch((error: unknown) => error);
    await waitUntil(() => workshops().length > 0, 30);
    await first.stop();
    await expect(outcome).resolves.toBeInstanceOf(LaunchError);
    const again = await server().start();
    expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(workshops()).toEqual([]);
  });

  it('is not misled when another program has got the process id of the killed server', async () => {
    const first = server();
    const { location } = await first.start();
    const file = join(folder, 'postgres', 'postmaster.pid');
    const left = readFileSync(file, 'utf8');
    await first.stop();
    writeFileSync(file, left.replace(/^\d+/, String(process.ppid)));
    await expect(server({ recorded: location }).start()).resolves.toMatchObject({ location });
  });

  it('ends the server of an earlier start and waits for it', async () => {
    const first = server();
    const { location } = await first.start();
    const { pid } = first;
    const again = await server({ recorded: location }).start();
    await expect(hasEnded(pid!)).resolves.toBe(true);
    expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('runs beside others', async () => {
    const other = mkdtempSync(join(tmpdir(), 'my-ia-postgres-'));
    if (isRoot) chmodSync(other, 0o711);
    try {
      const [one, two] = await Promise.all([server().start(), server({ dataDirectory: other }).start()]);
      expect(one.port).not.toBe(two.port);
    } finally {
      await Promise.all(running.map(async (postgres) => postgres.stop()));
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('never makes a new cluster in place of a lost one', async () => {
    const failure = server({ recorded: 'postgres' }).start();
    await expect(failure).rejects.toThrow(LaunchError);
    await expect(failure).rejects.toThrow(/which is gone: restore it/);
  });

  (isRoot ? it : it.skip)('moves where its account can go when root keeps the data to itself', async () => {
    const home = mkdtempSync(join(homedir(), '.my-ia-test-'));
    const instanceId = randomUUID();
    try {
      const dataDirectory = join(home, 'data');
      mkdirSync(dataDirectory, { mode: 0o700 });
      const first = server({ dataDirectory, instanceId });
      const { location, url } = await first.start();
      expect(location).toBe(join(SYSTEM_DIRECTORY, instanceId, 'postgres'));
      expect(statSync(location).mode & 0o777).toBe(0o700);
      await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.stop();
      const again = await server({ dataDirectory, instanceId, recorded: location }).start();
      expect(await query(again.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    } finally {
      await Promise.all(running.map(async (postgres) => postgres.stop()));
      rmSync(home, { recursive: true, force: true });
      rmSync(join(SYSTEM_DIRECTORY, instanceId), { recursive: true, force: true });
    }
  });
});
