import type { ModelFailureReason } from './llm.errors';

export type ModelCallKind = 'chat' | 'embedding' | 'rerank';
export type ModelOutcome = 'ok' | ModelFailureReason;

/** Port: is told how long each model call took, waiting and retries included. Optional. */
export abstract class ModelObserver {
  /** @param seconds from the call to its last token or vector */
  abstract observe(kind: ModelCallKind, provider: string, model: string, outcome: ModelOutcome, seconds: number): void;
}

export class SilentModelObserver extends ModelObserver {
  override observe(): void {
    // Nobody asked for figures.
  }
}
