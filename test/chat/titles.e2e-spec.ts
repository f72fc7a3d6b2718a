import type { MessageView } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer, type OllamaMessage } from '#test/support/ollama-server';
import { until } from '#test/support/until';

import { addHandbook } from './support/handbook';

const QUESTION = 'Bonjour, je voudrais savoir combien de jours de congés annuels nous avons par an, s’il vous plaît ?';
const isForTitle = (messages: readonly OllamaMessage[]): boolean => messages[0]?.content.includes('titre') === true;
const answer = (messages: readonly OllamaMessage[]): string =>
  isForTitle(messages) ? '« Congés annuels »' : 'Vous avez 25 jours [1].';

interface Conversation {
  readonly title: string;
  readonly titledBy: string;
}

describe('A model that names conversations', () => {
  let api: TestApi;
  let model: OllamaProtocolServer;
  let user: TestUser;

  beforeAll(async () => {
    // So slow that a user can be faster.
    model = await OllamaProtocolServer.start({ answer, msPerToken: 150 });
    api = await TestApi.start({ LLM_PROVIDER: 'ollama', OLLAMA_URL: model.url, CHAT_TITLES: 'model' });
    user = await api.createUser();
    await addHandbook(api, user);
  });
  afterAll(async () => {
    await api.close();
    await model.stop();
  });

  const ask = async (path: string, body: object): Promise<MessageView> =>
    (await api.http(user).post(path).send(body).expect(200)).body as MessageView;
  const conversation = async (id: string): Promise<Conversation> =>
    (await api.http(user).get(`/conversations/${id}`).expect(200)).body as Conversation;
  const titlesAsked = (): number =>
    model.to('/api/chat').filter(({ body }) => isForTitle(body.messages as OllamaMessage[])).length;
  /** A title and what it used are stored together. */
  const usesCounted = (count: number): Promise<true> =>
    until(async () => {
      const sql = `SELECT sum(requests)::int AS uses FROM usage_record WHERE user_id = $1 AND kind = 'chat'`;
      const [row] = await api.app.get(UnitOfWork).query<{ uses: number }>(sql, [user.id]);
      return (row?.uses ?? 0) >= count ? true : undefined;
    });

  it('does so after the first answer, from the question alone, and once', async () => {
    const { conversationId } = await ask('/chat', { message: QUESTION });
    await usesCounted(2);
    expect(await conversation(conversationId)).toMatchObject({ title: 'Congés annuels', titledBy: 'model' });
    const { messages } = model.to('/api/chat').at(-1)!.body as { messages: OllamaMessage[] };
    expect(JSON.stringify(messages)).not.toContain('25 jours');
    await ask(`/conversations/${conversationId}/messages`, { content: 'Et le préavis des cadres ?' });
    await usesCounted(3);
    expect(titlesAsked()).toBe(1);
  });

  it('never overwrites a title that the user gave, before or meanwhile', async () => {
    const asked = titlesAsked();
    const { conversationId } = await ask('/chat', { message: QUESTION });
    await api.http(user).patch(`/conversations/${conversationId}`).send({ title: 'À moi' }).expect(200);
    await usesCounted(5);
    expect(titlesAsked()).toBe(asked + 1);
    expect(await conversation(conversationId)).toMatchObject({ title: 'À moi', titledBy: 'user' });
    const named = await api.http(user).post('/conversations').send({ title: 'Déjà nommée' }).expect(201);
    const { id } = named.body as { id: string };
    await ask(`/conversations/${id}/messages`, { content: QUESTION });
    await usesCounted(6);
    expect(titlesAsked()).toBe(asked + 1);
    expect(await conversation(id)).toMatchObject({ title: 'Déjà nommée', titledBy: 'user' });
  });
});
