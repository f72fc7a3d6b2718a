import type { ChatModel } from '../chat-model';
import { ChatModelNotAllowedError } from '../llm.errors';

/** A model that people may choose. */
export interface UsableChatModel {
  /** `provider:model`. */
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  /** Whether it answers where nobody chose. */
  readonly isDefault: boolean;
  /** Whether its server answers now and has it. */
  readonly isAvailable: boolean;
  /** Tokens it reads and writes in one answer; null for one that reads its sources one by one. */
  readonly contextTokens: number | null;
}

/** Port: the models the operator allows assistants and organizations to choose. */
export abstract class ChatModels {
  /** The default first. Takes at most about a second. Never throws. */
  abstract list(): Promise<readonly UsableChatModel[]>;

  /** Ids of the models that may be chosen. */
  abstract ids(): readonly string[];

  /** @param id `provider:model`; undefined for one that is not allowed */
  abstract find(id: string): ChatModel | undefined;
}

/** @throws ChatModelNotAllowedError for a model that is not among those of the operator */
export const requireAllowed = (models: ChatModels, id: string): void => {
  if (!models.find(id)) throw new ChatModelNotAllowedError(id, models.ids());
};

/** Where nothing can be chosen. */
export class NoChatModels extends ChatModels {
  override list(): Promise<readonly UsableChatModel[]> {
    return Promise.resolve([]);
  }

  override ids(): readonly string[] {
    return [];
  }

  override find(): undefined {
    return undefined;
  }
}
