import type { MessageView } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

import { EraseOldConversations } from '../../libs/chat/src/retention/erase-old-conversations';
import { addHandbook } from './support/handbook';

const QUESTION = 'Combien de jours de congés annuels par an ?';

interface Share {
  readonly id: string;
  readonly token: string;
}
interface Shared {
  readonly title: string;
  readonly messages: readonly {
    role: string;
    content: string;
    citations: readonly { quote: string }[];
    grounded: boolean;
    withheld?: boolean;
  }[];
}

describe('A shared conversation', () => {
  let api: TestApi;
  let owner: TestUser;
  let admin: TestUser;
  let collectionId: string;
  let answer: MessageView;

  beforeAll(async () => {
    api = await TestApi.start();
    [owner, admin] = [await api.createUser(), await api.createUser('admin')];
    ({ collectionId } = await addHandbook(api, owner));
    answer = (await api.http(owner).post('/chat').send({ message: QUESTION }).expect(200)).body as MessageView;
    expect(answer.citations.length).toBeGreaterThan(0);
  });
  afterAll(() => api.close());

  const sql = (statement: string, parameters: readonly unknown[]) =>
    api.app.get(UnitOfWork).query(statement, parameters);
  const policy = (body: object) => api.http(admin).put('/admin/chat-policy').send(body).expect(200);
  const share = async (body: object = {}, id = answer.conversationId): Promise<Share> =>
    (await api.http(owner).post(`/conversations/${id}/shares`).send(body).expect(201)).body as Share;
  const open = (as: TestUser, { token }: Share) => api.http(as).post('/shares/open').send({ token });
  const opened = async (as: TestUser, made: Share): Promise<Shared> =>
    (await open(as, made).expect(200)).body as Shared;
  const grant = (user: TestUser) =>
    api.http(owner).put(`/collections/${collectionId}/grants`).send({ userId: user.id, role: 'reader' }).expect(204);

  it('shows a colleague who may read the documents what was said, with its quotes', async () => {
    const reader = await api.createUser();
    await grant(reader);
    const { title, messages } = await opened(reader, await share());
    expect(title).toBe(QUESTION);
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ['user', QUESTION],
      ['assistant', answer.content],
    ]);
    expect(messages[1]?.citations.map(({ quote }) => quote)).toEqual(answer.citations.map(({ quote }) => quote));
  });

  it('withholds answers from a colleague who may not, and from one who may no longer', async () => {
    const [stranger, reader] = [await api.createUser(), await api.createUser()];
    const made = await share();
    await grant(reader);
    expect((await opened(reader, made)).messages[1]).toMatchObject({ grounded: true });
    await api.http(owner).delete(`/collections/${collectionId}/grants`).query({ userId: reader.id }).expect(204);
    for (const user of [stranger, reader]) {
      const shown = await open(user, made).expect(200);
      expect((shown.body as Shared).messages[1]).toMatchObject({ withheld: true, citations: [], grounded: false });
      expect(shown.text).not.toContain('25 jours');
    }
  });

  it('is what it was when the link was made: a branch, and nothing that is said afterwards', async () => {
    const first = (await api.http(owner).post('/chat').send({ message: QUESTION }).expect(200)).body as MessageView;
    const made = await share({}, first.conversationId);
    const messages = `/conversations/${first.conversationId}/messages`;
    await api.http(owner).post(messages).send({ content: 'Et le préavis des cadres ?' }).expect(200);
    await api.http(owner).post(`/messages/${first.parentId}/edit`).send({ content: 'Et autrement ?' }).expect(200);
    expect((await opened(owner, made)).messages.map(({ content }) => content)).toEqual([QUESTION, first.content]);
  });

  it('does not exist for another organization, nor behind a wrong, closed or expired link', async () => {
    const made = await share();
    const elsewhere = await api.createUser('admin', await api.createOrganization());
    await open(elsewhere, made).expect(404);
    await open(owner, { ...made, token: 'A'.repeat(43) }).expect(404);
    await api.http(owner).delete(`/conversations/${answer.conversationId}/shares/${made.id}`).expect(204);
    const refused = await open(owner, made).expect(404);
    expect(refused.body).toMatchObject({ code: 'share.not_found' });
    const late = await share({ expiresInDays: 1 });
    await open(owner, late).expect(200);
    await sql('UPDATE conversation_share SET expires_at = now() WHERE id = $1', [late.id]);
    await open(owner, late).expect(404);
  });

  it('is listed without its token, which is stored nowhere', async () => {
    const made = await share();
    const listed = await api.http(owner).get(`/conversations/${answer.conversationId}/shares`).expect(200);
    expect((listed.body as { items: Share[] }).items[0]).toMatchObject({ id: made.id, audience: 'organization' });
    expect(listed.text).not.toContain(made.token);
    const [row] = await sql('SELECT s::text AS text FROM conversation_share s WHERE id = $1', [made.id]);
    expect(JSON.stringify(row)).not.toContain(made.token);
  });

  describe('behind a public link', () => {
    const openPublic = ({ token }: Share) => api.http().post('/shares/open-public').send({ token });

    it('is there only while the organization allows it, and without quotes', async () => {
      const path = `/conversations/${answer.conversationId}/shares`;
      const refused = await api.http(owner).post(path).send({ audience: 'public' }).expect(403);
      expect(refused.body).toMatchObject({ code: 'share.public_closed' });
      await policy({ retentionDays: null, publicLinks: true });
      const made = await share({ audience: 'public' });
      const shown = await openPublic(made).expect(200);
      expect((shown.body as Shared).messages[1]).toMatchObject({ citations: [], grounded: true });
      expect((shown.body as Shared).messages[1]?.content).toContain('25 jours');
      expect(shown.text).not.toMatch(/\[\d\]|documentId|conges\.md/);
      await openPublic(await share()).expect(404);
      const [entry] = await sql(
        `SELECT actor_id AS "actorId" FROM audit_log WHERE action = 'conversation.share_opened' AND details ->> 'shareId' = $1`,
        [made.id],
      );
      expect(entry).toEqual({ actorId: null });
      await policy({ retentionDays: null, publicLinks: false });
      await openPublic(made).expect(404);
    });

    it('shows nothing that its owner may not read any more, and ends with the account', async () => {
      const leaver = await api.createUser();
      await grant(leaver);
      const asked = (await api.http(leaver).post('/chat').send({ message: QUESTION }).expect(200)).body as MessageView;
      await policy({ retentionDays: null, publicLinks: true });
      const path = `/conversations/${asked.conversationId}/shares`;
      const made = (await api.http(leaver).post(path).send({ audience: 'public' }).expect(201)).body as Share;
      await api.http(owner).delete(`/collections/${collectionId}/grants`).query({ userId: leaver.id }).expect(204);
      expect((await openPublic(made).expect(200)).text).not.toContain('25 jours');
      await sql('UPDATE app_user SET disabled_at = now() WHERE id = $1', [leaver.id]);
      await openPublic(made).expect(404);
    });
  });

  it('needs an answer', async () => {
    const empty = (await api.http(owner).post('/conversations').send({}).expect(201)).body as { id: string };
    const refused = await api.http(owner).post(`/conversations/${empty.id}/shares`).send({}).expect(409);
    expect(refused.body).toMatchObject({ code: 'share.nothing_to_share' });
    const onQuestion = { messageId: answer.parentId };
    await api.http(owner).post(`/conversations/${answer.conversationId}/shares`).send(onQuestion).expect(422);
  });

  describe('and its retention', () => {
    const age = (id: string, days: number) =>
      sql(`UPDATE conversation SET updated_at = now() - make_interval(days => $2) WHERE id = $1`, [id, days]);
    const made = async (as: TestUser): Promise<string> =>
      ((await api.http(as).post('/conversations').send({}).expect(201)).body as { id: string }).id;
    const erase = () => api.app.get(EraseOldConversations).execute();

    it('erases what is older than its organization says, and nothing of others, and says so in the log', async () => {
      const other = await api.createUser('admin', await api.createOrganization());
      const [old, young, foreign] = [await made(owner), await made(owner), await made(other)];
      for (const [id, days] of [
        [old, 31],
        [young, 29],
        [foreign, 4_000],
      ] as const)
        await age(id, days);
      expect(await erase()).toBe(0);
      await policy({ retentionDays: 30, publicLinks: false });
      expect(await erase()).toBe(1);
      await api.http(owner).get(`/conversations/${old}`).expect(404);
      await api.http(owner).get(`/conversations/${young}`).expect(200);
      await api.http(other).get(`/conversations/${foreign}`).expect(200);
      const entries = await sql(
        `SELECT details FROM audit_log WHERE action = 'conversation.retention_erased' AND organization_id = $1`,
        [owner.organizationId],
      );
      expect(entries).toEqual([{ details: { conversations: 1, olderThanDays: 30 } }]);
    });

    it('is for administrators to say, within limits', async () => {
      await api.http(owner).put('/admin/chat-policy').send({ retentionDays: 30, publicLinks: false }).expect(403);
      for (const retentionDays of [0, 3_651, 1.5])
        await api.http(admin).put('/admin/chat-policy').send({ retentionDays, publicLinks: false }).expect(400);
      await policy({ retentionDays: 30, publicLinks: false });
      const read = await api.http(admin).get('/admin/chat-policy').expect(200);
      expect(read.body).toEqual({ retentionDays: 30, publicLinks: false });
    });
  });
});
