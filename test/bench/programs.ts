import { spawn, type ChildProcess } from 'node:child_process';

import { processTree } from './memory';
import { pause } from './measure';

/** The appliance gives requests and jobs 20 seconds; PostgreSQL writes its last checkpoint after that. */
const STOP_SECONDS = 60;
/** Guards look at their servers every tenth of a second. */
const LEAVE_SECONDS = 10;
const LINE_SECONDS = 60;
/** Enough to show what went wrong. */
const OUTPUT_TAIL = 4_000;

export type Variables = Readonly<Record<string, string>>;

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Variables;
}

/** One program we started, in a process group of its own: a Ctrl-C reaches only us, and we end it in order. */
export class Program {
  output = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<undefined>;
  private hasExited = false;

  constructor({ command, args, cwd, env }: Command) {
    const options = { cwd, detached: true, env: { ...userEnvironment(), ...env } };
    this.child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = new Promise((resolve) => {
      const end = (): void => {
        this.hasExited = true;
        resolve(undefined);
      };
      this.child.once('exit', end);
      this.child.once('error', (error) => {
        this.hear(error.message);
        end();
      });
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    }
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get running(): boolean {
    return !this.hasExited;
  }

  /** The first group of the pattern, once the program has printed it. @throws when it ends or takes too long. */
  async printed(pattern: RegExp): Promise<string> {
    const end = performance.now() + LINE_SECONDS * 1_000;
    while (performance.now() < end) {
      const found = pattern.exec(this.output)?.[1];
      if (found !== undefined) return found;
      if (this.hasExited) break;
      await pause(5);
    }
    throw new Error(`A program did not start:\n${this.output}`);
  }

  /** Asks it to end and waits until all its processes have. @throws when one of them stays. */
  async stop(): Promise<void> {
    const all = processTree(this.pid);
    this.signal('SIGTERM', this.pid);
    await Promise.race([this.exited, pause(STOP_SECONDS * 1_000)]);
    if (!this.hasExited) this.signal('SIGKILL', -this.pid);
    const end = performance.now() + LEAVE_SECONDS * 1_000;
    while (all.some(isAlive) && performance.now() < end) await pause(50);
    const left = all.filter(isAlive);
    if (left.length > 0) throw new Error(`Processes stayed behind: ${left.join(' ')}\n${this.output}`);
  }

  private signal(signal: NodeJS.Signals, pid: number): void {
    if (this.hasExited || this.pid < 1) return;
    try {
      process.kill(pid, signal);
    } catch {
      // It ended at this very moment.
    }
  }

  private hear(text: string): void {
    this.output = (this.output + text).slice(-OUTPUT_TAIL);
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const KEPT = ['HOME', 'LANG', 'LC_ALL', 'LOGNAME', 'SHELL', 'TERM', 'TMPDIR', 'USER'];

/** A person's shell without its settings: what npm told this very run, or a DATABASE_URL of the day, must not get through. */
const userEnvironment = (): NodeJS.ProcessEnv => {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => !folder.endsWith('node_modules/.bin'));
  return { PATH: folders.join(':'), ...Object.fromEntries(KEPT.map((name) => [name, process.env[name]])) };
};

/** All that runs because of us, ended together whatever happens. */
export class Programs {
  private readonly started = new Set<Program>();
  private closed = false;

  start(command: Command): Program {
    if (this.closed) throw new Error('The benchmark is ending');
    const program = new Program(command);
    this.started.add(program);
    return program;
  }

  async stop(program: Program): Promise<void> {
    await program.stop();
    this.started.delete(program);
  }

  async stopAll(): Promise<void> {
    this.closed = true;
    const ends = await Promise.allSettled([...this.started].map((program) => program.stop()));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}
