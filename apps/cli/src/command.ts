import type { Environment } from '#libs/config';

/** One operator command. `run` prints what it did to standard output and returns the exit code. */
export interface Command {
  readonly name: string;
  /** Arguments as they are shown in the help, e.g. `<folder> [--collection <name>]`. */
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[], env: Environment): Promise<number>;
}
