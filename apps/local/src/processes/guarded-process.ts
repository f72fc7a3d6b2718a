import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { type Readable } from 'node:stream';

import { LaunchError } from '../launch.error';
import { GUARD_SCRIPT } from './guard-script';

/** Exit code a shell reports for a process ended by SIGKILL. */
const KILLED = 137;

export interface GuardedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited, so a stray variable of the user cannot steer a server. */
  readonly env: Readonly<Record<string, string>>;
  /** Signal that asks the command to end. */
  readonly stopSignal: 'INT' | 'TERM';
  /** Seconds it may take to end before SIGKILL. */
  readonly stopSeconds: number;
  /** File both outputs are appended to. */
  readonly log: string;
  /** File read as standard input; nothing when absent. */
  readonly input?: string;
  /** Account to run as; only root may name one. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * A child process that never outlives its launcher and never receives the terminal's Ctrl-C: the launcher decides when
 * it ends. Linux and macOS.
 */
export class GuardedProcess {
  private ended = false;

  private constructor(
    /** Process id of the command itself, not of its guard. */
    readonly pid: number,
    private readonly guard: ChildProcess,
    /** Resolves with the exit code (128 + signal when a signal ended it), however the process ends. */
    readonly exited: Promise<number>,
  ) {
    exited.then(() => (this.ended = true)).catch(() => undefined);
  }

  get running(): boolean {
    return !this.ended;
  }

  /** @throws LaunchError when the system has no `/bin/sh` or refuses the account. */
  static async start(command: GuardedCommand): Promise<GuardedProcess> {
    const guard = spawnGuard(command);
    const exited = new Promise<number>((resolve) => guard.once('exit', (code) => resolve(code ?? KILLED)));
    try {
      return new GuardedProcess(await commandPid(guard), guard, exited);
    } catch (cause) {
      throw cannotStart(command.command, cause);
    }
  }

  /** Asks the process to end and waits until it has; kills it after its bound. Safe to call twice. */
  async stop(): Promise<void> {
    this.guard.stdin?.destroy();
    await this.exited;
  }
}

const spawnGuard = (command: GuardedCommand): ChildProcess => {
  const { stopSignal, stopSeconds, account, env } = command;
  const log = openSync(command.log, 'a', 0o600);
  const input = openSync(command.input ?? '/dev/null', 'r');
  try {
    const bounds = [stopSignal, String(stopSeconds * 10)];
    const guard = spawn('/bin/sh', ['-c', GUARD_SCRIPT, 'guard', ...bounds, command.command, ...command.args], {
      ...account,
      env,
      // A session of its own: the terminal signals the launcher's group only.
      detached: true,
      // The account may not be able to enter the launcher's folder.
      cwd: '/',
      stdio: ['pipe', log, log, 'pipe', input],
    });
    guard.stdin?.on('error', () => undefined);
    return guard;
  } finally {
    closeSync(log);
    closeSync(input);
  }
};

const commandPid = async (guard: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    const report = guard.stdio[3] as Readable;
    guard.on('error', reject);
    report.once('data', (line: Buffer) => resolve(Number(line.toString())));
    report.once('end', () => reject(new Error('the guard ended before it started its command')));
  });

const cannotStart = (command: string, cause: unknown): LaunchError =>
  new LaunchError({ fr: `Impossible de lancer ${command}.`, en: `Cannot run ${command}.` }, { cause });
