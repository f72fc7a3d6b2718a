import { Logger } from '@nestjs/common';
import type { LlmConfig } from '#libs/config';
import { BUILTIN_EMBEDDING_ID, BuiltinEmbeddingModel } from '../adapters/builtin-embedding-model';
import { OllamaEmbeddingModel } from '../adapters/ollama-embedding-model';
import type { OllamaServer } from '../adapters/ollama-server';
import type { EmbeddingModel } from '../embedding-model';
import { EmbeddingModelUnknownError } from '../llm.errors';
import type { ModelObserver } from '../model-observer';
import { EmbeddingModels } from './embedding-models';

const OLLAMA_ID = /^ollama:(.+)$/;

/** Resolves `EMBEDDINGS_PROVIDER`: {@link choose} once, before use. */
export class ConfiguredEmbeddingModels extends EmbeddingModels {
  private readonly logger = new Logger('EmbeddingModels');
  private readonly builtin = new BuiltinEmbeddingModel();
  private readonly ollama = new Map<string, OllamaEmbeddingModel>();
  private chosen: EmbeddingModel = this.builtin;

  constructor(
    private readonly config: LlmConfig,
    private readonly server: OllamaServer,
    private readonly observer: ModelObserver,
  ) {
    super();
  }

  /** Takes at most about a second. Never throws. */
  async choose(): Promise<this> {
    const { embeddingsProvider, ollamaEmbeddingModel: wanted } = this.config;
    if (embeddingsProvider === 'builtin') return this.take(this.builtin, 'EMBEDDINGS_PROVIDER=builtin');
    const presence = await this.server.look(wanted);
    const available = presence.state === 'available';
    const why = available ? 'Ollama has it' : presence.detail;
    const useOllama = available || embeddingsProvider === 'ollama';
    this.take(useOllama ? this.ollamaModel(wanted) : this.builtin, `EMBEDDINGS_PROVIDER=${embeddingsProvider}; ${why}`);
    // In the background: loading the model takes longer than a start should.
    if (available) this.ready().catch((error: unknown) => this.logger.warn(`No embedding yet: ${String(error)}`));
    return this;
  }

  override current(): EmbeddingModel {
    return this.chosen;
  }

  override async ready(): Promise<EmbeddingModel> {
    if (this.chosen instanceof OllamaEmbeddingModel) await this.chosen.ready();
    return this.chosen;
  }

  override byId(id: string): EmbeddingModel {
    if (id === BUILTIN_EMBEDDING_ID) return this.builtin;
    const model = OLLAMA_ID.exec(id)?.[1];
    if (model === undefined || this.config.embeddingsProvider === 'builtin') {
      throw new EmbeddingModelUnknownError(id, this.chosen.id);
    }
    return this.ollamaModel(model);
  }

  private take(model: EmbeddingModel, why: string): this {
    this.chosen = model;
    this.logger.log(`New collections are embedded by ${model.id} (${why})`);
    return this;
  }

  private ollamaModel(model: string): OllamaEmbeddingModel {
    const known = this.ollama.get(model);
    if (known) return known;
    const { server, observer } = this;
    const fresh = new OllamaEmbeddingModel(server, {
      model,
      observer,
      timeoutMs: this.config.ollamaFirstTokenTimeoutMs,
    });
    this.ollama.set(model, fresh);
    return fresh;
  }
}
