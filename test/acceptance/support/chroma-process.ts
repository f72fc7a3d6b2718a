import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { chromaBinding } from '#apps/local/src/chroma/chroma-binding';
import { freePort } from '#apps/local/src/processes/free-port';

import { eventually } from './eventually';
import { signal } from './processes';
import { plainEnvironment } from './workspace';

const START_SECONDS = 60;
const RUN = `require(process.argv[1]).cli(['chroma', 'run', '--path', process.argv[2], '--host', '127.0.0.1', '--port', process.argv[3]])`;

const running = new Set<ChromaProcess>();
process.once('exit', () => {
  for (const server of running) server.kill();
});

/** A Chroma server beside the product, which can be stopped and comes back on the same port with the same vectors. */
export class ChromaProcess {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly directory: string,
    private readonly port: number,
  ) {}

  static async start(directory: string): Promise<ChromaProcess> {
    const server = new ChromaProcess(directory, await freePort());
    await server.resume();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async resume(): Promise<void> {
    const args = ['-e', RUN, chromaBinding(), this.directory, String(this.port)];
    this.child = spawn(process.execPath, args, { env: plainEnvironment(this.directory), stdio: 'ignore' });
    running.add(this);
    const isUp = await eventually(() => this.answers(), START_SECONDS);
    if (!isUp) throw new Error(`Chroma does not answer at ${this.url}`);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    this.child = undefined;
    running.delete(this);
  }

  kill(): void {
    if (this.child?.pid !== undefined) signal(this.child.pid, 'SIGKILL');
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/api/v2/heartbeat`)).ok;
    } catch {
      return false;
    }
  }
}
