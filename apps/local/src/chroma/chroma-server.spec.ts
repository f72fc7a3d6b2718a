import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isAlive } from '../processes/process-identity';
import { ChromaServer } from './chroma-server';

const COLLECTIONS = 'api/v2/tenants/default_tenant/databases/default_database/collections';

describe('ChromaServer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'my-ia-chroma-'));
  const server = (): ChromaServer =>
    new ChromaServer({ directory: join(folder, 'chroma'), log: join(folder, 'chroma.log') });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps collections over a restart and over a kill by force', async () => {
    const first = server();
    const url = await first.start();
    const body = JSON.stringify({ name: 'kept' });
    const made = await fetch(`${url}/${COLLECTIONS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(made.status).toBe(200);
    process.kill(first.pid!, 'SIGKILL');
    await first.exited;

    const second = server();
    const again = await second.start();
    const names = (await (await fetch(`${again}/${COLLECTIONS}`)).json()) as { name: string }[];
    expect(names.map(({ name }) => name)).toEqual(['kept']);
    await second.stop();
    expect(isAlive(second.pid!)).toBe(false);
  });

  it('writes what it says to its log, and keeps the log before', () => {
    expect(readFileSync(join(folder, 'chroma.log'), 'utf8')).toContain('Saving data to');
    expect(readFileSync(join(folder, 'chroma.log.1'), 'utf8')).toContain('Saving data to');
  });
});
