import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

interface Entry {
  readonly action: string;
  readonly resourceId: string | null;
  readonly outcome: string;
  readonly actorId: string | null;
  readonly before: object | null;
  readonly after: object | null;
  readonly details: object | null;
  readonly requestId: string;
}

describe('What people do', () => {
  let api: TestApi;
  let owner: TestUser;
  let reader: TestUser;

  beforeAll(async () => {
    api = await TestApi.start({ WORKER: 'separate' });
    owner = await api.createUser();
    reader = await api.createUser();
  });
  afterAll(() => api.close());

  const entries = (where: string, value: string): Promise<Entry[]> =>
    api.app.get(UnitOfWork).query<Entry>(
      `SELECT action, resource_id AS "resourceId", outcome, actor_id AS "actorId", before, after, details,
              request_id AS "requestId"
         FROM audit_log WHERE ${where} = $1 ORDER BY insertion_order`,
      [value],
    );
  const about = async (id: string) => (await entries('resource_id', id)).map(({ action }) => action);

  it('to a collection is recorded with what changed, and texts are not', async () => {
    const made = await api
      .http(owner)
      .post('/collections')
      .set('X-Request-Id', 'make-1')
      .send({ name: 'Procédures', description: 'Un texte' })
      .expect(201);
    const { id } = made.body as { id: string };
    await api
      .http(owner)
      .patch(`/collections/${id}`)
      .send({ visibility: 'organization', description: 'Autre' })
      .expect(200);
    await api.http(owner).patch(`/collections/${id}`).send({ visibility: 'organization' }).expect(200);
    await api.http(reader).delete(`/collections/${id}`).expect(403);
    await api.http(owner).delete(`/collections/${id}`).expect(204);
    const found = await entries('resource_id', id);
    expect(found.map(({ action, outcome, actorId }) => [action, outcome, actorId])).toEqual([
      ['collection.created', 'succeeded', owner.id],
      ['collection.updated', 'succeeded', owner.id],
      ['request.refused', 'refused', reader.id],
      ['collection.deleted', 'succeeded', owner.id],
    ]);
    expect(found[0]).toMatchObject({ after: { name: 'Procédures', visibility: 'private' }, requestId: 'make-1' });
    expect(found[1]).toMatchObject({
      before: { visibility: 'private' },
      after: { visibility: 'organization' },
      details: { fields: ['description', 'visibility'] },
    });
    expect(JSON.stringify(found)).not.toContain('texte');
  });

  it('to a document is recorded, from upload to deletion', async () => {
    const made = await api.http(owner).post('/collections').send({ name: 'Contrats' }).expect(201);
    const { id: collectionId } = made.body as { id: string };
    const upload = () =>
      api
        .http(owner)
        .post(`/collections/${collectionId}/documents/text`)
        .send({ title: 'Bail', text: 'Un secret' })
        .expect(202);
    const [document] = ((await upload()).body as { items: { id: string }[] }).items;
    const id = document?.id ?? '';
    await upload(); // the same bytes again change nothing
    await api.app.get(UnitOfWork).query(`UPDATE document SET status = 'failed' WHERE id = $1`, [id]);
    await api.http(owner).post(`/documents/${id}/reindex`).expect(202);
    await api.http(owner).get(`/documents/${id}/file`).expect(200);
    await api.http(reader).get(`/documents/${id}/file`).expect(404);
    await api.http(owner).delete(`/documents/${id}`).expect(204);
    const found = await entries('resource_id', id);
    expect(found.map(({ action, outcome, actorId }) => [action, outcome, actorId])).toEqual([
      ['document.uploaded', 'succeeded', owner.id],
      ['document.reindexed', 'succeeded', owner.id],
      ['document.downloaded', 'succeeded', owner.id],
      ['document.downloaded', 'refused', reader.id],
      ['document.deleted', 'succeeded', owner.id],
    ]);
    expect(found[0]?.after).toMatchObject({ collectionId, mediaType: expect.stringMatching(/^text/) as string });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('to a conversation is recorded when it leaves the product', async () => {
    const made = await api.http(owner).post('/conversations').send({ title: 'Mes soucis' }).expect(201);
    const { id } = made.body as { id: string };
    await api.http(owner).get(`/conversations/${id}/export`).expect(200);
    await api.http(owner).get(`/conversations/${id}`).expect(200);
    await api.http(owner).delete(`/conversations/${id}`).expect(204);
    expect(await about(id)).toEqual(['conversation.exported', 'conversation.deleted']);
    expect(JSON.stringify(await entries('resource_id', id))).not.toContain('soucis');
  });

  it('to get in is recorded: sign-in, a stolen refresh token, the end of the session', async () => {
    const visitor = await api.createUser();
    const refresh = () => api.http().post('/auth/refresh').send({ refreshToken: visitor.refreshToken });
    const successor = ((await refresh().expect(200)).body as { refreshToken: string }).refreshToken;
    await api.http().post('/auth/refresh').send({ refreshToken: successor }).expect(200);
    await refresh().expect(401);
    const other = await api.createUser();
    await api.http(other).post('/auth/logout').expect(204);
    const sessions = await entries('resource', 'session');
    const recorded = sessions.map(({ action, details }) => ({ action, details }));
    expect(recorded).toContainEqual({ action: 'session.opened', details: { method: 'password' } });
    expect(recorded).toContainEqual({ action: 'session.revoked', details: { reason: 'refresh_token_reused' } });
    expect(recorded).toContainEqual({ action: 'session.revoked', details: { reason: 'logout' } });
    expect(JSON.stringify(sessions)).not.toMatch(/@exemple|eyJ/);
  });

  it('and did not happen after all is not recorded', async () => {
    const count = async () => (await entries('action', 'collection.created')).length;
    const before = await count();
    const http = api.http(owner);
    await http.post('/collections').send({ name: '' }).expect(400);
    expect(await count()).toBe(before);
  });
});
