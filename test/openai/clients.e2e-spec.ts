import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import OpenAI from 'openai';

import { addHandbook } from '#test/chat/support/handbook';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer } from '#test/support/ollama-server';
import { until } from '#test/support/until';

import { baseUrlOf, clientOf, failureOf, type Proof } from './support/openai-client';

const QUESTION = 'Combien de jours de congés annuels par an ?';
const ASKED = [{ role: 'user' as const, content: QUESTION }];

describe('An unmodified client of the OpenAI API', () => {
  /** Of the model; the server looks at it before each word. */
  const pace = { msPerToken: 5 };
  let ollama: OllamaProtocolServer;
  let api: TestApi;
  let user: TestUser;
  let client: OpenAI;
  let collectionId: string;

  beforeAll(async () => {
    ollama = await OllamaProtocolServer.start(pace);
    api = await TestApi.start({ OLLAMA_URL: ollama.url, LLM_PROVIDER: 'ollama' });
    user = await api.createUser();
    ({ collectionId } = await addHandbook(api, user));
    client = await clientOf(api, user);
  });
  afterAll(async () => {
    await api.close();
    await ollama.stop();
  });

  it('finds its collections as models, beside everything and the embedding model', async () => {
    const models = await Array.fromAsync(client.models.list());
    const ids = models.map(({ id }) => id);
    expect(ids).toEqual(['myia', `collection:${collectionId}`, 'builtin:hashed-ngrams-v1']);
    expect(models[1]).toMatchObject({ object: 'model', owned_by: 'my-ia', name: expect.any(String) as string });
    for (const id of ids) expect((await client.models.retrieve(id)).id).toBe(id);
    expect(new Date((models[1]?.created ?? 0) * 1_000).getFullYear()).toBe(new Date().getFullYear());
  });

  it('gets an answer with its citations beside it', async () => {
    const model = `collection:${collectionId}`;
    const completion = await client.chat.completions.create({ model, messages: ASKED });
    const [choice] = completion.choices;
    expect(completion).toMatchObject({ object: 'chat.completion', model });
    expect(choice).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', refusal: null } });
    expect(choice?.message.content).toContain('25 jours');
    const { citations, sources, grounded } = completion as unknown as Proof;
    expect(grounded).toBe(true);
    expect(citations.map(({ quote }) => quote).join()).toContain('25 jours');
    expect(sources.length).toBeGreaterThanOrEqual(citations.length);
    const { prompt_tokens: prompt = 0, completion_tokens: written = 0, total_tokens: total } = completion.usage ?? {};
    expect([prompt > 0, written > 0, total]).toEqual([true, true, prompt + written]);
  });

  it('streams the same answer, with its proof and, when asked, its usage at the end', async () => {
    const whole = await client.chat.completions.create({ model: 'myia', messages: ASKED });
    const stream = await client.chat.completions.create({
      ...{ model: 'myia', messages: ASKED, stream: true },
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(chunks.filter(({ choices }) => choices[0]?.delta.content).length).toBeGreaterThan(2);
    const [end, usage] = chunks.slice(-2);
    expect(end?.choices[0]?.finish_reason).toBe('stop');
    expect(end as unknown as Proof).toMatchObject({ citations: (whole as unknown as Proof).citations, grounded: true });
    expect(end).not.toHaveProperty('content');
    expect(usage).toMatchObject({ choices: [], usage: { total_tokens: whole.usage?.total_tokens } });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it('understands the stream by its own helper too, citations included', async () => {
    const final = await client.chat.completions.stream({ model: 'myia', messages: ASKED }).finalChatCompletion();
    expect(final.choices[0]?.message.content).toContain('25 jours');
    expect((final as unknown as Proof).citations.length).toBeGreaterThan(0);
    expect(final.usage).toBeUndefined();
  });

  it('ends the writing when it goes away', async () => {
    pace.msPerToken = 200;
    try {
      const stream = await client.chat.completions.create({ model: 'myia', messages: ASKED, stream: true });
      for await (const { choices } of stream) if (choices[0]?.delta.content) break;
      expect(await ollama.to('/api/chat').at(-1)?.over).toBe('early');
      const leaving = new AbortController();
      const before = ollama.to('/api/chat').length;
      const waiting = client.chat.completions.create({ model: 'myia', messages: ASKED }, { signal: leaving.signal });
      await until(() => Promise.resolve(ollama.to('/api/chat')[before]));
      leaving.abort();
      await expect(waiting).rejects.toThrow(OpenAI.APIUserAbortError);
      expect(await ollama.to('/api/chat').at(-1)?.over).toBe('early');
    } finally {
      pace.msPerToken = 5;
    }
  });

  it('gets vectors, as base64 by default and as numbers on demand', async () => {
    const input = ['congés annuels', 'préavis'];
    const model = 'builtin:hashed-ngrams-v1';
    const [packed, plain] = await Promise.all([
      client.embeddings.create({ model, input }),
      client.embeddings.create({ model, input, encoding_format: 'float' }),
    ]);
    expect(plain.data.map(({ index, embedding }) => [index, embedding.length])).toEqual([
      [0, 768],
      [1, 768],
    ]);
    expect(packed.data.map(({ embedding }) => embedding)).toEqual(plain.data.map(({ embedding }) => embedding));
    expect(plain.usage.prompt_tokens).toBeGreaterThan(0);
    const single = await client.embeddings.create({ model, input: 'préavis', dimensions: 768 });
    expect(single.data[0]?.embedding).toEqual(plain.data[1]?.embedding);
  });

  it('gets the error classes it expects', async () => {
    const nobody = new OpenAI({ apiKey: 'sk-none', baseURL: baseUrlOf(api), maxRetries: 0 });
    const unknown = await failureOf(nobody.models.list());
    expect(unknown).toBeInstanceOf(OpenAI.AuthenticationError);
    const missing = await failureOf(client.chat.completions.create({ model: 'gpt-4o', messages: ASKED }));
    expect(missing).toBeInstanceOf(OpenAI.NotFoundError);
    expect(missing).toMatchObject({ code: 'openai.model_not_found', param: 'model', type: 'invalid_request_error' });
    expect(missing.message).toContain('gpt-4o');
    const tools = [{ type: 'function' as const, function: { name: 'f' } }];
    const refused = await failureOf(client.chat.completions.create({ model: 'myia', messages: ASKED, tools }));
    expect(refused).toBeInstanceOf(OpenAI.BadRequestError);
    expect(refused).toMatchObject({ code: 'openai.unsupported_parameter', param: 'tools' });
    const closed = await clientOf(api, user, { scopes: ['search'] });
    const forbidden = await failureOf(closed.chat.completions.create({ model: 'myia', messages: ASKED }));
    expect(forbidden).toBeInstanceOf(OpenAI.PermissionDeniedError);
    expect(forbidden).toMatchObject({ code: 'auth.scope_missing', type: 'permission_error' });
  });

  describe('LangChain.js', () => {
    const settings = () => ({ apiKey: client.apiKey, configuration: { baseURL: baseUrlOf(api) }, maxRetries: 0 });

    it('asks, streams, and finds the citations in the raw answer', async () => {
      const chat = new ChatOpenAI({ model: 'myia', ...settings(), __includeRawResponse: true });
      const answer = await chat.invoke([
        ['system', 'Réponds brièvement.'],
        ['human', QUESTION],
      ]);
      expect(answer.text).toContain('25 jours');
      const raw = answer.additional_kwargs['__raw_response'] as Proof;
      expect(raw.citations.length).toBeGreaterThan(0);
      const pieces = await Array.fromAsync(await chat.stream(QUESTION));
      expect(pieces.map(({ text }) => text).join('')).toContain('25 jours');
    });

    it('embeds questions and documents', async () => {
      const embeddings = new OpenAIEmbeddings({ model: 'builtin:hashed-ngrams-v1', ...settings() });
      const [document] = await embeddings.embedDocuments(['Les congés annuels']);
      expect(document).toHaveLength(768);
      expect(await embeddings.embedQuery('Les congés annuels')).toEqual(document);
    });
  });
});
