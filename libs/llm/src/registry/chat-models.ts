import type { ChatModel } from '../chat-model';

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
  /** Tokens it reads and writes in one answer. */
  readonly contextTokens: number;
}

/** Port: the models the operator allows assistants and organizations to choose. */
export abstract class ChatModels {
  /** The default first. Takes at most about a second. Never throws. */
  abstract list(): Promise<readonly UsableChatModel[]>;

  /** @param id `provider:model`; undefined for one that is not allowed */
  abstract find(id: string): ChatModel | undefined;
}

/** Where nothing can be chosen. */
export class NoChatModels extends ChatModels {
  override list(): Promise<readonly UsableChatModel[]> {
    return Promise.resolve([]);
  }

  override find(): undefined {
    return undefined;
  }
}
