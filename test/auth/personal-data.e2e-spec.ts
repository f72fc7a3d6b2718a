import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';

interface Archive {
  readonly exportedAt: string;
  readonly account: { email: string }[];
  readonly sessions: { id: string }[];
  readonly conversations: { id: string; title: string }[];
  readonly collections: { id: string; name: string }[];
  readonly acts: { action: string }[];
}

describe('What the product knows about a person', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
    await api.createUser('superuser');
  });
  afterAll(() => api.close());

  const makeThings = async (user: TestUser, name: string, visibility: string): Promise<string> => {
    await api
      .http(user)
      .post('/conversations')
      .send({ title: `À propos de ${name}` })
      .expect(201);
    const made = await api.http(user).post('/collections').send({ name, visibility }).expect(201);
    return (made.body as { id: string }).id;
  };
  const exportOf = async (user: TestUser): Promise<{ archive: Archive; text: string }> => {
    const answer = await api.http(user).get('/me/export').expect(200);
    expect(answer.headers['content-disposition']).toContain('attachment');
    return { archive: answer.body as Archive, text: answer.text };
  };

  it('is handed out whole: account, sessions, conversations, collections and acts, without secrets', async () => {
    const [user, other] = [await api.createUser(), await api.createUser()];
    await makeThings(user, 'Mes dossiers', 'private');
    await makeThings(other, 'Affaires des autres', 'private');
    const { archive, text } = await exportOf(user);
    expect(archive.account).toMatchObject([{ email: user.email }]);
    expect(archive.sessions).toHaveLength(1);
    expect(archive.conversations).toMatchObject([{ title: 'À propos de Mes dossiers' }]);
    expect(archive.collections).toMatchObject([{ name: 'Mes dossiers' }]);
    expect(archive.acts.map(({ action }) => action)).toContain('session.opened');
    expect(text).not.toContain('argon2');
    expect(text).not.toContain('Affaires des autres');
    expect((await auditOf(api, user.id)).map(({ action }) => action)).toContain('user.exported');
  });

  it('comes in batches and still whole', async () => {
    const user = await api.createUser();
    await api.app.get(UnitOfWork).query(
      `INSERT INTO conversation (id, organization_id, user_id, title)
       SELECT gen_random_uuid(), $2, $1, 'n° ' || n FROM generate_series(1, 450) n`,
      [user.id, user.organizationId],
    );
    const { archive } = await exportOf(user);
    expect(new Set(archive.conversations.map(({ title }) => title)).size).toBe(450);
  });

  it('is erased with a receipt; what others share stays, tied to nobody', async () => {
    const [user, other] = [await api.createUser(), await api.createUser()];
    const own = await makeThings(user, 'À moi seul', 'private');
    const shared = await makeThings(user, 'Pour tous', 'organization');
    const receipt = await api.http(user).delete('/me').expect(200);
    expect(receipt.body).toMatchObject({ erased: { conversations: 2, collections: 1, sessions: 1 } });
    await api.http(user).get('/me').expect(401);
    await api.http().post('/auth/login').send({ email: user.email, password: TEST_PASSWORD }).expect(401);
    await api.http(other).get(`/collections/${shared}`).expect(200);
    const uow = api.app.get(UnitOfWork);
    const [row] = await uow.query<{ row: string }>('SELECT u::text AS row FROM app_user u WHERE id = $1', [user.id]);
    expect(row?.row).not.toContain(user.email);
    expect(row?.row).not.toContain('Test user');
    const live = await uow.query('SELECT id FROM collection WHERE id = $1 AND deleted_at IS NULL', [own]);
    expect(live).toEqual([]);
    expect((await auditOf(api, user.id)).map(({ action }) => action)).toContain('user.erased');
  });

  it('is not erased by a token alone, nor with the last superuser', async () => {
    const user = await api.createUser();
    const uow = api.app.get(UnitOfWork);
    await uow.query(`UPDATE session SET created_at = now() - interval '16 minutes' WHERE user_id = $1`, [user.id]);
    const stale = await api.http(user).delete('/me').expect(401);
    expect(stale.body).toMatchObject({ code: 'auth.recent_sign_in_required' });
    const superuser = await api.createUser('superuser');
    await api.http(superuser).delete('/me').expect(200);
    const [last] = await uow.query<{ email: string }>(
      `SELECT email FROM app_user WHERE role = 'superuser' AND disabled_at IS NULL`,
    );
    const login = await api
      .http()
      .post('/auth/login')
      .send({ email: last?.email, password: TEST_PASSWORD })
      .expect(200);
    const refused = await api
      .http({ ...user, ...(login.body as object) })
      .delete('/me')
      .expect(409);
    expect(refused.body).toMatchObject({ code: 'user.last_superuser' });
    await api.http(user).get('/me').expect(200);
  });
});
