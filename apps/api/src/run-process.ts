import { DomainError } from '#libs/kernel';

/**
 * Runs a process until it ends by a signal (Nest's shutdown hooks do the rest). A start that fails says why in plain
 * words, without a stack when the reason is one the product knows, and exits with code 1.
 */
export const runProcess = (start: () => Promise<unknown>): void => {
  start().catch((error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(1);
  });
};

const describe = (error: unknown): string => {
  if (error instanceof DomainError) return `${error.definition.en.title}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
