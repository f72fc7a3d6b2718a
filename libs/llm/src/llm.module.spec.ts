import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { LlmConfig, RerankerConfig } from '#libs/config';
import { OllamaProtocolServer } from '#test/support/ollama-server';
import { OpenAiProtocolServer } from '#test/support/openai-server';
import {
  AnswerModels,
  ChatModel,
  EmbeddingModels,
  EmbeddingModelUnknownError,
  LlmHealth,
  LlmModule,
  ModelObserver,
} from '.';
import { AutoChatModel } from './registry/auto-chat-model';
import { ChatModels } from './registry/chat-models';
import { ScriptedChatModel } from './adapters/scripted-chat-model';

/** Nobody listens there: port 9 is `discard`, and refused on every machine we run on. */
const NOBODY = 'http://127.0.0.1:9';

class RecordingObserver extends ModelObserver {
  readonly calls: string[] = [];
  override observe(kind: string, provider: string, model: string, outcome: string): void {
    this.calls.push([kind, provider, model, outcome].join(' '));
  }
}

@Module({})
@Global()
class Surroundings {
  static with(config: Partial<LlmConfig>, observer: ModelObserver): DynamicModule {
    const providers = [
      { provide: LlmConfig, useValue: Object.assign(new LlmConfig(), config) },
      { provide: RerankerConfig, useValue: new RerankerConfig() },
      { provide: ModelObserver, useValue: observer },
    ];
    return { module: Surroundings, providers, exports: [LlmConfig, RerankerConfig, ModelObserver] };
  }
}

const open = async (config: Partial<LlmConfig>, observer: ModelObserver = new RecordingObserver()) =>
  Test.createTestingModule({ imports: [Surroundings.with(config, observer), LlmModule] }).compile();

beforeAll(() => {
  Logger.overrideLogger(false);
});
afterAll(() => {
  Logger.overrideLogger(['error', 'warn', 'log']);
});

describe('LlmModule', () => {
  let server: OllamaProtocolServer;
  beforeAll(async () => (server = await OllamaProtocolServer.start({ dimension: 96 })));
  afterAll(() => server.stop());

  it('takes Ollama for both jobs when it answers and has the models', async () => {
    const observer = new RecordingObserver();
    const app = await open({ ollamaUrl: server.url }, observer);
    const embeddings = app.get(EmbeddingModels);
    expect((await embeddings.ready()).id).toBe('ollama:nomic-embed-text-v2-moe');
    expect(embeddings.current().dimension).toBe(96);
    expect(app.get(ChatModel)).toMatchObject({ provider: 'ollama', model: 'mistral' });
    await expect(app.get(LlmHealth).check()).resolves.toEqual({ provider: 'ollama', model: 'mistral', state: 'up' });
    expect(observer.calls).toContain('embedding ollama nomic-embed-text-v2-moe ok');
  });

  it('works without any model when nobody answers', async () => {
    const app = await open({ ollamaUrl: NOBODY });
    expect(app.get(EmbeddingModels).current().id).toBe('builtin:hashed-ngrams-v1');
    expect((await app.get(EmbeddingModels).ready()).dimension).toBe(768);
    const { primary, extractive } = app.get(AnswerModels);
    expect(primary).toMatchObject({ provider: 'builtin', model: 'extractive-v1' });
    expect(extractive).toMatchObject({ provider: 'builtin', model: 'extractive-v1' });
    await expect(app.get(LlmHealth).check()).resolves.toMatchObject({ state: 'up' });
  });

  it('takes the built-in embeddings when Ollama answers but lacks the model', async () => {
    const app = await open({ ollamaUrl: server.url, ollamaEmbeddingModel: 'bge-m3' });
    expect(app.get(EmbeddingModels).current().id).toBe('builtin:hashed-ngrams-v1');
  });

  it('warns of an embedding model that knows English alone', async () => {
    const warned: unknown[] = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((message) => void warned.push(message));
    const app = await open({ ollamaEmbeddingModel: 'nomic-embed-text', embeddingsProvider: 'ollama' });
    expect(warned).toContainEqual(expect.stringContaining('ollama:nomic-embed-text knows English alone'));
    const { warning } = await app.get(LlmHealth).check();
    expect(warning).toBe('ollama:nomic-embed-text embeds new collections and knows English alone');
  });

  it('starts with a forced but absent Ollama, reports it degraded and fails clearly when called', async () => {
    const app = await open({ ollamaUrl: NOBODY, llmProvider: 'ollama', embeddingsProvider: 'ollama' });
    await expect(app.get(LlmHealth).check()).resolves.toMatchObject({ provider: 'ollama', state: 'degraded' });
    const embeddings = app.get(EmbeddingModels);
    expect(embeddings.current().id).toBe('ollama:nomic-embed-text-v2-moe');
    expect(() => embeddings.current().dimension).toThrow('does not answer');
    await expect(embeddings.ready()).rejects.toMatchObject({ code: 'llm.unavailable' });
  });

  it('asks no server when everything is built in', async () => {
    const before = server.requests.length;
    const app = await open({ ollamaUrl: server.url, llmProvider: 'builtin', embeddingsProvider: 'builtin' });
    expect(app.get(ChatModel).provider).toBe('builtin');
    expect(server.requests).toHaveLength(before);
  });

  it('finds the model a collection remembers, and says how to mend one it cannot run', async () => {
    const auto = (await open({ ollamaUrl: NOBODY })).get(EmbeddingModels);
    expect(auto.byId('builtin:hashed-ngrams-v1').dimension).toBe(768);
    expect(auto.byId('ollama:bge-m3').id).toBe('ollama:bge-m3');
    expect(auto.byId('ollama:bge-m3')).toBe(auto.byId('ollama:bge-m3'));
    expect(() => auto.byId('openai:text-embedding-3-small')).toThrow(EmbeddingModelUnknownError);
    const builtin = (await open({ embeddingsProvider: 'builtin', llmProvider: 'builtin' })).get(EmbeddingModels);
    expect(() => builtin.byId('ollama:bge-m3')).toThrow(/EMBEDDINGS_PROVIDER/);
  });

  it('chains what was wished, what the installation has and what always answers, none twice', async () => {
    const app = await open({ ollamaUrl: server.url, chatModels: ['ollama:big', 'openai:gpt'] });
    const ids = (wished: string[]) => {
      const { models, degraded } = app.get(AnswerModels).chain(wished);
      return [models.map(({ provider, model }) => `${provider}:${model}`).join(' '), degraded];
    };
    const standard = 'ollama:mistral builtin:extractive-v1';
    expect(ids([])).toEqual([standard, undefined]);
    expect(ids(['ollama:big'])).toEqual([`ollama:big ${standard}`, undefined]);
    expect(ids(['ollama:mistral'])).toEqual([standard, undefined]);
    expect(ids(['builtin:extractive-v1'])).toEqual(['builtin:extractive-v1 ollama:mistral', undefined]);
    // Not allowed, and allowed without a server for it.
    expect(ids(['ollama:other'])).toEqual([standard, 'model.not_allowed']);
    expect(ids(['openai:gpt', 'ollama:big'])).toEqual([`ollama:big ${standard}`, 'model.not_allowed']);
  });

  it('lists what may be chosen, and whether it is there', async () => {
    const app = await open({ ollamaUrl: server.url, chatModels: ['ollama:big'] });
    const listed = await app.get(ChatModels).list();
    expect(listed).toEqual([
      expect.objectContaining({ id: 'ollama:mistral', isDefault: true, isAvailable: true, contextTokens: 8_192 }),
      expect.objectContaining({ id: 'ollama:big', isDefault: false, isAvailable: false }),
      expect.objectContaining({ id: 'builtin:extractive-v1', isDefault: false, isAvailable: true }),
    ]);
  });

  it('lets a test replace the answering model everywhere', async () => {
    const scripted = new ScriptedChatModel(['Bonjour']);
    const builder = Test.createTestingModule({
      imports: [Surroundings.with({ ollamaUrl: NOBODY }, new RecordingObserver()), LlmModule],
    });
    const app = await builder.overrideProvider(ChatModel).useValue(scripted).compile();
    expect(app.get(AnswerModels).primary).toBe(scripted);
  });
});

describe('LlmModule with an OpenAI-compatible server', () => {
  let server: OpenAiProtocolServer;
  const models = ['gpt', 'embed', 'mistral:latest', 'nomic-embed-text-v2-moe:latest'];
  beforeAll(async () => (server = await OpenAiProtocolServer.start({ dimension: 48, models })));
  afterAll(() => server.stop());
  const configured = (): Partial<LlmConfig> => ({
    ...{ ollamaUrl: server.url, openaiBaseUrl: server.baseUrl, openaiChatModel: 'gpt', openaiEmbeddingModel: 'embed' },
  });

  it('prefers it to Ollama, for both jobs', async () => {
    const app = await open(configured());
    const embeddings = app.get(EmbeddingModels);
    expect((await embeddings.ready()).id).toBe('openai:embed');
    expect(embeddings.current().dimension).toBe(48);
    expect(app.get(ChatModel)).toMatchObject({ provider: 'openai', model: 'gpt' });
    await expect(app.get(LlmHealth).check()).resolves.toEqual({ provider: 'openai', model: 'gpt', state: 'up' });
    expect(embeddings.byId('ollama:nomic-embed-text-v2-moe').id).toBe('ollama:nomic-embed-text-v2-moe');
  });

  it('leaves each job to who was told to do it', async () => {
    const app = await open({ ...configured(), llmProvider: 'ollama', embeddingsProvider: 'openai' });
    expect(app.get(ChatModel).provider).toBe('ollama');
    expect(app.get(EmbeddingModels).current().id).toBe('openai:embed');
    const other = await open({ ...configured(), llmProvider: 'openai', embeddingsProvider: 'ollama' });
    expect(other.get(ChatModel).provider).toBe('openai');
    expect(other.get(EmbeddingModels).current().id).toBe('ollama:nomic-embed-text-v2-moe');
  });

  it('embeds with Ollama where it lacks the model', async () => {
    const app = await open({ ...configured(), openaiEmbeddingModel: 'absent' });
    expect(app.get(EmbeddingModels).current().id).toBe('ollama:nomic-embed-text-v2-moe');
  });

  it('starts with a forced but absent one, and reports it degraded', async () => {
    const app = await open({ ...configured(), openaiBaseUrl: `${NOBODY}/v1`, llmProvider: 'openai' });
    await expect(app.get(LlmHealth).check()).resolves.toMatchObject({ provider: 'openai', state: 'degraded' });
  });
});

describe('AutoChatModel', () => {
  const request = { turns: [], question: '', sources: [], locale: 'fr' } as const;
  const answer = async (model: ChatModel) => {
    let text = '';
    for await (const event of model.stream(request)) if (event.type === 'text') text += event.text;
    return text;
  };

  it('looks for an absent server at most every 30 seconds, and takes it when it has appeared', async () => {
    let now = 0;
    let looks = 0;
    let present = false;
    const look = () => {
      looks += 1;
      return Promise.resolve(
        present ? ({ state: 'available' } as const) : ({ state: 'unreachable', detail: '' } as const),
      );
    };
    const model = new AutoChatModel(new ScriptedChatModel(['big']), new ScriptedChatModel(['small']), look, () => now);
    await model.refresh();
    expect([await answer(model), await answer(model), looks]).toEqual(['small', 'small', 1]);
    present = true;
    now = 29_000;
    expect([await answer(model), looks]).toEqual(['small', 1]);
    now = 30_000;
    expect([await answer(model), looks]).toEqual(['small', 2]);
    now = 90_000;
    expect([await answer(model), looks]).toEqual(['big', 2]);
  });
});
