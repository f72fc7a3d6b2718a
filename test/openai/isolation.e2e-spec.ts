import { addHandbook } from '#test/chat/support/handbook';
import { TestApi, type TestUser } from '#test/support/api';

import { baseUrlOf, clientOf, failureOf, type Proof } from './support/openai-client';

const ASKED = [{ role: 'user' as const, content: 'Combien de jours de congés annuels par an ?' }];
const NOWHERE = '00000000-0000-4000-8000-000000000000';

describe('The OpenAI contract', () => {
  let api: TestApi;
  let owner: TestUser;
  let admin: TestUser;
  let collection: string;

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.createUser();
    admin = await api.createUser('admin', owner.organizationId);
    collection = `collection:${(await addHandbook(api, owner)).collectionId}`;
  });
  afterAll(() => api.close());

  const assistantFor = async (name: string, groupIds: readonly string[]): Promise<string> => {
    const made = await api.http(admin).post('/admin/assistants').send({ name, groupIds }).expect(201);
    return `assistant:${(made.body as { id: string }).id}`;
  };

  describe.each([
    ['a colleague', 'user', false],
    ['an administrator of the same organization', 'admin', false],
    ['a superuser of another organization', 'superuser', true],
  ] as const)('to %s', (_, role, isElsewhere) => {
    it('shows none of what is not his, and tells it from nothing in no way', async () => {
      const name = `Direction ${role} ${isElsewhere}`;
      const group = await api.http(admin).post('/admin/groups').send({ name });
      const closed = await assistantFor(name, [(group.body as { id: string }).id]);
      const organization = isElsewhere ? await api.createOrganization() : owner.organizationId;
      const client = await clientOf(api, await api.createUser(role, organization));
      const models = (await Array.fromAsync(client.models.list())).map(({ id }) => id);
      expect(models).toEqual(['myia', 'builtin:hashed-ngrams-v1']);
      for (const foreign of [collection, collection.toUpperCase().replace('COLLECTION', 'collection'), closed]) {
        const unknown = foreign.replace(/:.*/, `:${NOWHERE}`);
        for (const ask of [
          (model: string) => client.models.retrieve(model),
          (model: string) => client.chat.completions.create({ model, messages: ASKED }),
          (model: string) => client.chat.completions.create({ model, messages: ASKED, stream: true }),
          (model: string) => client.chat.completions.create({ model, messages: ASKED, store: true }),
        ]) {
          const [refused, absent] = [await failureOf(ask(foreign)), await failureOf(ask(unknown))];
          expect([refused.status, refused.code]).toEqual([404, 'openai.model_not_found']);
          const told = JSON.stringify(refused.error).replaceAll(foreign, 'X');
          expect(told).toBe(JSON.stringify(absent.error).replaceAll(unknown, 'X'));
        }
      }
      const everything = await client.chat.completions.create({ model: 'myia', messages: ASKED });
      expect(everything as unknown as Proof).toMatchObject({ citations: [], sources: [], grounded: false });
    });
  });

  it('shows what was shared, as long as it is', async () => {
    const client = await clientOf(api, await api.createUser('user', owner.organizationId));
    const share = (visibility: string) =>
      api
        .http(owner)
        .patch(`/collections/${collection.replace('collection:', '')}`)
        .send({ visibility })
        .expect(200);
    await share('organization');
    const answer = await client.chat.completions.create({ model: collection, messages: ASKED });
    expect((answer as unknown as Proof).grounded).toBe(true);
    await share('private');
    expect((await failureOf(client.chat.completions.create({ model: collection, messages: ASKED }))).status).toBe(404);
  });

  it('is never found by a name that only looks like one of its models', async () => {
    const client = await clientOf(api, owner);
    for (const model of [
      'collection:',
      'collection:x',
      "collection:' OR 1=1",
      'assistant:',
      `group:${NOWHERE}`,
      'x'.repeat(290),
    ]) {
      expect((await failureOf(client.models.retrieve(model))).code).toBe('openai.model_not_found');
      expect((await failureOf(client.chat.completions.create({ model, messages: ASKED }))).code).toBe(
        'openai.model_not_found',
      );
    }
    for (const model of ['myia', collection, 'text-embedding-3-small']) {
      expect((await failureOf(client.embeddings.create({ model, input: 'a' }))).status).toBe(404);
    }
    const model = 'builtin:hashed-ngrams-v1';
    expect((await failureOf(client.chat.completions.create({ model, messages: ASKED }))).status).toBe(404);
  });

  it.each([
    ['GET', '/models'],
    ['GET', '/models/myia'],
    ['POST', '/chat/completions'],
    ['POST', '/embeddings'],
  ])('asks %s %s for a sign-in, in the shape its clients know', async (method, path) => {
    for (const Authorization of ['', 'Bearer myia_aaaaaaaa_bbbbbbbbbbbbbbbbbbbb', 'Bearer x']) {
      const response = await fetch(`${baseUrlOf(api)}${path}`, {
        method,
        headers: { 'Accept-Language': 'en', ...(Authorization && { Authorization }) },
      });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toEqual({
        error: {
          message: expect.any(String) as string,
          type: 'authentication_error',
          param: null,
          code: expect.stringMatching(/^(auth|api_key)\./) as string,
        },
      });
    }
  });

  it('has no routes but its own, and says so in its shape', async () => {
    for (const path of ['/audio/transcriptions', '/completions', '/nothing']) {
      const response = await fetch(`${baseUrlOf(api)}${path}`, { method: 'POST' });
      expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'route.not_found' } }]);
    }
  });

  it('limits requests with the headers its clients wait by', async () => {
    const narrow = await TestApi.start({ RATE_LIMIT_PER_MINUTE: '8' });
    try {
      const client = await clientOf(narrow, await narrow.createUser());
      const calls = Array.from({ length: 9 }, () => client.models.list());
      const outcomes = await Promise.allSettled(calls);
      const [refused] = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      expect(refused).toMatchObject({ status: 429, code: 'rate.limited', type: 'rate_limit_error' });
      const { headers } = refused as { headers: Headers };
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('ratelimit-remaining')).toBe('0');
    } finally {
      await narrow.close();
    }
  });

  describe('embeddings', () => {
    const model = 'builtin:hashed-ngrams-v1';

    it.each([
      ['tokens', { input: [[1, 2], [3]] }, 'openai.tokens_unsupported', 'input'],
      ['other dimensions', { input: 'a', dimensions: 256 }, 'openai.dimensions_fixed', 'dimensions'],
      ['nothing', { input: [] }, 'request.invalid', 'input'],
      ['an empty text', { input: ['a', ''] }, 'request.invalid', 'input'],
      ['a text too long', { input: 'a'.repeat(32_001) }, 'request.invalid', 'input'],
      ['an unknown encoding', { input: 'a', encoding_format: 'hex' }, 'request.invalid', 'encoding_format'],
    ])('refuse %s', async (_, body, code, param) => {
      const { apiKey } = await clientOf(api, owner);
      const response = await fetch(`${baseUrlOf(api)}/embeddings`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ model, ...body }),
      });
      expect([response.status, await response.json()]).toMatchObject([400, { error: { code, param } }]);
    });
  });
});
