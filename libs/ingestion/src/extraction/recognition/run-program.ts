import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Readable, type Writable } from 'node:stream';

export interface ProgramBounds {
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly outputBytes: number;
}

export type ProgramOutcome =
  | { readonly ended: 'normally'; readonly exitCode: number; readonly output: string }
  | { readonly ended: 'too late' | 'too large' | 'by a signal' | 'not found' };

/** Where packages install programs; the environment of this process is not passed on, its secrets least of all. */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin',
  LC_ALL: 'C.UTF-8',
  OMP_THREAD_LIMIT: '1',
};
/** util-linux: sets bounds and then becomes the program, so the process id stays the same. */
const PRLIMIT = '/usr/bin/prlimit';

/** @returns the command line, with bounds of the kernel around it where the system has them */
const bounded = (command: string, args: readonly string[], bounds: ProgramBounds): readonly [string, ...string[]] => {
  if (!existsSync(PRLIMIT)) return [command, ...args];
  const limits = [`--as=${String(bounds.memoryBytes)}`, `--cpu=${String(bounds.seconds)}`, '--core=0'];
  return [PRLIMIT, ...limits, command, ...args];
};

/** prlimit's, as a shell's, when there is no such program. */
const NOT_FOUND = 127;

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Reads what the program writes, and ends it when that is too much. */
class Output {
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(
    child: Child,
    private readonly most: number,
  ) {
    child.stdout.on('data', (chunk: Buffer) => {
      this.#size += chunk.length;
      if (this.isTooLarge) child.kill('SIGKILL');
      else this.#chunks.push(chunk);
    });
  }

  get isTooLarge(): boolean {
    return this.#size > this.most;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** @returns the exit code, null when a signal ended it, `NOT_FOUND` when it could not be started */
const exitOf = (child: Child): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('error', ({ name }) => {
      if (name !== 'AbortError') resolve(NOT_FOUND);
    });
    child.once('close', resolve);
  });

/**
 * Runs a program without a shell on bytes of unknown origin: bounded in time, memory and output, with an environment of
 * its own, killed when the signal asks.
 *
 * @throws {unknown} the reason of the signal
 */
export const runProgram = async (
  command: string,
  args: readonly string[],
  input: Uint8Array,
  bounds: ProgramBounds,
  cancelled: AbortSignal,
): Promise<ProgramOutcome> => {
  cancelled.throwIfAborted();
  const timeout = AbortSignal.timeout(bounds.seconds * 1_000);
  const [file, ...rest] = bounded(command, args, bounds);
  const signal = AbortSignal.any([cancelled, timeout]);
  const child = spawn(file, rest, {
    cwd: tmpdir(),
    env: ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'ignore'],
    killSignal: 'SIGKILL',
    signal,
  });
  const output = new Output(child, bounds.outputBytes);
  // A program that ends before it has read all breaks the pipe; its exit says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const exitCode = await exitOf(child);
  cancelled.throwIfAborted();
  if (exitCode === NOT_FOUND) return { ended: 'not found' };
  if (timeout.aborted) return { ended: 'too late' };
  if (output.isTooLarge) return { ended: 'too large' };
  return exitCode === null ? { ended: 'by a signal' } : { ended: 'normally', exitCode, output: output.text() };
};
