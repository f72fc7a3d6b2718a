import type { ModelFailureReason } from './llm.errors';

export type ModelCallKind = 'chat' | 'embedding';
export type ModelOutcome = 'ok' | ModelFailureReason;

/** Port: is told how long each model call took, waiting and retries included, and which were spared. Optional. */
export abstract class ModelObserver {
  /** @param seconds from the call to its last token or vector */
  abstract observe(kind: ModelCallKind, provider: string, model: string, outcome: ModelOutcome, seconds: number): void;

  /** Of texts to embed: how many vectors were remembered, and how many asked from the model. */
  cached(_hits: number, _misses: number): void {
    // For those who count.
  }
}

export class SilentModelObserver extends ModelObserver {
  override observe(): void {
    // Nobody asked for figures.
  }
}
