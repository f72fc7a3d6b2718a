import { BuiltinEmbeddingModel } from '#libs/llm';
import { OllamaProtocolServer } from '#test/support/ollama-server';
import { OllamaEmbeddingModel } from '../../libs/llm/src/adapters/ollama-embedding-model';
import { OllamaServer } from '../../libs/llm/src/adapters/ollama-server';
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
