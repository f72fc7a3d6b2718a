import { ProtocolError } from '../resilience/upstream-errors';
import type { OpenAiServer } from './openai-server';
import { UpstreamEmbeddingModel, type UpstreamEmbeddingOptions } from './upstream-embedding-model';

/** Embeds with a model of a server that speaks OpenAI's embeddings. */
export class OpenAiEmbeddingModel extends UpstreamEmbeddingModel {
  constructor(
    private readonly server: OpenAiServer,
    private readonly options: UpstreamEmbeddingOptions,
  ) {
    super('openai', options);
  }

  protected override async request(input: string[], signal: AbortSignal): Promise<unknown> {
    const { client, failureOf } = this.server.connect(signal);
    try {
      // Said aloud: left to itself the client asks for base64, which not every server knows.
      const answer = await client.embeddings.create({ model: this.options.model, input, encoding_format: 'float' });
      return inOrder(answer, input.length);
    } catch (error) {
      throw failureOf(error);
    }
  }
}

/** Servers that batch may answer out of order, and say so by `index`. */
const inOrder = (answer: unknown, count: number): unknown[] => {
  const { data } = (answer ?? {}) as { data?: unknown };
  if (!Array.isArray(data) || data.length !== count)
    throw new ProtocolError('The number of embeddings is not the number of texts');
  const vectors = new Map<number, unknown>();
  for (const [place, item] of (data as ({ index?: unknown; embedding?: unknown } | null)[]).entries()) {
    vectors.set(typeof item?.index === 'number' ? item.index : place, item?.embedding);
  }
  return Array.from({ length: count }, (_, place) => vectors.get(place));
};
