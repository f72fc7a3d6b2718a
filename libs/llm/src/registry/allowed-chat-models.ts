import { Injectable } from '@nestjs/common';
import { ChatModel } from '../chat-model';
import { ChatModelFactory } from './chat-model-factory';
import { ChatModels, type UsableChatModel } from './chat-models';
import { modelIdOf, parseModelId } from './model-id';
import { ModelServers } from './model-servers';

/** The models of the configuration: the installation's own, `CHAT_MODELS`, and the built-in one. */
@Injectable()
export class AllowedChatModels extends ChatModels {
  constructor(
    private readonly factory: ChatModelFactory,
    private readonly servers: ModelServers,
    private readonly standard: ChatModel,
  ) {
    super();
  }

  override async list(): Promise<readonly UsableChatModel[]> {
    const standardId = modelIdOf(this.standard.settled());
    const models = await Promise.all(this.ids().map((id) => this.describe(id, id === standardId)));
    return models.flatMap((model) => model ?? []).sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  }

  override ids(): readonly string[] {
    return this.factory.allowed().filter((id) => this.find(id));
  }

  override find(id: string): ChatModel | undefined {
    return this.factory.allowed().includes(id) ? this.factory.make(id) : undefined;
  }

  private async describe(id: string, isDefault: boolean): Promise<UsableChatModel | undefined> {
    const found = this.find(id);
    if (!found) return undefined;
    const { provider, model } = parseModelId(id);
    const server = this.servers.of(provider);
    const [presence, contextTokens] = await Promise.all([server?.look(model), found.contextTokens()]);
    const isAvailable = presence === undefined || presence.state === 'available';
    const window = Number.isFinite(contextTokens) ? contextTokens : null;
    return { id, provider, model, isDefault, isAvailable, contextTokens: window };
  }
}
