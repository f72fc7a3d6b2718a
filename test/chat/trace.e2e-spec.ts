import { UnitOfWork } from '#libs/database';
import { AnswerTunings, type AnswerTuning, type MessageView } from '#libs/chat';
import type { RetrievalTraceView } from '#libs/retrieval';
import { TestApi, type TestUser } from '#test/support/api';
import { until } from '#test/support/until';

import { addHandbook } from './support/handbook';

const QUESTION = 'Combien de jours de congés annuels par an ?';

describe('The retrieval trace of an answer', () => {
  let api: TestApi;
  let user: TestUser;
  let answer: MessageView;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
    await addHandbook(api, user);
    answer = await chat({ message: QUESTION });
  });
  afterAll(() => api.close());

  const chat = async (body: object, as = user): Promise<MessageView> =>
    (await api.http(as).post('/chat').send(body).expect(200)).body as MessageView;
  const traceOf = async (id: string, as = user): Promise<RetrievalTraceView> =>
    (await api.http(as).get(`/messages/${id}/trace`).expect(200)).body as RetrievalTraceView;

  it('shows its author each passage it was given, in place, and no text of documents', async () => {
    const trace = await traceOf(answer.id);
    const placed = trace.candidates.filter(({ place }) => place !== null);
    const inPlace = placed.toSorted((a, b) => a.place! - b.place!);
    expect(inPlace.map(({ chunkId }) => chunkId)).toEqual(answer.sources.map(({ chunkId }) => chunkId));
    expect(trace).toMatchObject({ queries: [{ text: QUESTION, origin: 'question' }], mode: 'hybrid', limit: 8 });
    expect(trace.legs.map(({ kind, failure }) => [kind, failure])).toEqual([
      ['lexical', null],
      ['dense', null],
    ]);
    expect(JSON.stringify(trace)).not.toMatch(/ouvrés|Congés|conges\.md/);
  });

  it('holds the query that was searched for in place of a follow-up', async () => {
    const { id } = await chat({ message: 'Et pour les cadres ?', conversationId: answer.conversationId });
    const { queries } = await traceOf(id);
    expect(queries).toEqual([{ text: expect.stringContaining('congés') as string, origin: 'rules' }]);
  });

  it('tells what the settings of the collection left out, and that the rest was too weak to answer from', async () => {
    const person = await api.createUser();
    const { collectionId } = await addHandbook(api, person);
    const tune = (tuning: AnswerTuning): Promise<void> =>
      api.app.get(AnswerTunings).set(person.organizationId, [collectionId], tuning);
    const tracedWith = async (tuning: AnswerTuning): Promise<RetrievalTraceView> => {
      await tune(tuning);
      return traceOf((await chat({ message: QUESTION }, person)).id, person);
    };
    const answered = await tracedWith({ passages: 1 });
    expect(answered.candidates.slice(0, 2)).toMatchObject([
      { place: 1, lostAt: null },
      { place: null, lostAt: 'passages' },
    ]);
    expect(answered.answer).toMatchObject({ passages: 1, model: 'builtin:extractive-v1', windowTokens: null });
    const silent = await tracedWith({ minConfidence: 1 });
    expect(silent.candidates[0]).toMatchObject({ place: 1, lostAt: 'threshold' });
    expect(silent.answer?.threshold).toBe(1);
  });

  it('is nobody else’s, and no question has one', async () => {
    const other = await api.createUser('admin', user.organizationId);
    await api.http(other).get(`/messages/${answer.id}/trace`).expect(404);
    await api.http(user).get(`/messages/${answer.parentId}/trace`).expect(422);
  });

  it('opens to an administrator with the conversation, without documents the administrator may not read', async () => {
    const admin = await api.createUser('admin', user.organizationId);
    const conversation = `/admin/conversations/${answer.conversationId}`;
    const sealed = await api.http(admin).get(`${conversation}/messages/${answer.id}/trace`).expect(403);
    expect(sealed.body).toMatchObject({ code: 'conversation.sealed' });
    await api
      .http(admin)
      .post(`${conversation}/break-glass`)
      .send({ reason: 'Plainte du client', minutes: 5 })
      .expect(201);
    const { body } = (await api.http(admin).get(`${conversation}/messages/${answer.id}/trace`).expect(200)) as {
      body: RetrievalTraceView;
    };
    expect(body.queries[0]?.text).toBe(QUESTION);
    expect(body.candidates).toEqual([]);
  });

  it('is part of what its author can take along', async () => {
    const archive = await api.http(user).get('/me/export').expect(200);
    expect(archive.text).toContain('"lostAt"');
  });

  it('forgets a document that was erased, and goes with its conversation', async () => {
    const { id, conversationId, sources } = await chat({ message: QUESTION });
    const [erased] = sources;
    await api.http(user).delete(`/documents/${erased!.documentId}?erase=true`).expect(204);
    const stored = async (): Promise<string> =>
      JSON.stringify(
        await api.app.get(UnitOfWork).query('SELECT trace FROM retrieval_trace WHERE message_id = $1', [id]),
      );
    await until(async () => ((await stored()).includes(erased!.documentId) ? undefined : true));
    await api.http(user).delete(`/conversations/${conversationId}`).expect(204);
    expect(await stored()).toBe('[]');
  });
});
