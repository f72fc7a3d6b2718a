import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CLI = join(dirname(require.resolve('chromadb')), '..', 'cli.mjs');
const START_ATTEMPTS = 200;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** A Chroma server of this suite alone, because the suite kills it. */
export class ChromaProcess {
  private readonly folder = mkdtempSync(join(tmpdir(), 'vector-store-'));
  private child: ChildProcess | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts, or starts again on the same data and port. */
  async start(): Promise<void> {
    this.port ||= await freePort();
    const options = ['run', '--path', this.folder, '--host', '127.0.0.1', '--port', String(this.port)];
    this.child = spawn(process.execPath, [CLI, ...options], { stdio: 'ignore' });
    for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
      const answer = await fetch(`${this.url}/api/v2/heartbeat`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(100);
    }
    throw new Error('Chroma did not start');
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.child = undefined;
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
