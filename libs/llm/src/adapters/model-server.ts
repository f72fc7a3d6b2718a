import { codeOf } from '../resilience/to-model-failure';

export type ModelPresence =
  { readonly state: 'available' } | { readonly state: 'unreachable' | 'missing'; readonly detail: string };

/** Time a running server takes to list its models, with plenty of room; a start must not wait longer for an absent one. */
export const LOOK_TIMEOUT_MS = 1_000;

/** What can be asked of a model server besides its models' work. */
export abstract class ModelServer {
  /** Whether the server answers now and has the model. Takes at most about a second. Never throws. */
  abstract look(model: string): Promise<ModelPresence>;

  /**
   * Tokens a model can read and write at most, as the server knows it; undefined when it does not tell. Takes at most about a second.
   * @throws Error when the server does not answer
   */
  abstract contextTokens(model: string): Promise<number | undefined>;
}

/** An error in a word, without anything the server said. */
export const summaryOf = (error: unknown): string => codeOf(error) ?? (error instanceof Error ? error.name : 'error');
