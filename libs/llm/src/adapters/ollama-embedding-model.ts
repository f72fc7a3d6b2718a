import type { OllamaServer } from './ollama-server';
import { UpstreamEmbeddingModel, type UpstreamEmbeddingOptions } from './upstream-embedding-model';

/** Embeds with a model of an Ollama server. */
export class OllamaEmbeddingModel extends UpstreamEmbeddingModel {
  constructor(
    private readonly server: OllamaServer,
    private readonly options: UpstreamEmbeddingOptions,
  ) {
    super('ollama', options);
  }

  protected override async request(input: string[], signal: AbortSignal): Promise<unknown> {
    const client = this.server.client(signal);
    return (await client.embed({ model: this.options.model, input, truncate: true })).embeddings;
  }
}
