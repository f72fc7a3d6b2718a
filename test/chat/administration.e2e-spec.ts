import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { Mailbox } from '#test/auth/support/mailbox';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

interface Answer {
  readonly id: string;
  readonly conversationId: string;
}
interface Page {
  readonly items: readonly { readonly id: string; readonly content?: string }[];
  readonly total: number;
}
interface Disclosure {
  readonly id: string;
}

const REASON = { reason: 'Demande de l’inspection du travail.', minutes: 30 };

describe('Administration of conversations', () => {
  let api: TestApi;
  let owner: TestUser;
  let admin: TestUser;
  let colleague: TestUser;
  let superuser: TestUser;
  let foreigner: TestUser;
  let library: Library;

  beforeAll(async () => {
    api = await TestApi.start();
    const organization = await api.createOrganization();
    [owner, admin, colleague, superuser, foreigner] = await Promise.all([
      api.createUser('user', organization),
      api.createUser('admin', organization),
      api.createUser('admin', organization),
      api.createUser('superuser', await api.createOrganization('Plateforme')),
      api.createUser('admin', await api.createOrganization()),
    ]);
    library = new Library(api, owner);
  });
  afterAll(() => api.close());

  /** A conversation whose question, answer and document hold a word of their own. */
  const converse = async (visibility = 'private'): Promise<Answer & { readonly secret: string }> => {
    const secret = `Ornithorynque${randomUUID().slice(0, 8)}`;
    const made = await api.http(owner).post('/collections').send({ name: 'Notes', visibility }).expect(201);
    const collectionId = (made.body as { id: string }).id;
    const text = Buffer.from(`Le mot de passe du coffre est ${secret}. Il change chaque année.`);
    await library.settled(await library.add(collectionId, `${randomUUID()}.txt`, text));
    const message = `Quel est le mot de passe du coffre ${secret} ?`;
    const asked = await api
      .http(owner)
      .post('/chat')
      .send({ message, collectionIds: [collectionId] })
      .expect(200);
    expect(JSON.stringify(asked.body)).toContain(secret);
    return { ...(asked.body as Answer), secret };
  };
  const audited = async (resourceId: string): Promise<string[]> => {
    const rows = await api.app
      .get(UnitOfWork)
      .query<{ action: string }>(
        `SELECT action FROM audit_log WHERE resource_id = $1 AND actor_id = $2 AND outcome = 'succeeded' ORDER BY insertion_order`,
        [resourceId, admin.id],
      );
    return rows.map(({ action }) => action);
  };
  const breakGlass = async (conversation: string, as = admin): Promise<Disclosure> =>
    (await api.http(as).post(`/admin/conversations/${conversation}/break-glass`).send(REASON).expect(201))
      .body as Disclosure;
  const read = (conversation: string, as = admin) => api.http(as).get(`/admin/conversations/${conversation}/messages`);

  it('shows that conversations are, and nothing of what they say', async () => {
    const { conversationId, id, secret } = await converse('organization');
    for (const caller of [admin, superuser]) {
      for (const path of [
        '/admin/conversations',
        `/admin/conversations/${conversationId}`,
        '/admin/conversations/export?format=json',
        '/admin/conversations/export?format=csv',
        '/admin/messages?pageSize=100',
        `/admin/messages/${id}`,
        '/admin/messages/export?format=json',
        '/admin/messages/export?format=csv',
        '/admin/feedback',
      ]) {
        const { text } = await api.http(caller).get(path).expect(200);
        expect([path, text.includes(secret)]).toEqual([path, false]);
      }
      expect((await read(conversationId, caller).expect(403)).body).toMatchObject({ code: 'conversation.sealed' });
    }
    const one = await api.http(admin).get(`/admin/conversations/${conversationId}`).expect(200);
    expect(one.body).toMatchObject({ id: conversationId, userId: owner.id });
    const message = await api.http(admin).get(`/admin/messages/${id}`).expect(200);
    expect(message.body).toMatchObject({ role: 'assistant', status: 'complete', grounded: true });
  });

  it('gives nothing away to questions about what is sealed', async () => {
    const { secret } = await converse();
    for (const query of [
      `q=${secret}`,
      `filter[title][contains]=${secret}`,
      'sort=title',
      'fields=title',
      `filter[content][contains]=${secret}`,
      'fields=content',
      'fields=citations',
    ]) {
      for (const resource of ['conversations', 'messages']) {
        await api.http(admin).get(`/admin/${resource}?${query}`).expect(400);
        await api.http(admin).get(`/admin/${resource}/export?${query}`).expect(400);
      }
    }
  });

  it('exists for administrators of the organization only', async () => {
    const { conversationId, id } = await converse();
    for (const path of [`/admin/conversations/${conversationId}`, `/admin/messages/${id}`]) {
      await api.http(foreigner).get(path).expect(404);
      await api.http(owner).get(path).expect(403);
    }
    await read(conversationId, foreigner).expect(404);
    await api.http(foreigner).post(`/admin/conversations/${conversationId}/break-glass`).send(REASON).expect(404);
    await api.http(foreigner).delete(`/admin/conversations/${conversationId}`).expect(404);
    const listed = await api.http(foreigner).get('/admin/messages').expect(200);
    expect((listed.body as Page).total).toBe(0);
  });

  it('opens to one administrator, for a reason and a time, and its owner is told', async () => {
    const { conversationId, secret } = await converse('organization');
    const path = `/admin/conversations/${conversationId}/break-glass`;
    for (const bad of [{ ...REASON, reason: 'court' }, { ...REASON, minutes: 241 }, { reason: REASON.reason }]) {
      await api.http(admin).post(path).send(bad).expect(400);
    }
    await api.http(owner).post(path).send(REASON).expect(403);
    const { id } = await breakGlass(conversationId);
    const shown = await read(conversationId).expect(200);
    expect(JSON.stringify(shown.body)).toContain(secret);
    await read(conversationId, colleague).expect(403);
    await read(conversationId, superuser).expect(403);
    const told = await api.http(owner).get('/me/disclosures').expect(200);
    expect(told.body).toMatchObject({ items: [{ id, conversationId, openedBy: admin.id, reason: REASON.reason }] });
    const mail = await new Mailbox(api).waitFor(owner.email, '/me/disclosures');
    expect(mail).not.toContain(secret);
    expect(await audited(conversationId)).toEqual(['conversation.disclosed', 'conversation.read_disclosed']);
  });

  it('is sealed again when the time is over, or before it', async () => {
    const { conversationId } = await converse('organization');
    const { id } = await breakGlass(conversationId);
    await read(conversationId).expect(200);
    await api.http(foreigner).delete(`/admin/disclosures/${id}`).expect(404);
    await api.http(admin).delete(`/admin/disclosures/${id}`).set('If-Match', 'W/"7"').expect(412);
    await api.http(admin).delete(`/admin/disclosures/${id}`).expect(204);
    await read(conversationId).expect(403);
    const again = await breakGlass(conversationId);
    await api.app
      .get(UnitOfWork)
      .query(`UPDATE disclosure SET expires_at = now() - interval '1 second' WHERE id = $1`, [again.id]);
    await read(conversationId).expect(403);
    const listed = await api.http(admin).get('/admin/disclosures').query({ 'filter[conversationId]': conversationId });
    expect((listed.body as Page).total).toBe(2);
    const elsewhere = await api.http(foreigner).get('/admin/disclosures').expect(200);
    expect((elsewhere.body as Page).total).toBe(0);
  });

  it('shows a reader of the conversation no document that he may not read', async () => {
    const { conversationId, secret } = await converse('private');
    await breakGlass(conversationId);
    const shown = (await read(conversationId).expect(200)).body as Page;
    const answer = JSON.stringify(shown.items[0]);
    expect(answer).toContain('"withheld":true');
    expect(answer).not.toContain(secret);
    expect(shown.items[1]?.content).toContain(secret); // the question is the owner's own words
  });

  it('lets administrators begin, rename and delete conversations of their users, and records it without a title', async () => {
    const title = `Titre ${randomUUID()}`;
    const body = { userId: owner.id, title };
    await api
      .http(admin)
      .post('/admin/conversations')
      .send({ ...body, userId: foreigner.id })
      .expect(404);
    const made = await api.http(admin).post('/admin/conversations').send(body).expect(201);
    const { id } = made.body as { id: string };
    expect(made.text).not.toContain(title);
    const own = await api.http(owner).get(`/conversations/${id}`).expect(200);
    expect(own.body).toMatchObject({ title });
    const path = `/admin/conversations/${id}`;
    await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ title: 'Autre' }).expect(200);
    await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ title: 'Encore' }).expect(412);
    const bulk = { action: 'delete', ids: [id, randomUUID()] };
    const done = await api.http(admin).post('/admin/conversations/bulk').send(bulk).expect(200);
    expect(done.body).toMatchObject({ results: [{ outcome: 'done' }, { outcome: 'failed' }] });
    await api.http(owner).get(`/conversations/${id}`).expect(404);
    const [{ texts } = { texts: '' }] = await api.app
      .get(UnitOfWork)
      .query<{ texts: string }>(`SELECT string_agg(a::text, '') AS texts FROM audit_log a WHERE resource_id = $1`, [
        id,
      ]);
    expect(texts).not.toContain(title);
    expect(await audited(id)).toEqual(['conversation.created', 'conversation.updated', 'conversation.deleted']);
  });
});

describe('Feedback', () => {
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let foreigner: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    const organization = await api.createOrganization();
    user = await api.createUser('user', organization);
    admin = await api.createUser('admin', organization);
    foreigner = await api.createUser('admin', await api.createOrganization());
  });
  afterAll(() => api.close());

  const ask = async (): Promise<Answer> =>
    (await api.http(user).post('/chat').send({ message: 'Où est l’accueil ?' }).expect(200)).body as Answer;
  const rate = (id: string, body: object) => api.http(user).put(`/messages/${id}/feedback`).send(body).expect(200);
  const feedbackOn = async (messageId: string): Promise<readonly { readonly id: string }[]> => {
    const listed = await api.http(admin).get('/admin/feedback').query({ 'filter[messageId]': messageId }).expect(200);
    return (listed.body as Page).items;
  };

  it('reaches administrators, who say what became of it; a new opinion is new again', async () => {
    const { id } = await ask();
    await rate(id, { rating: 'down', comment: '=Faux' });
    const [{ id: feedback } = { id: '' }] = await feedbackOn(id);
    const path = `/admin/feedback/${feedback}`;
    expect((await api.http(admin).get(path)).body).toMatchObject({ rating: 'down', status: 'new', userId: user.id });
    await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ status: 'seen', note: 'À voir' }).expect(200);
    await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ status: 'new' }).expect(412);
    await api.http(admin).patch(path).send({ rating: 'up' }).expect(400);
    const csv = await api
      .http(admin)
      .get('/admin/feedback/export')
      .query({ 'filter[id]': feedback, fields: 'comment' });
    expect(csv.text).toBe("comment\r\n'=Faux\r\n");
    await rate(id, { rating: 'up' });
    expect(await feedbackOn(id)).toMatchObject([{ id: feedback, rating: 'up', comment: null, status: 'new' }]);
    const bulk = { action: 'resolve', ids: [feedback] };
    await api.http(admin).post('/admin/feedback/bulk').send(bulk).expect(200);
    expect(await feedbackOn(id)).toMatchObject([{ status: 'resolved', note: 'À voir' }]);
    const message = await api.http(user).get(`/messages/${id}`).expect(200);
    expect(message.body).toMatchObject({ feedback: { rating: 'up' } });
  });

  it('can be noted by administrators, once for an answer, and goes when it is deleted', async () => {
    const { id, conversationId } = await ask();
    const noted = { messageId: id, rating: 'down', note: 'Reçu par téléphone.' };
    await api.http(foreigner).post('/admin/feedback').send(noted).expect(404);
    const made = await api.http(admin).post('/admin/feedback').send(noted).expect(201);
    await api.http(admin).post('/admin/feedback').send(noted).expect(409);
    const messages = await api.http(user).get(`/conversations/${conversationId}/messages`).expect(200);
    const question = (messages.body as Page).items[1]?.id;
    await api
      .http(admin)
      .post('/admin/feedback')
      .send({ ...noted, messageId: question })
      .expect(422);
    const path = `/admin/feedback/${(made.body as { id: string }).id}`;
    await api.http(foreigner).get(path).expect(404);
    await api.http(user).get(path).expect(403);
    await api.http(admin).delete(path).expect(204);
    const message = await api.http(user).get(`/messages/${id}`).expect(200);
    expect(message.body).not.toHaveProperty('feedback');
  });
});
