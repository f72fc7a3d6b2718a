import { transformFileSync, type Options } from '@swc/core';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { isAlive } from '#apps/local/src/processes/process-identity';
import { waitUntil } from '#apps/local/src/processes/wait-until';

const ROOT = join(__dirname, '..', '..');
const SOURCES = join(ROOT, 'apps', 'local', 'src');
const { jsc } = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')) as Pick<Options, 'jsc'>;
/** Generous, since a busy machine may start two servers slowly; nothing waits that long when all is well. */
const PATIENCE_SECONDS = 25;

/**
 * The launcher's code compiled from its sources, to be run by processes a test may kill. Inside the project, so that
 * packages are found.
 */
export class CompiledLauncher {
  readonly folder = join(ROOT, 'dist', `launcher-under-test-${process.pid}-${performance.now()}`);

  constructor() {
    for (const name of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.ts') && !name.endsWith('.spec.ts')) this.compile(name);
    }
  }

  /**
   * Runs a script in a process group of its own. In the script, `load('processes/guarded-process')` gives a module of
   * the launcher.
   */
  run(script: string, env: Record<string, string> = {}): LauncherProcess {
    const load = `const load = (name) => require(${JSON.stringify(this.folder)} + '/' + name + '.js');`;
    return new LauncherProcess(
      spawn(process.execPath, ['-e', `${load}\n${script}`], {
        cwd: ROOT,
        detached: true,
        env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private compile(name: string): void {
    const target = join(this.folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const options: Options = { swcrc: false, jsc: jsc ?? {}, module: { type: 'commonjs' } };
    writeFileSync(target, transformFileSync(join(SOURCES, name), options).code);
  }
}

export class LauncherProcess {
  output = '';
  private readonly ended: Promise<unknown>;

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = once(child, 'close');
  }

  /** Waits until the process has written something that matches. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    await waitUntil(() => pattern.test(this.output) || this.child.exitCode !== null, PATIENCE_SECONDS);
    const match = pattern.exec(this.output);
    if (!match) throw new Error(`${String(pattern)} was not said; instead:\n${this.output}`);
    return match;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** As a terminal or a service manager does: everything in the group, at once. */
  signalGroup(signal: NodeJS.Signals): void {
    if (this.child.pid !== undefined && this.child.exitCode === null) process.kill(-this.child.pid, signal);
  }

  /** @returns its exit code, or null when a signal ended it. */
  async exit(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  /** For cleaning up after a test, however it went. */
  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.signalGroup('SIGKILL');
    await this.ended;
  }
}

/** @returns false when the process still lives after a while. */
export const hasEnded = async (pid: number): Promise<boolean> => waitUntil(() => !isAlive(pid), PATIENCE_SECONDS);
