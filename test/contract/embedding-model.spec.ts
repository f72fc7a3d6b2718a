import { BuiltinEmbeddingModel } from '#libs/llm';
import { OllamaProtocolServer } from '#test/support/ollama-server';
import { OpenAiProtocolServer } from '#test/support/openai-server';
import { OllamaEmbeddingModel } from '../../libs/llm/src/adapters/ollama-embedding-model';
import { OllamaServer } from '../../libs/llm/src/adapters/ollama-server';
import { OpenAiEmbeddingModel } from '../../libs/llm/src/adapters/openai-embedding-model';
import { OpenAiServer } from '../../libs/llm/src/adapters/openai-server';
import { itEmbedsAsPromised } from './embedding-model.contract';

describe('BuiltinEmbeddingModel', () => {
  itEmbedsAsPromised(() => new BuiltinEmbeddingModel());
});

describe('OllamaEmbeddingModel, against a server that speaks the protocol', () => {
  let server: OllamaProtocolServer;
  beforeAll(async () => (server = await OllamaProtocolServer.start({ dimension: 256 })));
  afterAll(() => server.stop());

  itEmbedsAsPromised(async () => {
    const upstream = new OllamaServer(server.url, 5_000);
    const model = new OllamaEmbeddingModel(upstream, { model: 'nomic-embed-text-v2-moe', timeoutMs: 10_000 });
    await model.ready();
    return model;
  });
});

describe('OpenAiEmbeddingModel, against a server that speaks the protocol', () => {
  let server: OpenAiProtocolServer;
  beforeAll(async () => (server = await OpenAiProtocolServer.start({ dimension: 256 })));
  afterAll(() => server.stop());

  itEmbedsAsPromised(async () => {
    const upstream = new OpenAiServer({ baseUrl: server.baseUrl, apiKey: undefined, connectTimeoutMs: 5_000 });
    const model = new OpenAiEmbeddingModel(upstream, { model: 'nomic-embed-text-v2-moe', timeoutMs: 10_000 });
    await model.ready();
    return model;
  });
});
