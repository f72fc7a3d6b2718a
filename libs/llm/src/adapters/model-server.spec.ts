import { ollamaAt, ONCE, openAiAt, readAnswer, startModelServer } from '#test/support/model-protocols';
import type { OllamaServerOptions } from '#test/support/ollama-server';
import type { OpenAiProtocolServer } from '#test/support/openai-server';
import { OllamaChatModel } from './ollama-chat-model';
import { OpenAiChatModel } from './openai-chat-model';

let server: OpenAiProtocolServer;

const start = async (options: OllamaServerOptions = {}) => {
  server = await startModelServer(options);
};
afterEach(() => server.stop());

describe('OllamaServer', () => {
  it('finds a model by its name with or without the default tag', async () => {
    await start({ models: ['mistral:latest', 'qwen3:8b'] });
    const look = async (model: string) => (await ollamaAt(server).look(model)).state;
    expect(await look('mistral')).toBe('available');
    expect(await look('mistral:latest')).toBe('available');
    expect(await look('qwen3:8b')).toBe('available');
    expect(await look('qwen3')).toBe('missing');
  });

  it('says how to mend a missing model and a missing server', async () => {
    await start({ models: [] });
    const absent = ollamaAt(server);
    await expect(absent.look('mistral')).resolves.toMatchObject({
      detail: expect.stringContaining('ollama pull mistral') as string,
    });
    await server.stop();
    await expect(absent.look('mistral')).resolves.toMatchObject({
      state: 'unreachable',
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
  });
});

describe('OpenAiServer', () => {
  it('says which models it has, and how to mend a missing server', async () => {
    await start();
    expect((await openAiAt(server).look('mistral')).state).toBe('available');
    expect((await openAiAt(server).look('gpt-5')).state).toBe('missing');
    const absent = openAiAt(server);
    await server.stop();
    await expect(absent.look('mistral')).resolves.toMatchObject({
      state: 'unreachable',
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('sends the API key when there is one, nothing of this machine, and says when it is refused', async () => {
    await start();
    server.apiKey = 'sk-right';
    const ask = (apiKey?: string) =>
      readAnswer(
        new OpenAiChatModel(openAiAt(server, apiKey), {
          ...{ model: 'mistral', firstTokenTimeoutMs: 5_000, idleTimeoutMs: 5_000, resilience: ONCE },
        }),
      );
    expect((await ask('sk-right')).text).toContain('Un deux');
    expect((await ask('sk-wrong')).reason).toBe('refused');
    expect((await ask()).reason).toBe('refused');
    const [first, , last] = server.to('/v1/chat/completions').map(({ headers }) => headers);
    expect(Object.keys(first!).filter((name) => /stainless|user-agent|organization/.test(name))).toEqual([]);
    expect(last).not.toHaveProperty('authorization');
  });
});

describe('the window of a model', () => {
  const limits = { model: 'mistral', firstTokenTimeoutMs: 5_000, idleTimeoutMs: 5_000, resilience: ONCE };

  it('is what Ollama has, up to what the operator gives, and asked for', async () => {
    await start();
    const model = new OllamaChatModel(ollamaAt(server), { ...limits, contextTokens: 8_192 });
    await expect(model.contextTokens()).resolves.toBe(8_192);
    server.window = 4_096;
    const small = new OllamaChatModel(ollamaAt(server), { ...limits, contextTokens: 8_192 });
    await readAnswer(small);
    expect(server.to('/api/chat')[0]?.body).toMatchObject({ options: { num_ctx: 4_096 } });
    expect(server.to('/api/show')).toHaveLength(2);
  });

  it('is what was configured while Ollama does not answer', async () => {
    await start();
    const model = new OllamaChatModel(ollamaAt(server), { ...limits, contextTokens: 6_000 });
    await server.stop();
    await expect(model.contextTokens()).resolves.toBe(6_000);
  });

  it.each([
    ['told', true, undefined, 32_768],
    ['told and bounded', true, 16_000, 16_000],
    ['configured', false, 16_000, 16_000],
    ['neither told nor configured', false, undefined, 8_192],
  ])('of an OpenAI-compatible server, when it is %s', async (_how, tells, contextTokens, expected) => {
    await start();
    server.tellsWindow = tells;
    await expect(new OpenAiChatModel(openAiAt(server), { ...limits, contextTokens }).contextTokens()).resolves.toBe(
      expected,
    );
  });
});
