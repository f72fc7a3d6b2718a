import type { ChatModel } from '../chat-model';
import { NoChatModels, type ChatModels } from './chat-models';
import { modelIdOf } from './model-id';

/** The models an answer may come from, in the order in which they are asked. */
export interface ModelChain {
  readonly models: readonly ChatModel[];
  /** Reason code when a wished model is not to be had. */
  readonly degraded: string | undefined;
}

/** The model that answers where nobody chose, and the one that can always answer when others fail. They may be the same. */
export class AnswerModels {
  constructor(
    readonly primary: ChatModel,
    readonly extractive: ChatModel,
    private readonly choice: ChatModels = new NoChatModels(),
  ) {}

  /**
   * Wished models first, then the installation's, then the extractive one; none twice.
   * @param wished `provider:model`, the most wished first; one that is not allowed (any more) is left out, and told
   */
  chain(wished: readonly string[]): ModelChain {
    const found = wished.map((id) => this.choice.find(id));
    const all = [...found.flatMap((model) => model ?? []), this.primary.settled(), this.extractive];
    const models = [...new Map(all.map((model) => [modelIdOf(model), model])).values()];
    return { models, degraded: found.includes(undefined) ? 'model.not_allowed' : undefined };
  }
}
