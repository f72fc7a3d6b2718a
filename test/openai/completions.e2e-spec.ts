import { randomUUID } from 'node:crypto';

import OpenAI from 'openai';

import { UnitOfWork } from '#libs/database';
import { addHandbook } from '#test/chat/support/handbook';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer, type OllamaMessage } from '#test/support/ollama-server';

import { baseUrlOf, clientOf, failureOf, type Proof } from './support/openai-client';

const QUESTION = 'Combien de jours de congés annuels par an ?';
const ASKED = [{ role: 'user' as const, content: QUESTION }];

interface ModelCall {
  readonly messages: readonly OllamaMessage[];
  readonly options: Readonly<Record<string, number>>;
}

describe('Chat completions', () => {
  let ollama: OllamaProtocolServer;
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let client: OpenAI;

  beforeAll(async () => {
    ollama = await OllamaProtocolServer.start();
    api = await TestApi.start({
      OLLAMA_URL: ollama.url,
      LLM_PROVIDER: 'ollama',
      OLLAMA_IDLE_TIMEOUT_MS: '1000',
    });
    user = await api.createUser();
    admin = await api.createUser('admin', user.organizationId);
    await addHandbook(api, user);
    client = await clientOf(api, user);
  });
  afterEach(() => {
    ollama.mode = 'ok';
  });
  afterAll(async () => {
    await api.close();
    await ollama.stop();
  });

  const query = <Row>(sql: string, values: readonly unknown[] = []) => api.app.get(UnitOfWork).query<Row>(sql, values);
  const countOf = async (table: 'message' | 'conversation'): Promise<number> =>
    Number(
      (
        await query<{ count: string }>(`SELECT count(*) FROM ${table} WHERE organization_id = $1`, [
          user.organizationId,
        ])
      )[0]?.count,
    );
  const usage = () =>
    query<{ requests: string; tokens: string }>(
      `SELECT requests, prompt_tokens AS tokens FROM usage_record WHERE user_id = $1 AND kind = 'chat'`,
      [user.id],
    );
  const questionsUsed = async () =>
    query(`SELECT used, reserved FROM quota_counter WHERE organization_id = $1 AND meter = 'messages'`, [
      user.organizationId,
    ]);
  const everythingStored = async (): Promise<string> => {
    const tables = await query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
    );
    const rows = await Promise.all(tables.map(({ name }) => query(`SELECT t::text FROM ${name} t`)));
    return JSON.stringify(rows);
  };
  const lastCall = (): ModelCall => ollama.to('/api/chat').at(-1)?.body as unknown as ModelCall;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${baseUrlOf(api)}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${client.apiKey}`, 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('take system messages as instructions under the rules, and earlier messages as history', async () => {
    await client.chat.completions.create({
      model: 'myia',
      temperature: 0.4,
      max_completion_tokens: 222,
      messages: [
        { role: 'system', content: 'Vouvoie la personne.' },
        { role: 'developer', content: [{ type: 'text', text: 'Termine par le service RH.' }] },
        { role: 'user', content: 'Quel est le délai de préavis des cadres ?' },
        { role: 'assistant', content: 'Trois mois.' },
        { role: 'user', content: [{ type: 'text', text: 'Et pour les employés ?' }] },
      ],
    });
    const { messages, options } = lastCall();
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    const [system = '', ...rest] = messages.map(({ content }) => content);
    expect(system.indexOf('Vouvoie la personne.\nTermine par le service RH.')).toBeGreaterThan(system.indexOf('5. '));
    expect(system.indexOf('l’emportent')).toBeGreaterThan(system.indexOf('service RH.'));
    expect(rest.slice(0, 2)).toEqual(['Quel est le délai de préavis des cadres ?', 'Trois mois.']);
    // The follow-up borrowed its subject from the history, or nothing would have been found.
    expect(rest[2]).toContain('un mois pour les employés');
    expect(options).toMatchObject({ temperature: 0.4, num_predict: 222 });
  });

  it('speak as an assistant, its instructions before those of the request', async () => {
    const made = await api
      .http(admin)
      .post('/admin/assistants')
      .send({ name: 'Questions RH', instructions: 'Sois bref.', temperature: 0.1 })
      .expect(201);
    const model = `assistant:${(made.body as { id: string }).id}`;
    expect((await Array.fromAsync(client.models.list())).map(({ id }) => id)).toContain(model);
    await client.chat.completions.create({ model, messages: [{ role: 'system', content: 'Tutoie.' }, ...ASKED] });
    expect(lastCall().messages[0]?.content).toContain('Sois bref.\nTutoie.');
    expect(lastCall().options).toMatchObject({ temperature: 0.1 });
  });

  it('store nothing of what is said, and are counted all the same', async () => {
    const secret = `Zanzibarolite ${randomUUID()}`;
    const before = [await countOf('message'), await countOf('conversation')];
    const [used] = (await questionsUsed()) as [{ used: string }];
    const [counted] = await usage();
    const messages = [{ role: 'user' as const, content: `${QUESTION} ${secret}` }];
    await client.chat.completions.create({ model: 'myia', messages });
    expect([await countOf('message'), await countOf('conversation')]).toEqual(before);
    expect(await questionsUsed()).toEqual([{ used: String(Number(used.used) + 1), reserved: '0' }]);
    const [after] = await usage();
    expect(Number(after?.requests)).toBe(Number(counted?.requests) + 1);
    expect(Number(after?.tokens)).toBeGreaterThan(Number(counted?.tokens));
    expect(await everythingStored()).not.toContain(secret);
  });

  it('are kept as a conversation on demand, without what the client says was said before', async () => {
    const messages = [
      { role: 'user' as const, content: 'Bonjour' },
      { role: 'assistant' as const, content: 'Une réponse que personne n’a donnée.' },
      ...ASKED,
    ];
    const { id, choices } = await client.chat.completions.create({ model: 'myia', messages, store: true });
    const kept = await api
      .http(user)
      .get(`/messages/${id.replace('chatcmpl-', '')}`)
      .expect(200);
    const { content, conversationId } = kept.body as { content: string; conversationId: string };
    expect(content).toBe(choices[0]?.message.content);
    const tree = await api.http(user).get(`/conversations/${conversationId}/messages`).expect(200);
    expect(tree.body).toMatchObject({ total: 2 });
    expect(tree.text).not.toContain('personne n’a donnée');
  });

  it('come once for one Idempotency-Key, whole or streamed', async () => {
    for (const stream of [false, true]) {
      const headers = { 'Idempotency-Key': randomUUID() };
      const [before] = (await questionsUsed()) as [{ used: string }];
      const ask = async () => post('/chat/completions', { model: 'myia', messages: ASKED, stream }, headers);
      const first = await ask();
      const said = await first.text();
      const again = await ask();
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      const [id] = /chatcmpl-[\w-]+/.exec(said) ?? [];
      const repeated = await again.text();
      expect(repeated).toContain(id);
      expect(repeated).toContain('25 jours');
      if (stream) expect(repeated.trimEnd().endsWith('data: [DONE]')).toBe(true);
      else expect(JSON.parse(repeated)).toEqual(JSON.parse(said));
      expect(await questionsUsed()).toMatchObject([{ used: String(Number(before.used) + 1) }]);
      const other = await post('/chat/completions', { model: 'myia', messages: ASKED, seed: 1 }, headers);
      expect([other.status, await other.json()]).toMatchObject([422, { error: { code: 'idempotency.key_reused' } }]);
    }
  });

  it('end well when the model fails, before its first word or after', async () => {
    ollama.mode = 'error';
    const whole = await client.chat.completions.create({ model: 'myia', messages: ASKED });
    expect(whole.choices[0]?.message.content).toContain('25 jours');
    expect((whole as unknown as Proof).degraded).toMatch(/^llm\./);
    ollama.mode = 'drop';
    const stream = await client.chat.completions.create({ model: 'myia', messages: ASKED, stream: true });
    const chunks = await Array.fromAsync(stream);
    const end = chunks.at(-1) as unknown as Proof;
    expect(end.degraded).toMatch(/^llm\./);
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    expect(text).toContain('25 jours');
    expect(end.content ?? text).toContain('25 jours');
  });

  describe('refuse', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
    it.each([
      ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
      ['a forced tool', { tool_choice: 'required' }, 'tool_choice'],
      ['several answers', { n: 2 }, 'n'],
      ['an imposed format', { response_format: { type: 'json_object' } }, 'response_format'],
      ['stop words', { stop: ['\n'] }, 'stop'],
      ['probabilities', { logprobs: true }, 'logprobs'],
      ['sound', { modalities: ['text', 'audio'] }, 'modalities'],
      ['images', { messages: [{ role: 'user', content: [image] }] }, 'messages.0.content.0 (image_url)'],
    ])('%s', async (_, extra, param) => {
      const response = await post('/chat/completions', { model: 'myia', messages: ASKED, ...extra });
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { error: { code: 'openai.unsupported_parameter', type: 'invalid_request_error', param } },
      ]);
    });

    it.each([
      ['no messages', {}, 'messages'],
      ['an empty list', { messages: [] }, 'messages'],
      ['nothing asked', { messages: [{ role: 'system', content: 'Bonjour' }] }, 'messages'],
      ['an empty question', { messages: [{ role: 'user', content: ' ' }] }, 'messages.0.content'],
      ['a question that is a book', { messages: [{ role: 'user', content: 'a'.repeat(8_001) }] }, 'messages.0.content'],
      ['an unknown role', { messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.role'],
      ['a content of no kind', { messages: [{ role: 'user', content: 5 }] }, 'messages.0.content'],
      ['a temperature beyond all', { messages: ASKED, temperature: 3 }, 'temperature'],
      ['a length of no tokens', { messages: ASKED, max_tokens: 0 }, 'max_tokens'],
      ['a stream that is no boolean', { messages: ASKED, stream: 'yes' }, 'stream'],
      ['a model that is no name', { model: 5, messages: ASKED }, 'model'],
    ])('%s', async (_, body, param) => {
      const response = await post('/chat/completions', { model: 'myia', ...body });
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { error: { code: 'request.invalid', param } },
      ]);
    });

    it.each(['[]', 'null', '1', '{', '{"messages":{"a":1}}', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`])(
      'a body that is %s',
      async (body) => {
        const response = await post('/chat/completions', body);
        expect([response.status, await response.json()]).toMatchObject([
          400,
          { error: { type: 'invalid_request_error' } },
        ]);
      },
    );

    it('in one sentence for each field', async () => {
      const response = await post('/chat/completions', { messages: 'x' }, { 'Accept-Language': 'en' });
      const { error } = (await response.json()) as { error: { message: string } };
      expect(error.message).toBe('model: must be a string; messages: must be a list');
      const list = await post('/chat/completions', [], { 'Accept-Language': 'en' });
      expect(await list.json()).toMatchObject({ error: { message: 'body: must be an object', param: 'body' } });
    });

    it('in the language of the caller', async () => {
      for (const [language, text] of [
        ['fr', 'n’est pas pris en charge'],
        ['en', 'is not supported'],
      ] as const) {
        const body = { model: 'myia', messages: ASKED, n: 3 };
        const response = await post('/chat/completions', body, { 'Accept-Language': language });
        expect(await response.text()).toContain(text);
      }
    });
  });

  it('take what does no harm', async () => {
    const response = await post('/chat/completions', {
      ...{
        model: 'myia',
        messages: [{ ...ASKED[0], name: 'Ada' }],
        n: 1,
        stream: null,
        tools: [],
        tool_choice: 'auto',
      },
      ...{
        response_format: { type: 'text' },
        logprobs: false,
        stop: null,
        top_p: 0.9,
        seed: 4,
        user: 'u',
        metadata: {},
      },
      ...{ presence_penalty: 0, frequency_penalty: 0, logit_bias: {}, service_tier: 'auto', unheard_of: { a: 1 } },
    });
    expect(response.status).toBe(200);
  });

  it('are limited by the plan as questions are', async () => {
    const organization = await api.createOrganization();
    await query(
      `INSERT INTO plan (id, organization_id, code, name, messages_per_day, features)
       SELECT $1, $1, 'one', 'Une', 1, features FROM plan WHERE code = 'unlimited'`,
      [organization],
    );
    await query(`UPDATE organization SET plan_id = $1 WHERE id = $1`, [organization]);
    const poor = await clientOf(api, await api.createUser('user', organization));
    await poor.chat.completions.create({ model: 'myia', messages: ASKED });
    const failure = await failureOf(poor.chat.completions.create({ model: 'myia', messages: ASKED, stream: true }));
    expect(failure).toBeInstanceOf(OpenAI.RateLimitError);
    expect(failure).toMatchObject({ code: 'quota.messages_exhausted', type: 'insufficient_quota' });
    expect(Number(failure.headers?.get('retry-after'))).toBeGreaterThan(0);
    expect(failure.headers?.get('ratelimit-limit')).toBeTruthy();
  });
});
