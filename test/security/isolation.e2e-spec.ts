import type { Response } from 'supertest';

import { describeRoutes } from '#libs/http';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

import { ASKED_ELSEWHERE } from './support/asked-elsewhere';

/** A word that stands in everything the owner has, and in nothing anybody else has. */
const CANARY = 'Ornithorynquissime';

interface Ids {
  readonly collection: string;
  readonly document: string;
  readonly batch: string;
  readonly conversation: string;
  readonly question: string;
  readonly answer: string;
  readonly folder: string;
  readonly share: string;
  /** The intruder's own conversation. */
  readonly own: string;
}

interface Attack {
  readonly path: string;
  readonly body?: object;
  readonly file?: string;
  /** `hidden`: it does not exist for the caller. `empty`: it answers, with nothing of the owner's. */
  readonly expect: 'hidden' | 'empty';
}

const hidden = (path: string, body?: object): Attack => ({ path, expect: 'hidden', ...(body && { body }) });
const empty = (path: string, body?: object): Attack => ({ path, expect: 'empty', ...(body && { body }) });

/** One entry per route, so that a new route does not get past this test. Public ones and the caller's own have nothing to hide. */
const ATTACKS: Readonly<Record<string, (ids: Ids) => readonly Attack[]>> = {
  'GET /': () => [],
  'GET /health/live': () => [],
  'GET /health/ready': () => [],
  'GET /metrics': () => [],
  'POST /api/v1/auth/login': () => [],
  'POST /api/v1/auth/refresh': () => [],
  'POST /api/v1/auth/logout': () => [],
  'GET /api/v1/me': () => [empty('/me')],
  'PATCH /api/v1/me': () => [empty('/me', { displayName: 'Moi' })],
  'GET /api/v1/collections': ({ collection }) => [
    empty('/collections?pageSize=100'),
    empty(`/collections?q=${CANARY}`),
    empty(`/collections?filter[name][contains]=${CANARY}`),
    empty(
      `/collections?sort=-name&filter[createdAt][gte]=2000-01-01&fields=id,name&filter[visibility]=private&q=${collection}`,
    ),
  ],
  ...Object.fromEntries(ASKED_ELSEWHERE.map((route) => [route, () => []])),
  'GET /api/v1/collections/:id/grants': ({ collection }) => [hidden(`/collections/${collection}/grants`)],
  'PUT /api/v1/collections/:id/grants': ({ collection, own }) => [
    hidden(`/collections/${collection}/grants`, { userId: own, role: 'owner' }),
  ],
  'DELETE /api/v1/collections/:id/grants': ({ collection, own }) => [
    hidden(`/collections/${collection}/grants?userId=${own}`),
  ],
  'POST /api/v1/collections': () => [],
  'GET /api/v1/collections/:id': ({ collection }) => [hidden(`/collections/${collection}`)],
  'PATCH /api/v1/collections/:id': ({ collection }) => [
    hidden(`/collections/${collection}`, { visibility: 'organization' }),
  ],
  'DELETE /api/v1/collections/:id': ({ collection }) => [hidden(`/collections/${collection}`)],
  'GET /api/v1/collections/:id/batches/:batchId/events': ({ collection, batch }) => [
    hidden(`/collections/${collection}/batches/${batch}/events`),
  ],
  'GET /api/v1/collections/:id/near-duplicates': ({ collection }) => [
    hidden(`/collections/${collection}/near-duplicates`),
  ],
  'POST /api/v1/collections/:id/reembed': ({ collection }) => [hidden(`/collections/${collection}/reembed`)],
  'PUT /api/v1/collections/:id/ingestion': ({ collection }) => [
    hidden(`/collections/${collection}/ingestion`, { paused: true }),
  ],
  'POST /api/v1/collections/:id/documents': ({ collection }) => [
    { path: `/collections/${collection}/documents`, file: 'Un texte étranger.', expect: 'hidden' },
  ],
  'POST /api/v1/collections/:id/documents/text': ({ collection }) => [
    hidden(`/collections/${collection}/documents/text`, { title: 'Étranger', text: 'Un texte étranger.' }),
  ],
  'POST /api/v1/collections/:id/documents/url': ({ collection }) => [
    hidden(`/collections/${collection}/documents/url`, { url: 'http://127.0.0.1/' }),
  ],
  'GET /api/v1/documents': ({ collection }) => [
    empty('/documents?pageSize=100'),
    empty(`/documents?q=${CANARY}`),
    empty(`/documents?filter[collectionId]=${collection}`),
    empty(`/documents?filter[collectionId][in]=${collection}`),
    empty(`/documents?filter[collectionId][ne]=${collection}`),
    empty(`/documents?filter[filename][contains]=${CANARY}`),
  ],
  'GET /api/v1/documents/:id': ({ document }) => [
    hidden(`/documents/${document}`),
    hidden(`/documents/${document.toUpperCase()}`),
  ],
  'GET /api/v1/documents/:id/events': ({ document }) => [hidden(`/documents/${document}/events`)],
  'GET /api/v1/documents/:id/content': ({ document }) => [hidden(`/documents/${document}/content`)],
  'GET /api/v1/documents/:id/chunks': ({ document }) => [hidden(`/documents/${document}/chunks`)],
  'GET /api/v1/documents/:id/file': ({ document }) => [hidden(`/documents/${document}/file`)],
  'PATCH /api/v1/documents/:id/chunks/:chunkId': ({ document }) => [
    hidden(`/documents/${document}/chunks/${document}`, { disabled: true }),
  ],
  'POST /api/v1/documents/:id/chunks/:chunkId/reembed': ({ document }) => [
    hidden(`/documents/${document}/chunks/${document}/reembed`),
  ],
  'GET /api/v1/documents/:id/diagnosis': ({ document }) => [hidden(`/documents/${document}/diagnosis`)],
  'POST /api/v1/documents/:id/cancel': ({ document }) => [hidden(`/documents/${document}/cancel`)],
  'POST /api/v1/documents/:id/reindex': ({ document }) => [hidden(`/documents/${document}/reindex`)],
  'DELETE /api/v1/documents/:id': ({ document }) => [hidden(`/documents/${document}`)],
  'POST /api/v1/search': ({ collection }) => [
    ...(['hybrid', 'dense', 'lexical'] as const).flatMap((mode) => [
      empty('/search', { query: CANARY, limit: 50, mode }),
      hidden('/search', { query: CANARY, collectionIds: [collection], mode }),
    ]),
    hidden('/search', { query: CANARY, collectionIds: [collection.toUpperCase()] }),
    empty('/search', { query: CANARY, collectionIds: [] }),
  ],
  'POST /api/v1/retrieval/explain': ({ collection, document, conversation }) => [
    hidden('/retrieval/explain', { query: CANARY, expectedDocumentId: document }),
    hidden('/retrieval/explain', { query: CANARY, expectedDocumentId: document.toUpperCase() }),
    hidden('/retrieval/explain', { query: CANARY, expectedDocumentId: document, collectionIds: [collection] }),
    hidden('/retrieval/explain', { query: CANARY, expectedDocumentId: document, conversationId: conversation }),
  ],
  'GET /api/v1/conversations': () => [empty('/conversations?pageSize=100'), empty(`/conversations?q=${CANARY}`)],
  'POST /api/v1/conversations': ({ collection }) => [hidden('/conversations', { collectionIds: [collection] })],
  'GET /api/v1/conversations/:id': ({ conversation }) => [hidden(`/conversations/${conversation}`)],
  'PATCH /api/v1/conversations/:id': ({ conversation, own, collection }) => [
    hidden(`/conversations/${conversation}`, { title: 'Volé' }),
    hidden(`/conversations/${own}`, { collectionIds: [collection] }),
  ],
  'DELETE /api/v1/conversations/:id': ({ conversation }) => [hidden(`/conversations/${conversation}`)],
  'GET /api/v1/conversations/:id/export': ({ conversation }) => [
    hidden(`/conversations/${conversation}/export?format=md`),
    hidden(`/conversations/${conversation}/export?format=json`),
  ],
  'GET /api/v1/conversations/:id/messages': ({ conversation, own, answer }) => [
    hidden(`/conversations/${conversation}/messages`),
    empty(`/conversations/${own}/messages?filter[parentId]=${answer}`),
    empty(`/conversations/${own}/messages?q=${CANARY}`),
  ],
  'POST /api/v1/conversations/:id/messages': ({ conversation, own, answer, question }) => [
    hidden(`/conversations/${conversation}/messages`, { content: 'Que sais-tu ?' }),
    hidden(`/conversations/${own}/messages`, { content: 'Que sais-tu ?', parentId: answer }),
    hidden(`/conversations/${own}/messages`, { content: 'Que sais-tu ?', parentId: question }),
    empty(`/conversations/${own}/messages`, { content: `Que sais-tu de l’animal ?` }),
  ],
  'GET /api/v1/conversations/search': () => [
    empty(`/conversations/search?q=${CANARY}`),
    empty('/conversations/search?q=crevettes'),
  ],
  'GET /api/v1/conversations/:id/shares': ({ conversation }) => [hidden(`/conversations/${conversation}/shares`)],
  'POST /api/v1/conversations/:id/shares': ({ conversation, own, answer }) => [
    hidden(`/conversations/${conversation}/shares`, {}),
    hidden(`/conversations/${own}/shares`, { messageId: answer }),
  ],
  'DELETE /api/v1/conversations/:id/shares/:shareId': ({ conversation, share, own }) => [
    hidden(`/conversations/${conversation}/shares/${share}`),
    hidden(`/conversations/${own}/shares/${share}`),
  ],
  'POST /api/v1/shares/open': () => [hidden('/shares/open', { token: 'A'.repeat(43) })],
  'POST /api/v1/shares/open-public': () => [hidden('/shares/open-public', { token: 'A'.repeat(43) })],
  'GET /api/v1/conversation-folders': () => [
    empty('/conversation-folders?pageSize=100'),
    empty(`/conversation-folders?q=${CANARY}`),
  ],
  'POST /api/v1/conversation-folders': () => [],
  'GET /api/v1/conversation-folders/:id': ({ folder }) => [hidden(`/conversation-folders/${folder}`)],
  'PATCH /api/v1/conversation-folders/:id': ({ folder, own }) => [
    hidden(`/conversation-folders/${folder}`, { name: 'Volé' }),
    hidden(`/conversations/${own}`, { folderId: folder }),
  ],
  'DELETE /api/v1/conversation-folders/:id': ({ folder }) => [hidden(`/conversation-folders/${folder}`)],
  'POST /api/v1/messages/:id/edit': ({ answer, question }) => [
    hidden(`/messages/${question}/edit`, { content: 'Que sais-tu ?' }),
    hidden(`/messages/${answer}/edit`, { content: 'Que sais-tu ?' }),
  ],
  'GET /api/v1/messages/:id': ({ answer, question }) => [
    hidden(`/messages/${answer}`),
    hidden(`/messages/${question}`),
  ],
  'GET /api/v1/messages/:id/events': ({ answer, question }) => [
    hidden(`/messages/${answer}/events`),
    hidden(`/messages/${question}/events`),
  ],
  'GET /api/v1/messages/:id/trace': ({ answer, question }) => [
    hidden(`/messages/${answer}/trace`),
    hidden(`/messages/${question}/trace`),
  ],
  'POST /api/v1/messages/:id/regenerate': ({ answer }) => [hidden(`/messages/${answer}/regenerate`)],
  'POST /api/v1/messages/:id/stop': ({ answer }) => [hidden(`/messages/${answer}/stop`)],
  'PUT /api/v1/messages/:id/feedback': ({ answer }) => [hidden(`/messages/${answer}/feedback`, { rating: 'down' })],
  'POST /api/v1/chat': ({ collection, conversation }) => [
    hidden('/chat', { message: 'Que sais-tu ?', collectionIds: [collection] }),
    hidden('/chat', { message: 'Que sais-tu ?', conversationId: conversation }),
    empty('/chat', { message: 'De quoi se nourrit l’animal des documents ?' }),
  ],
};

describe('What belongs to somebody', () => {
  let api: TestApi;
  let owner: TestUser;
  let ids: Omit<Ids, 'own'>;
  let before: string;

  /** Everything an intruder could have changed. */
  const snapshot = async (): Promise<string> => {
    const http = api.http(owner);
    const answers = await Promise.all(
      [
        `/collections/${ids.collection}`,
        `/documents?filter[collectionId]=${ids.collection}`,
        `/documents/${ids.document}/content`,
        `/conversations/${ids.conversation}`,
        `/conversations/${ids.conversation}/messages`,
        `/conversation-folders`,
        `/conversations/${ids.conversation}/shares`,
      ].map((path) => http.get(path).expect(200)),
    );
    return JSON.stringify(answers.map(({ body }) => body as unknown));
  };

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.createUser();
    const library = new Library(api, owner);
    const collection = await library.createCollection('private', CANARY);
    const text = `# ${CANARY}\n\nL’animal ${CANARY} se nourrit de vers, de larves et de crevettes d’eau douce.`;
    const { batchId: batch, items } = await library.upload(collection, { [`${CANARY}.md`]: Buffer.from(text) });
    const document = items[0]!.id;
    expect(await library.settled(document)).toMatchObject({ status: 'ready' });
    const asked = await api
      .http(owner)
      .post('/chat')
      .send({ message: `De quoi se nourrit l’animal ${CANARY} ?` })
      .expect(200);
    const answer = asked.body as { id: string; conversationId: string; parentId: string };
    // Otherwise there would be nothing to leak.
    expect(asked.text).toContain('crevettes');
    const folder = await api.http(owner).post('/conversation-folders').send({ name: CANARY }).expect(201);
    const shares = `/conversations/${answer.conversationId}/shares`;
    const share = await api.http(owner).post(shares).send({}).expect(201);
    const exchange = {
      conversation: answer.conversationId,
      question: answer.parentId,
      answer: answer.id,
      folder: (folder.body as { id: string }).id,
      share: (share.body as { id: string }).id,
    };
    ids = { collection, document, batch, ...exchange };
    before = await snapshot();
  });
  afterAll(() => api.close());

  it('is asked for here through every route there is', () => {
    const routes = describeRoutes(api.app).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(ATTACKS).sort()).toEqual(routes.sort());
  });

  const send = (intruder: TestUser, route: string, { path, body, file }: Attack, accept: string): Promise<Response> => {
    const method = route.split(' ', 1)[0]!.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const request = api.http(intruder)[method](path).set('Accept', accept);
    if (file !== undefined) return request.attach('files', Buffer.from(file), 'a.txt');
    return body ? request.send(body) : request;
  };

  /** The owner's words and the names of what is the owner's, save for those the intruder knew before. */
  const leaks = ({ text, headers }: Response, attack: Attack): string[] => {
    const told = `${text}${JSON.stringify(headers)}`.toLowerCase();
    const known = JSON.stringify(attack).toLowerCase();
    return [CANARY, 'crevettes', owner.email, owner.id, ...Object.values(ids)]
      .map((word) => word.toLowerCase())
      .filter((word) => told.includes(word) && !known.includes(word));
  };

  describe.each([
    ['a user of another organization', 'user', true],
    ['an administrator of another organization', 'admin', true],
    ['a superuser of another organization', 'superuser', true],
    ['a colleague', 'user', false],
    ['an administrator of the same organization', 'admin', false],
  ] as const)('does not exist for %s', (_, role, isElsewhere) => {
    let intruder: TestUser;
    let all: Ids;
    beforeAll(async () => {
      intruder = await api.createUser(role, isElsewhere ? await api.createOrganization() : owner.organizationId);
      const made = await api.http(intruder).post('/conversations').send({ title: 'La mienne' }).expect(201);
      all = { ...ids, own: (made.body as { id: string }).id };
    });

    it.each(Object.keys(ATTACKS))('%s', async (route) => {
      for (const attack of ATTACKS[route]?.(all) ?? []) {
        for (const accept of ['application/json', 'text/event-stream']) {
          const response = await send(intruder, route, attack, accept);
          const seen = { attack, status: response.status, leaks: leaks(response, attack) };
          const expected = attack.expect === 'hidden' ? 404 : 200;
          expect(seen).toEqual({ attack, status: expected, leaks: [] });
          if (attack.expect === 'hidden') expect(response.type).toBe('application/problem+json');
        }
      }
    });

    it('and a thing of the owner is refused with the words for a thing that is not there', async () => {
      const nowhere = '00000000-0000-4000-8000-000000000000';
      for (const [id, address] of [
        [ids.collection, '/collections/'],
        [ids.document, '/documents/'],
        [ids.conversation, '/conversations/'],
        [ids.answer, '/messages/'],
      ] as const) {
        const ask = async (asked: string): Promise<string> =>
          (await api.http(intruder).get(`${address}${asked}`).set('X-Request-Id', 'same')).text.replaceAll(asked, 'ID');
        expect(await ask(id)).toBe(await ask(nowhere));
      }
    });

    it('and is as it was', async () => {
      expect(await snapshot()).toBe(before);
    });
  });

  it('stays out of reach when it is shared for reading: others read it and cannot change it', async () => {
    await api.http(owner).patch(`/collections/${ids.collection}`).send({ visibility: 'organization' }).expect(200);
    const reader = await api.createUser('user', owner.organizationId);
    const http = api.http(reader);
    await http.get(`/documents/${ids.document}/content`).expect(200);
    await http.patch(`/collections/${ids.collection}`).send({ name: 'Volé' }).expect(403);
    await http.delete(`/collections/${ids.collection}`).expect(403);
    await http.delete(`/documents/${ids.document}`).expect(403);
    await http.post(`/documents/${ids.document}/reindex`).expect(403);
    await http.post(`/collections/${ids.collection}/documents/text`).send({ title: 't', text: 'x' }).expect(403);
    await http.post(`/collections/${ids.collection}/documents/url`).send({ url: 'http://127.0.0.1/' }).expect(403);
    // And with the share, the view goes at once.
    await api.http(owner).patch(`/collections/${ids.collection}`).send({ visibility: 'private' }).expect(200);
    await http.get(`/documents/${ids.document}`).expect(404);
    const found = await http.post('/search').send({ query: CANARY }).expect(200);
    expect(found.text).not.toContain('crevettes');
  });
});
