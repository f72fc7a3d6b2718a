import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

import { ChatConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids, type Locale } from '#libs/kernel';
import { AnswerModels, type ChatModel, type ChatUsage } from '#libs/llm';
import { BudgetWatch, UsageMeter } from '#libs/plans';

import { ChosenModels } from '../answering/chosen-models';
import type { MessageView } from '../message/message.view';
import { readTitle, titlePrompt } from './title-prompt';

/** Milliseconds a title may take: nobody waits for it, and the model has other work. */
const TIMEOUT_MS = 20_000;
const MAX_TOKENS = 32;
/** Characters after which it is no title any more. */
const MAX_CHARACTERS = 600;
const NONCE_LENGTH = 12;

/** A conversation with its first question. */
export interface Unnamed {
  readonly principal: Principal;
  readonly conversationId: string;
  readonly question: string;
  readonly locale: Locale;
  /** The model that was wished for; the organization's when undefined. */
  readonly wished: string | undefined;
}

interface Written {
  readonly text: string;
  readonly usage: ChatUsage;
}

/**
 * Use case: lets the model that gave the first answer name the conversation, instead of its first question. It is told the
 * question alone. A title that a user gave meanwhile stays.
 */
@Injectable()
export class NameConversation implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: ChatConfig,
    private readonly models: AnswerModels,
    private readonly chosen: ChosenModels,
    private readonly budgets: BudgetWatch,
    private readonly usage: UsageMeter,
    private readonly ids: Ids,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** @param answer the first of the conversation. @throws whatever the model or the budget fails with: the title stays then */
  async execute(unnamed: Unnamed, answer: MessageView): Promise<void> {
    const model = await this.writerOf(unnamed, answer);
    if (!model) return;
    await this.budgets.requireLeft(unnamed.principal.organizationId);
    const written = await this.write(model, unnamed);
    await this.uow.run(() => this.store(model, unnamed, written));
  }

  /** The model that answered, if it does write; one that failed just now is left alone. */
  private async writerOf({ principal, wished }: Unnamed, answer: MessageView): Promise<ChatModel | undefined> {
    const { status, degraded, provider, model } = answer;
    if (this.config.chatTitles !== 'model' || status !== 'complete' || degraded !== undefined) return undefined;
    if (provider === this.models.extractive.provider) return undefined;
    const { models } = await this.chosen.chainFor(principal, wished);
    return models.find((candidate) => candidate.provider === provider && candidate.model === model);
  }

  private async write(model: ChatModel, { question, locale }: Unnamed): Promise<Written> {
    const nonce = this.ids.next().replaceAll('-', '').slice(-NONCE_LENGTH);
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const style = { temperature: 0, maxTokens: MAX_TOKENS };
    const request = { turns: titlePrompt(question, locale, nonce), question, sources: [], locale, style, signal };
    let text = '';
    for await (const event of model.stream(request)) {
      if (event.type === 'end') return { text, usage: event.usage };
      text += event.text;
      if (text.length > MAX_CHARACTERS) break;
    }
    return { text: '', usage: { promptTokens: 0, completionTokens: 0 } };
  }

  private async store(
    { provider, model }: ChatModel,
    { principal, conversationId }: Unnamed,
    { text, usage }: Written,
  ): Promise<void> {
    const { id: userId, organizationId } = principal;
    const title = readTitle(text);
    if (title !== undefined) {
      await this.uow.query(
        `UPDATE conversation SET title = $2, titled_by = 'model', version = version + 1 WHERE id = $1 AND titled_by = 'question'`,
        [conversationId, title],
      );
    }
    await this.usage.record({ organizationId, userId, kind: 'chat', provider, model, ...usage });
  }
}
