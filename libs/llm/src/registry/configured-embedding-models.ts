import { Logger } from '@nestjs/common';
import type { LlmConfig } from '#libs/config';
import { BUILTIN_EMBEDDING_ID, BuiltinEmbeddingModel } from '../adapters/builtin-embedding-model';
import { CachedEmbeddingModel } from '../adapters/cached-embedding-model';
import { isEnglishOnly } from './english-only';
import { OllamaEmbeddingModel } from '../adapters/ollama-embedding-model';
import { OpenAiEmbeddingModel } from '../adapters/openai-embedding-model';
import type { UpstreamEmbeddingModel } from '../adapters/upstream-embedding-model';
import { VectorCache } from '../adapters/vector-cache';
import type { EmbeddingModel } from '../embedding-model';
import { EmbeddingModelUnknownError } from '../llm.errors';
import type { ModelObserver } from '../model-observer';
import { EmbeddingModels } from './embedding-models';
import { parseModelId } from './model-id';
import type { ModelServers } from './model-servers';

/** 10,000 vectors of 768 numbers: the questions of a day, and a book that is indexed anew. */
const CACHE_BYTES = 32 * 1024 * 1024;

/** Resolves `EMBEDDINGS_PROVIDER`: {@link choose} once, before use. */
export class ConfiguredEmbeddingModels extends EmbeddingModels {
  private readonly logger = new Logger('EmbeddingModels');
  private readonly builtin = new BuiltinEmbeddingModel();
  private readonly made = new Map<string, CachedEmbeddingModel>();
  private readonly cache = new VectorCache(CACHE_BYTES);
  private chosen: EmbeddingModel = this.builtin;

  constructor(
    private readonly config: LlmConfig,
    private readonly servers: ModelServers,
    private readonly observer: ModelObserver,
  ) {
    super();
  }

  /** Takes at most about two seconds. Never throws. */
  async choose(): Promise<this> {
    const { embeddingsProvider } = this.config;
    const reasons = [`EMBEDDINGS_PROVIDER=${embeddingsProvider}`];
    for (const id of this.candidates()) {
      const problem = await this.problemOf(id);
      reasons.push(problem ?? 'its server has it');
      const isAvailable = problem === undefined;
      if (isAvailable || embeddingsProvider !== 'auto') return this.take(this.byId(id), reasons, isAvailable);
    }
    return this.take(this.builtin, reasons, false);
  }

  override current(): EmbeddingModel {
    return this.chosen;
  }

  override async ready(): Promise<EmbeddingModel> {
    if (this.chosen instanceof CachedEmbeddingModel) await this.chosen.ready();
    return this.chosen;
  }

  override byId(id: string): EmbeddingModel {
    if (id === BUILTIN_EMBEDDING_ID) return this.builtin;
    const known = this.made.get(id);
    if (known) return known;
    const upstream = this.fresh(id);
    if (!upstream) throw new EmbeddingModelUnknownError(id, this.chosen.id);
    const cached = new CachedEmbeddingModel(upstream, this.cache, this.observer);
    this.made.set(id, cached);
    return cached;
  }

  /** Why a model is not to be had now; undefined when it is. */
  private async problemOf(id: string): Promise<string | undefined> {
    const { provider, model } = parseModelId(id);
    const presence = await this.servers.of(provider)?.look(model);
    if (!presence) return `no server for ${id}`;
    return presence.state === 'available' ? undefined : presence.detail;
  }

  /** Ids of the models to look for, the preferred one first. */
  private candidates(): string[] {
    const { embeddingsProvider, ollamaEmbeddingModel, openaiEmbeddingModel } = this.config;
    const all = [
      ...(openaiEmbeddingModel === undefined ? [] : [`openai:${openaiEmbeddingModel}`]),
      `ollama:${ollamaEmbeddingModel}`,
    ];
    return embeddingsProvider === 'auto' ? all : all.filter((id) => id.startsWith(`${embeddingsProvider}:`));
  }

  private take(model: EmbeddingModel, reasons: readonly string[], isAvailable: boolean): this {
    this.chosen = model;
    this.logger.log(`New collections are embedded by ${model.id} (${reasons.join('; ')})`);
    if (isEnglishOnly(model.id))
      this.logger.warn(`${model.id} knows English alone: for French documents take a multilingual model`);
    // In the background: loading the model takes longer than a start should.
    if (isAvailable) this.ready().catch((error: unknown) => this.logger.warn(`No embedding yet: ${String(error)}`));
    return this;
  }

  private fresh(id: string): UpstreamEmbeddingModel | undefined {
    const { provider, model } = parseModelId(id);
    const { config, servers, observer } = this;
    const options = { model, observer, timeoutMs: config.ollamaFirstTokenTimeoutMs };
    if (model === '' || config.embeddingsProvider === 'builtin') return undefined;
    if (provider === 'ollama') return new OllamaEmbeddingModel(servers.ollama, options);
    return provider === 'openai' && servers.openai ? new OpenAiEmbeddingModel(servers.openai, options) : undefined;
  }
}
