import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import type { MessageView } from '#libs/chat';
import type { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

import { addHandbook } from './support/handbook';

const QUESTION = 'Combien de jours de congés annuels par an ?';
const UNANSWERABLE = 'Quelle est la recette de la tarte aux pommes ?';

/** Bodies are as the tests expect them, or the tests fail. */
const bodyOf = ({ body }: { readonly body: unknown }) => body as Record<string, unknown>;

interface PageBody<T> {
  readonly items: T[];
  readonly total: number;
}

describe('Chat over HTTP, without any model server', () => {
  let api: TestApi;
  let user: TestUser;
  let other: TestUser;
  let library: Library;
  let collectionId: string;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
    other = await api.createUser();
    ({ library, collectionId } = await addHandbook(api, user));
  });
  afterAll(() => api.close());

  const chat = async (body: object, as = user): Promise<MessageView> =>
    (await api.http(as).post('/chat').send(body).expect(200)).body as MessageView;
  const conversationOf = async (message: string): Promise<string> => (await chat({ message })).conversationId;
  const messagesOf = async (id: string): Promise<PageBody<MessageView>> =>
    (await api.http(user).get(`/conversations/${id}/messages`).expect(200)).body as PageBody<MessageView>;

  describe('an answer', () => {
    it('quotes the document to the letter, at its offsets', async () => {
      const answer = await chat({ message: QUESTION });
      expect(answer).toMatchObject({ role: 'assistant', status: 'complete', grounded: true, provider: 'builtin' });
      expect(answer.content).toContain('25 jours');
      expect(answer.citations.length).toBeGreaterThan(0);
      for (const { documentId, quote, start, end } of answer.citations) {
        expect((await library.content(documentId)).text.slice(start, end)).toBe(quote);
      }
      const markers = [...answer.content.matchAll(/\[(\d+)\]/g)].map(([, marker]) => Number(marker));
      expect(answer.citations.map(({ marker }) => marker)).toEqual(markers);
    });

    it('says so, without citations, when the documents do not answer', async () => {
      const answer = await chat({ message: UNANSWERABLE });
      expect(answer).toMatchObject({ grounded: false, citations: [], status: 'complete' });
      expect(answer.content).not.toMatch(/\[\d+\]/);
    });

    it('says so to somebody who may read nothing', async () => {
      expect(await chat({ message: QUESTION }, other)).toMatchObject({ grounded: false, citations: [], sources: [] });
    });

    it('does not cite a document that is gone', async () => {
      const id = await library.add(
        collectionId,
        'cantine.md',
        Buffer.from('La cantine sert le déjeuner à midi trente chaque jour.\n'),
      );
      await library.settled(id);
      const message = 'À quelle heure la cantine sert-elle le déjeuner ?';
      expect((await chat({ message })).citations.map(({ documentId }) => documentId)).toEqual([id]);
      await api.http(user).delete(`/documents/${id}`).expect(204);
      expect((await chat({ message })).sources.map(({ documentId }) => documentId)).not.toContain(id);
    });

    it('comes once for one Idempotency-Key', async () => {
      const key = randomUUID();
      const send = () =>
        api.http(user).post('/chat').set('Idempotency-Key', key).send({ message: QUESTION }).expect(200);
      const first = (await send()).body as MessageView;
      expect((await send()).body).toEqual(first);
      expect((await messagesOf(first.conversationId)).total).toBe(2);
    });

    it('can be written again beside itself, and rated', async () => {
      const first = await chat({ message: QUESTION });
      const second = bodyOf(await api.http(user).post(`/messages/${first.id}/regenerate`).send().expect(200));
      expect(second).toMatchObject({ parentId: first.parentId, conversationId: first.conversationId, grounded: true });
      expect((second as unknown as MessageView).id).not.toBe(first.id);
      const feedback = { rating: 'down', comment: 'Trop court.' };
      await api.http(user).put(`/messages/${first.id}/feedback`).send(feedback).expect(200);
      const body = bodyOf(await api.http(user).get(`/messages/${first.id}`).expect(200));
      expect(body).toMatchObject({ feedback });
    });

    it('that is over is not changed by a stop', async () => {
      const answer = await chat({ message: QUESTION });
      const body = bodyOf(await api.http(user).post(`/messages/${answer.id}/stop`).expect(200));
      expect(body).toEqual(answer);
    });
  });

  describe('a conversation', () => {
    it('is named after its first question and can be listed, renamed and deleted', async () => {
      const id = await conversationOf(QUESTION);
      const body = bodyOf(await api.http(user).get(`/conversations/${id}`).expect(200));
      expect(body).toMatchObject({ title: QUESTION, collectionIds: null, assistantId: null });
      await api.http(user).patch(`/conversations/${id}`).send({ title: 'Congés' }).expect(200);
      const page = bodyOf(await api.http(user).get('/conversations?q=Congés&sort=-updatedAt').expect(200));
      expect((page as unknown as PageBody<{ id: string }>).items.map((item) => item.id)).toContain(id);
      await api.http(user).delete(`/conversations/${id}`).expect(204);
      await api.http(user).get(`/conversations/${id}`).expect(404);
    });

    it('goes on where it was, and lets a follow-up lean on the question before', async () => {
      const body = bodyOf(
        await api
          .http(user)
          .post('/conversations')
          .send({ collectionIds: [collectionId] })
          .expect(201),
      );
      const { id, title } = body as unknown as { id: string; title: string };
      expect(title).toBe('');
      const ask = async (question: object): Promise<MessageView> =>
        (await api.http(user).post(`/conversations/${id}/messages`).send(question).expect(200)).body as MessageView;
      const first = await ask({ content: 'Quel est le délai de préavis des cadres ?' });
      const second = await ask({ content: 'Et pour les employés ?' });
      expect(second).toMatchObject({ grounded: true });
      expect(second.citations.map(({ quote }) => quote).join(' ')).toContain('un mois pour les employés');
      const { items, total } = await messagesOf(id);
      expect(total).toBe(4);
      expect(items.map(({ role }) => role)).toEqual(['assistant', 'user', 'assistant', 'user']);
      expect(items[0]!.id).toBe(second.id);
      expect(items[1]!.parentId).toBe(first.id);
      const branch = await ask({ content: QUESTION, parentId: null });
      expect((await messagesOf(id)).items.find((item) => item.id === branch.parentId)!.parentId).toBeNull();
    });

    it('of somebody else does not exist', async () => {
      const answer = await chat({ message: QUESTION });
      const id = answer.conversationId;
      const stranger = api.http(other);
      const problems = [
        await stranger.get(`/conversations/${id}`),
        await stranger.patch(`/conversations/${id}`).send({ title: 'x' }),
        await stranger.delete(`/conversations/${id}`),
        await stranger.get(`/conversations/${id}/messages`),
        await stranger.post(`/conversations/${id}/messages`).send({ content: QUESTION }),
        await stranger.get(`/conversations/${id}/export?format=json`),
        await stranger.post('/chat').send({ message: QUESTION, conversationId: id }),
        await stranger.get(`/messages/${answer.id}`),
        await stranger.get(`/messages/${answer.id}/events`).set('Accept', 'text/event-stream'),
        await stranger.post(`/messages/${answer.id}/regenerate`),
        await stranger.post(`/messages/${answer.id}/stop`),
        await stranger.put(`/messages/${answer.id}/feedback`).send({ rating: 'up' }),
      ];
      expect(problems.map(({ status }) => status)).toEqual(problems.map(() => 404));
      expect((await messagesOf(id)).total).toBe(2);
    });

    it('is exported with its quotes', async () => {
      const id = await conversationOf(QUESTION);
      const markdown = await api.http(user).get(`/conversations/${id}/export?format=md`).expect(200);
      expect(markdown.headers['content-type']).toMatch('text/markdown');
      expect(markdown.text).toContain(`# ${QUESTION}`);
      expect(markdown.text).toMatch(/- \[\d\] .+\n {2}> .*25 jours/);
      const json = await api.http(user).get(`/conversations/${id}/export?format=json`).expect(200);
      expect(json.body).toMatchObject({ conversation: { id }, messages: [{ role: 'user' }, { role: 'assistant' }] });
      await api.http(user).get(`/conversations/${id}/export?format=docx`).expect(400);
    });
  });

  describe('a request that cannot be answered', () => {
    it.each([
      ['an empty question', { message: '' }],
      ['a question of white space', { message: ' \n ' }],
      ['a question that is too long', { message: 'a'.repeat(8001) }],
      ['an unknown field', { message: 'Bonjour', temperature: 1 }],
      ['a collection that is no id', { message: 'Bonjour', collectionIds: ['x'] }],
    ])('is refused for %s', async (_reason, body) => {
      const response = await api.http(user).post('/chat').send(body).expect(400);
      expect(response.body).toMatchObject({ code: 'request.invalid' });
    });

    it('names a collection that is unknown or somebody else’s', async () => {
      for (const [as, id] of [
        [user, randomUUID()],
        [other, collectionId],
      ] as const) {
        const body = bodyOf(
          await api
            .http(as)
            .post('/chat')
            .send({ message: QUESTION, collectionIds: [id] })
            .expect(404),
        );
        expect(body).toMatchObject({ code: 'collection.not_found' });
        await api
          .http(as)
          .post('/conversations')
          .send({ collectionIds: [id] })
          .expect(404);
      }
    });

    it('follows a question or an unknown message', async () => {
      const { conversationId, parentId } = await chat({ message: QUESTION });
      const ask = (parent: string | null) =>
        api.http(user).post(`/conversations/${conversationId}/messages`).send({ content: 'Et ?', parentId: parent });
      expect((await ask(parentId)).body).toMatchObject({ status: 422, code: 'chat.not_an_answer' });
      expect((await ask(randomUUID())).body).toMatchObject({ status: 404 });
    });
  });

  it('marks an answer whose process died as failed', async () => {
    const { id, conversationId } = await chat({ message: QUESTION });
    await api.app
      .get(UnitOfWork)
      .query(`UPDATE message SET status = 'writing', updated_at = now() - interval '10 minutes' WHERE id = $1`, [id]);
    const { items } = await messagesOf(conversationId);
    expect(items[0]).toMatchObject({ id, status: 'failed', failureCode: 'chat.answer_interrupted' });
  });
});
