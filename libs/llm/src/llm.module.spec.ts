import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { LlmConfig } from '#libs/config';
import { OllamaProtocolServer } from '#test/support/ollama-server';
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
      { provide: ModelObserver, useValue: observer },
    ];
    return { module: Surroundings, providers, exports: [LlmConfig, ModelObserver] };
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

  it('lets a test replace the answering model everywhere', async () => {
    const scripted = new ScriptedChatModel(['Bonjour']);
    const builder = Test.createTestingModule({
      imports: [Surroundings.with({ ollamaUrl: NOBODY }, new RecordingObserver()), LlmModule],
    });
    const app = await builder.overrideProvider(ChatModel).useValue(scripted).compile();
    expect(app.get(AnswerModels).primary).toBe(scripted);
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
