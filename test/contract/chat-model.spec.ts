import { ExtractiveChatModel } from '#libs/llm';
import { OllamaProtocolServer } from '#test/support/ollama-server';
import { OpenAiProtocolServer } from '#test/support/openai-server';
import { OllamaChatModel } from '../../libs/llm/src/adapters/ollama-chat-model';
import { OllamaServer } from '../../libs/llm/src/adapters/ollama-server';
import { OpenAiChatModel } from '../../libs/llm/src/adapters/openai-chat-model';
import { OpenAiServer } from '../../libs/llm/src/adapters/openai-server';
import { itAnswersAsPromised } from './chat-model.contract';

describe('ExtractiveChatModel', () => {
  itAnswersAsPromised(() => new ExtractiveChatModel());
});

describe('OllamaChatModel, against a server that speaks the protocol', () => {
  let server: OllamaProtocolServer;
  beforeAll(async () => (server = await OllamaProtocolServer.start({ msPerToken: 2 })));
  afterAll(() => server.stop());

  itAnswersAsPromised(
    () =>
      new OllamaChatModel(new OllamaServer(server.url, 5_000), {
        model: 'mistral',
        firstTokenTimeoutMs: 10_000,
        idleTimeoutMs: 10_000,
        contextTokens: 8_192,
      }),
  );
});

describe('OpenAiChatModel, against a server that speaks the protocol', () => {
  let server: OpenAiProtocolServer;
  beforeAll(async () => (server = await OpenAiProtocolServer.start({ msPerToken: 2 })));
  afterAll(() => server.stop());

  itAnswersAsPromised(
    () =>
      new OpenAiChatModel(new OpenAiServer({ baseUrl: server.baseUrl, apiKey: 'sk-test', connectTimeoutMs: 5_000 }), {
        model: 'mistral',
        firstTokenTimeoutMs: 10_000,
        idleTimeoutMs: 10_000,
      }),
  );
});
