import { type LaunchText } from './launch-text';

/**
 * The appliance cannot start, or cannot go on, for a reason its owner can mend. Printed as one line, never as a stack.
 * Deliberately outside the DomainError family: the test run starts these servers before anything is built, so nothing
 * under `postgres/`, `chroma/` and `processes/` may import a library.
 */
export class LaunchError extends Error {
  constructor(
    /** One sentence on what is wrong, one on what to do. */
    readonly text: LaunchText,
    options: { readonly cause?: unknown } = {},
  ) {
    super(text.en, options);
    this.name = 'LaunchError';
  }
}
