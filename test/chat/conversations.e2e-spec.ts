import type { MessageView } from '#libs/chat';
import { TestApi, type TestUser } from '#test/support/api';

import { addHandbook } from './support/handbook';

const QUESTION = 'Combien de jours de congés annuels par an ?';

interface Hit {
  readonly conversation: { readonly id: string };
  readonly titleMatches: readonly { start: number; end: number }[];
  readonly message?: { id: string; excerpt: string; start: number; matches: readonly { start: number; end: number }[] };
}
interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly titledBy: string;
  readonly version: number;
}

describe('Conversations in order', () => {
  let api: TestApi;
  let user: TestUser;
  let collectionId: string;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
    ({ collectionId } = await addHandbook(api, user));
  });
  afterAll(() => api.close());

  const ask = async (path: string, body: object): Promise<MessageView> =>
    (await api.http(user).post(path).send(body).expect(200)).body as MessageView;
  const conversation = async (id: string): Promise<Conversation> =>
    (await api.http(user).get(`/conversations/${id}`).expect(200)).body as Conversation;
  const messages = async (id: string): Promise<MessageView[]> => {
    const path = `/conversations/${id}/messages`;
    const listed = await api.http(user).get(path).query({ sort: 'createdAt' }).expect(200);
    return (listed.body as { items: MessageView[] }).items;
  };

  describe('branches', () => {
    it('begin beside a question that is asked again with other words, and the old one stays', async () => {
      const first = await ask('/chat', { message: QUESTION });
      const edited = await ask(`/messages/${first.parentId}/edit`, {
        content: 'Quel est le délai de préavis des cadres ?',
      });
      expect(edited.content).toContain('trois mois');
      const tree = await messages(first.conversationId);
      expect(tree.map(({ parentId, siblingIds }) => [parentId, siblingIds])).toEqual([
        [null, [first.parentId, edited.parentId]],
        [first.parentId, [first.id]],
        [null, [first.parentId, edited.parentId]],
        [edited.parentId, [edited.id]],
      ]);
    });

    it('begin in the middle of a conversation, too, and beside an answer that is written again', async () => {
      const first = await ask('/chat', { message: QUESTION });
      const path = `/conversations/${first.conversationId}/messages`;
      const second = await ask(path, { content: 'Et pour un hôtel à Paris ?' });
      const edited = await ask(`/messages/${second.parentId}/edit`, { content: 'Quel est le délai de préavis ?' });
      const again = await ask(`/messages/${edited.id}/regenerate`, {});
      const byId = new Map((await messages(first.conversationId)).map((message) => [message.id, message]));
      expect(byId.get(edited.parentId!)).toMatchObject({
        parentId: first.id,
        siblingIds: [second.parentId, edited.parentId],
      });
      expect(byId.get(again.id)?.siblingIds).toEqual([edited.id, again.id]);
    });

    it('do not begin beside an answer', async () => {
      const { id } = await ask('/chat', { message: QUESTION });
      const refused = await api.http(user).post(`/messages/${id}/edit`).send({ content: 'Autre' }).expect(422);
      expect(refused.body).toMatchObject({ code: 'chat.not_a_question' });
    });
  });

  describe('a title', () => {
    it('is the first question until its user gives another, which stays', async () => {
      const { conversationId } = await ask('/chat', { message: QUESTION });
      expect(await conversation(conversationId)).toMatchObject({ title: QUESTION, titledBy: 'question' });
      await api.http(user).patch(`/conversations/${conversationId}`).send({ title: 'Mes congés' }).expect(200);
      await ask(`/conversations/${conversationId}/messages`, { content: 'Et le préavis ?' });
      expect(await conversation(conversationId)).toMatchObject({ title: 'Mes congés', titledBy: 'user' });
    });

    it('is given to an empty conversation by its first question, and by nobody when its user gave one', async () => {
      const make = async (body: object): Promise<string> =>
        ((await api.http(user).post('/conversations').send(body).expect(201)).body as Conversation).id;
      const [unnamed, named] = [await make({}), await make({ title: 'RH' })];
      expect(await conversation(unnamed)).toMatchObject({ title: '', titledBy: 'nobody' });
      for (const id of [unnamed, named]) await ask(`/conversations/${id}/messages`, { content: QUESTION });
      expect(await conversation(unnamed)).toMatchObject({ title: QUESTION, titledBy: 'question' });
      expect(await conversation(named)).toMatchObject({ title: 'RH', titledBy: 'user' });
    });
  });

  describe('feedback', () => {
    it('names reasons, for its user and for administrators, and replaces those given before', async () => {
      const { id } = await ask('/chat', { message: QUESTION });
      const rate = (body: object) => api.http(user).put(`/messages/${id}/feedback`).send(body);
      await rate({ rating: 'down', reasons: ['incomplete', 'outdated'], comment: 'Ancien accord.' }).expect(200);
      const admin = await api.createUser('admin');
      const listed = await api.http(admin).get('/admin/feedback').query({ 'filter[messageId]': id }).expect(200);
      expect(listed.body).toMatchObject({ items: [{ rating: 'down', reasons: ['incomplete', 'outdated'] }] });
      await rate({ rating: 'up' }).expect(200);
      const read = await api.http(user).get(`/messages/${id}`).expect(200);
      expect((read.body as MessageView).feedback).toEqual({ rating: 'up', reasons: [] });
      await rate({ rating: 'down', reasons: ['because'] }).expect(400);
    });
  });

  describe('folders', () => {
    it('hold conversations, which are listed by folder, pinned first, and stay when it goes', async () => {
      const made = await api.http(user).post('/conversation-folders').send({ name: 'Recrutement' }).expect(201);
      const folderId = (made.body as { id: string }).id;
      await api.http(user).post('/conversation-folders').send({ name: 'Recrutement' }).expect(409);
      const put = async (body: object): Promise<string> =>
        (
          (
            await api
              .http(user)
              .post('/conversations')
              .send({ folderId, ...body })
              .expect(201)
          ).body as Conversation
        ).id;
      const [plain, pinned] = [await put({}), await put({ pinned: true })];
      await put({ archived: true });
      const query = { 'filter[folderId]': folderId, 'filter[archived]': 'false', sort: '-pinned,-updatedAt' };
      const listed = await api.http(user).get('/conversations').query(query).expect(200);
      expect((listed.body as { items: Conversation[] }).items.map(({ id }) => id)).toEqual([pinned, plain]);
      await api.http(user).patch(`/conversation-folders/${folderId}`).send({ name: 'Embauches' }).expect(200);
      await api.http(user).delete(`/conversation-folders/${folderId}`).expect(204);
      expect(await conversation(plain)).toMatchObject({ folderId: null });
    });
  });

  describe('a search', () => {
    const search = async (q: string, as = user): Promise<{ items: Hit[]; total: number }> =>
      (await api.http(as).get('/conversations/search').query({ q }).expect(200)).body as {
        items: Hit[];
        total: number;
      };

    it('finds words of titles and messages without regard to case and accents, at their offsets', async () => {
      const { conversationId } = await ask('/chat', { message: 'Un hôtel à Paris, combien par nuit ?' });
      const { items } = await search('HOTEL paris');
      const hit = items.find(({ conversation: { id } }) => id === conversationId)!;
      const { excerpt, start, matches, id } = hit.message!;
      const whole = (await messages(conversationId)).find((message) => message.id === id)!.content;
      expect(whole.slice(start, start + excerpt.length)).toBe(excerpt);
      const words = matches.map((place) => excerpt.slice(place.start, place.end).toLowerCase());
      expect(words).toEqual(expect.arrayContaining(['paris']));
      const { title } = await conversation(conversationId);
      expect(hit.titleMatches.map((place) => title.slice(place.start, place.end))).toEqual(['hôtel', 'Paris']);
    });

    it('takes signs of patterns for what they are, and finds nothing of others', async () => {
      expect((await search('%%')).total).toBe(0);
      expect((await search('_ngés')).total).toBe(0);
      expect((await search('congés', await api.createUser())).total).toBe(0);
      await api.http(user).get('/conversations/search').query({ q: 'c' }).expect(400);
    });

    it('finds what an answer says only while its user may read what it rests on', async () => {
      const reader = await api.createUser();
      const grants = `/collections/${collectionId}/grants`;
      await api.http(user).put(grants).send({ userId: reader.id, role: 'reader' }).expect(204);
      await api.http(reader).post('/chat').send({ message: 'Quel est le délai de préavis des cadres ?' }).expect(200);
      expect((await search('trois mois', reader)).total).toBe(1);
      await api.http(user).delete(grants).query({ userId: reader.id }).expect(204);
      expect((await search('trois mois', reader)).total).toBe(0);
      expect((await search('preavis', reader)).total).toBe(1);
    });
  });
});
