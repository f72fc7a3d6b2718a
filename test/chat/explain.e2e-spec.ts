import { randomUUID } from 'node:crypto';

import { AnswerTunings, type MessageView } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import type { ExplanationView, RetrievalTraceView } from '#libs/retrieval';
import { createKey } from '#test/api-keys/support/keys';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer, type OllamaMessage } from '#test/support/ollama-server';

import { addHandbook } from './support/handbook';

const QUESTION = 'Quel est le délai de préavis des employés ?';
const FOLLOW_UP = 'Et pour les cadres ?';
const ALONE = 'Quel est le délai de préavis des cadres ?';
const OF_ALL = 'Que disent congés annuels, préavis des cadres et hotel in Paris ?';
/** Room for the rules, the question and a passage. */
const NARROW = 560;

const isRewriting = (messages: readonly OllamaMessage[]): boolean =>
  messages[0]?.content.startsWith('Rewrite') === true;
const answer = (messages: readonly OllamaMessage[]): string =>
  isRewriting(messages) ? ALONE : 'Le délai de préavis est de trois mois pour les cadres [1].';

describe('Why an answer does not rest on a document', () => {
  let api: TestApi;
  let model: OllamaProtocolServer;
  let user: TestUser;
  let collectionId: string;
  let documents: Map<string, string>;

  beforeAll(async () => {
    model = await OllamaProtocolServer.start({ answer });
    model.window = NARROW;
    api = await TestApi.start({ LLM_PROVIDER: 'ollama', OLLAMA_URL: model.url, QUERY_REWRITING_TIMEOUT_MS: '20000' });
    user = await api.createUser();
    ({ collectionId } = await addHandbook(api, user));
    const { body } = (await api.http(user).get('/documents').expect(200)) as {
      body: { items: { id: string; title: string }[] };
    };
    documents = new Map(body.items.map(({ id, title }) => [title, id]));
  });
  afterAll(async () => {
    await api.close();
    await model.stop();
  });

  const request = (more: object): object => ({
    ...{ query: FOLLOW_UP, expectedDocumentId: documents.get('Préavis') },
    ...more,
  });
  const explain = async (query: string, title: string, more: object = {}): Promise<ExplanationView> => {
    const body = request({ query, expectedDocumentId: documents.get(title), ...more });
    return (await api.http(user).post('/retrieval/explain').send(body).expect(200)).body as ExplanationView;
  };
  const used = async (): Promise<number> => {
    const sql = `SELECT sum(requests)::int AS uses FROM usage_record WHERE user_id = $1 AND kind = 'chat'`;
    const [row] = await api.app.get(UnitOfWork).query<{ uses: number }>(sql, [user.id]);
    return row?.uses ?? 0;
  };
  const ask = async (body: object): Promise<MessageView> =>
    (await api.http(user).post('/chat').send(body).expect(200)).body as MessageView;
  const tune = (tuning: object): Promise<void> =>
    api.app.get(AnswerTunings).set(user.organizationId, [collectionId], tuning);

  const chatted = (): number => model.to('/api/chat').length;

  it('names a passage the window had no room for, as the trace of the answer does, and asks no model for it', async () => {
    const answered = await ask({ message: OF_ALL });
    const [read, ...unread] = answered.sources;
    expect(answered.dropped?.sources).toEqual(unread.map(({ marker }) => marker));
    const { body } = (await api.http(user).get(`/messages/${answered.id}/trace`).expect(200)) as {
      body: RetrievalTraceView;
    };
    const { candidates, answer: traced } = body;
    expect(candidates.map(({ place, lostAt }) => [place, lostAt])).toEqual([
      [1, null],
      [2, 'prompt'],
      [3, 'prompt'],
    ]);
    const asked = chatted();
    const told = await explain(OF_ALL, unread[0]!.title);
    expect(told).toMatchObject({ found: false, stage: 'prompt', place: 2, position: { fused: 2 } });
    expect(told.explanation).toContain('ollama:mistral (560 jetons)');
    expect(told.advice).toContain('OLLAMA_CONTEXT_TOKENS');
    expect(told.trace.answer).toEqual(traced);
    expect(await explain(OF_ALL, read!.title)).toMatchObject({ found: true, stage: 'none', place: 1 });
    expect(chatted()).toBe(asked);
  });

  it('names what is set for the collection, with its figures', async () => {
    await tune({ passages: 1 });
    const fewer = await explain(OF_ALL, 'Travel');
    expect(fewer).toMatchObject({ stage: 'passages', place: null, position: { fused: 3 } });
    expect(fewer.explanation).toContain('au plus 1 passage(s)');
    await tune({ minConfidence: 0.99 });
    const weak = await explain(OF_ALL, 'Travel');
    expect(weak).toMatchObject({ found: false, stage: 'threshold', place: 3, trace: { answer: { threshold: 0.99 } } });
    expect(weak.explanation).toContain('(0,99)');
    expect(weak.advice).toContain('minConfidence');
    await tune({});
  });

  it('searches for a follow-up as the answer would, where it is told the conversation', async () => {
    const { conversationId } = await ask({ message: QUESTION });
    const answered = await ask({ message: FOLLOW_UP, conversationId });
    const rewritten = [{ text: ALONE, origin: 'model' }];
    const before = await used();
    expect((await explain(FOLLOW_UP, 'Préavis', { conversationId })).trace.queries).toEqual(rewritten);
    expect((await explain(FOLLOW_UP, 'Préavis', { answerId: answered.id })).trace.queries).toEqual(rewritten);
    // What a model writes is paid for, whatever it is for.
    expect(await used()).toBe(before + 2);
    const alone = await explain(FOLLOW_UP, 'Préavis');
    expect(alone.trace.queries).toEqual([{ text: FOLLOW_UP, origin: 'question' }]);
    const first = { answerId: answered.parentId, conversationId };
    await api.http(user).post('/retrieval/explain').send(request(first)).expect(422);
  });

  it('searches where the conversation searches', async () => {
    const other = await api.http(user).post('/collections').send({ name: 'Ailleurs' }).expect(201);
    const { id } = other.body as { id: string };
    const elsewhere = await api
      .http(user)
      .post('/conversations')
      .send({ collectionIds: [id] });
    const conversationId = (elsewhere.body as { id: string }).id;
    expect(await explain(QUESTION, 'Préavis', { conversationId })).toMatchObject({ stage: 'not_searched' });
    await api.http(user).delete(`/collections/${id}`).expect(204);
    const gone = await explain(QUESTION, 'Préavis', { conversationId });
    expect(gone).toMatchObject({ stage: 'not_searched', trace: { collections: 0 } });
  });

  it('takes no conversation of somebody else, none the answer is not of, and none from a key that may not chat', async () => {
    const { id, conversationId } = await ask({ message: QUESTION });
    const { conversationId: another } = await ask({ message: QUESTION });
    const stranger = await api.createUser();
    await addHandbook(api, stranger);
    const theirs = await api.http(stranger).get('/documents').expect(200);
    const expectedDocumentId = (theirs.body as { items: { id: string }[] }).items[0]!.id;
    for (const where of [{ conversationId }, { answerId: id }]) {
      const refused = { query: QUESTION, expectedDocumentId, ...where };
      await api.http(stranger).post('/retrieval/explain').send(refused).expect(404);
    }
    const send = (where: object, as = user) => api.http(as).post('/retrieval/explain').send(request(where));
    await send({ answerId: id, conversationId: another }).expect(404);
    await send({ conversationId: randomUUID() }).expect(404);
    const { key } = await createKey(api, user, { scopes: ['search'] });
    const program = { ...user, accessToken: key };
    await send({}, program).expect(200);
    expect((await send({ conversationId }, program).expect(403)).body).toMatchObject({ code: 'auth.scope_missing' });
  });
});
