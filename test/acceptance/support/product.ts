import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

import { eventually } from './eventually';
import { familyOf, killAll, leftOver, processesNaming, signal, type ProcessMark } from './processes';

/** An install from an empty cache over a slow line. */
const START_SECONDS = 600;
const STOP_SECONDS = 60;

export interface ProductOptions {
  /** The project's folder. */
  readonly folder: string;
  readonly dataDirectory: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** What stands before `npm start`, to run it as somebody else. */
  readonly prefix?: readonly string[];
}

/** Ended by force when this program is interrupted itself. */
const running = new Set<Product>();
process.once('exit', () => {
  for (const product of running) killAll(product.family());
});

/** One `npm start` in a process group of its own, as in a terminal. */
export class Product {
  private text = '';
  private readonly begun = performance.now();
  private ending: number | NodeJS.Signals | undefined;

  private constructor(
    private readonly options: ProductOptions,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (piece: string) => (this.text += piece));
    }
    running.add(this);
    child.once('exit', (code, killedBy) => {
      this.ending = killedBy ?? code ?? -1;
      running.delete(this);
    });
  }

  /** @throws Error with everything it printed, when it ends or says nothing */
  static async start(options: ProductOptions): Promise<Product> {
    const { folder: cwd, env, prefix = [] } = options;
    const [command, ...args]: readonly string[] = [...prefix, 'npm', 'start'];
    const child = spawn(command ?? 'npm', args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const product = new Product(options, child);
    await eventually(() => product.isReady || product.ended, START_SECONDS);
    if (product.isReady) return product;
    await product.killEverything();
    throw new Error(`npm start did not become ready:\n${product.output}`);
  }

  /** Seconds from the command to its banner. */
  readonly ready = { seconds: 0 };

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Everything it printed, both streams in their order. */
  get output(): string {
    return this.text;
  }

  get ended(): boolean {
    return this.ending !== undefined;
  }

  /** Exit code or signal of npm: the shell it runs scripts in reports a Ctrl-C it has seen by dying of it, as shells do. */
  get endedBy(): number | NodeJS.Signals | undefined {
    return this.ending;
  }

  get url(): string {
    return /API=(http\S+)\/api\/v1/.exec(this.text)?.[1] ?? '';
  }

  /** As the banner shows it, once. */
  get password(): string | undefined {
    return /(?:Mot de passe|Password)\s+(\S+) {2}\(/.exec(this.text)?.[1];
  }

  get email(): string {
    return /(?:Compte|Account)\s+(\S+)/.exec(this.text)?.[1] ?? '';
  }

  family(): ProcessMark[] {
    return familyOf(this.pid);
  }

  /** What Ctrl-C does: SIGINT to the whole foreground group. @returns processes that outlive it, and the seconds */
  async interrupt(): Promise<{ survivors: ProcessMark[]; seconds: number }> {
    const family = this.family();
    const begun = performance.now();
    signal(-this.pid, 'SIGINT');
    await eventually(() => this.ended, STOP_SECONDS);
    const seconds = (performance.now() - begun) / 1_000;
    const gone = await leftOver(family);
    const survivors = gone.length > 0 ? gone : processesNaming(this.options.dataDirectory);
    return { survivors, seconds };
  }

  /** `kill -9` of the process group; what is in groups of its own is left to what the product does about it. */
  killGroup(): void {
    signal(-this.pid, 'SIGKILL');
  }

  /** Every process of the product, the servers and their guards too. */
  async killEverything(): Promise<void> {
    const family = this.family();
    killAll(family);
    await leftOver(family);
  }

  private get isReady(): boolean {
    const ready = /^ {2}Ctrl-C /m.test(this.text);
    if (ready && this.ready.seconds === 0) this.ready.seconds = (performance.now() - this.begun) / 1_000;
    return ready;
  }
}

/** Removes a data directory, and the cluster that stands elsewhere when PostgreSQL's account cannot enter it. */
export const removeData = (dataDirectory: string): void => {
  const marker = join(dataDirectory, 'my-ia.json');
  if (existsSync(marker)) {
    const { cluster, instanceId } = JSON.parse(readFileSync(marker, 'utf8')) as {
      cluster?: string;
      instanceId: string;
    };
    // Only the folder that bears this instance's name.
    if (cluster !== undefined && isAbsolute(cluster) && dirname(cluster).endsWith(instanceId)) {
      rmSync(dirname(cluster), { recursive: true, force: true });
    }
  }
  rmSync(dataDirectory, { recursive: true, force: true });
};
