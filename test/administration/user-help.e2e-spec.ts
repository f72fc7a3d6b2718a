import { UnitOfWork } from '#libs/database';
import { auditOf } from '#test/auth/support/audit';
import { Mailbox } from '#test/auth/support/mailbox';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

const PASSWORD = 'quatre chevaux mangent une lampe';

describe('What administrators do for users who need help:', () => {
  let api: TestApi;
  let mails: Mailbox;
  let admin: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    mails = new Mailbox(api);
    admin = await api.createUser('admin');
  });
  afterAll(() => api.close());

  const actions = async (id: string) => (await auditOf(api, id)).map(({ action }) => action);

  it('a code for a new password goes to the owner, and the act is the administrator’s', async () => {
    const user = await api.createUser();
    await api.http(admin).post(`/admin/users/${user.id}/password-reset`).expect(202);
    const token = await mails.codeFor(user.email, 'nouveau mot de passe');
    await api.http().post('/auth/password/reset').send({ token, newPassword: PASSWORD }).expect(204);
    expect(await auditOf(api, user.id)).toContainEqual(
      expect.objectContaining({ action: 'user.password_reset_sent', actor: admin.id }),
    );
  });

  it('the wait after failed sign-ins ends at once', async () => {
    const user = await api.createUser();
    const login = (password: string) => api.http().post('/auth/login').send({ email: user.email, password });
    for (let tries = 0; tries < 5; tries += 1) await login('wrong password').expect(401);
    await login(TEST_PASSWORD).expect(429);
    await api.http(admin).post(`/admin/users/${user.id}/unlock`).expect(204);
    await login(TEST_PASSWORD).expect(200);
    expect(await actions(user.id)).toContain('user.unlocked');
  });

  it('a lost second factor is removed, and its owner told', async () => {
    const user = await api.createUser();
    await api.http(admin).delete(`/admin/users/${user.id}/mfa`).expect(409);
    await api.app.get(UnitOfWork).query('UPDATE app_user SET mfa_enabled_at = now() WHERE id = $1', [user.id]);
    await api.http(admin).delete(`/admin/users/${user.id}/mfa`).expect(204);
    await api.http().post('/auth/login').send({ email: user.email, password: TEST_PASSWORD }).expect(200);
    expect(await actions(user.id)).toContain('user.mfa_removed');
    await mails.waitFor(user.email, 'plus de code à usage unique');
  });

  it('they are signed out everywhere', async () => {
    const user = await api.createUser();
    await api.http(admin).delete(`/admin/users/${user.id}/sessions`).expect(204);
    await api.http(user).get('/me').expect(401);
    expect(await actions(user.id)).toContain('user.sessions_revoked');
    await api.http(admin).delete(`/admin/users/${admin.id}/sessions`).expect(204);
    await api.http(admin).get('/me').expect(200);
  });

  it('what is held about them is handed out without what is theirs alone', async () => {
    const user = await api.createUser();
    await api.http(user).post('/conversations').send({ title: 'Mon secret' }).expect(201);
    await api.http(user).post('/collections').send({ name: 'Mes secrets' }).expect(201);
    const exported = await api.http(admin).get(`/admin/users/${user.id}/export`).expect(200);
    expect(exported.body).toMatchObject({
      account: [{ email: user.email }],
      leftOut: expect.arrayContaining(['conversations', 'messages', 'collections', 'documents']) as string[],
    });
    expect(exported.text).not.toContain('secret');
    await mails.waitFor(user.email, 'export');
    expect(await actions(user.id)).toContain('user.exported');
  });
});
