import { hash } from '@node-rs/argon2';

import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';
import { Mailbox } from './support/mailbox';

const NEW_PASSWORD = 'quatre chevaux mangent une lampe';

describe('Passwords', () => {
  let api: TestApi;
  let mailbox: Mailbox;
  let addresses = 0;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1', PUBLIC_URL: 'https://ia.entreprise.fr/' });
    mailbox = new Mailbox(api);
  });
  afterAll(() => api.close());

  /** Each test from an address of its own, or they would share a rate limit. */
  const from = (user?: TestUser) => api.http(user).set('X-Forwarded-For', `198.51.100.${(addresses += 1)}`);
  const login = (email: string, password: string) => from().post('/auth/login').send({ email, password });
  const change = (user: TestUser, currentPassword: string, newPassword: string) =>
    from(user).post('/auth/password/change').send({ currentPassword, newPassword });
  const forgot = (email: string) => from().post('/auth/password/forgot').send({ email });
  const reset = (token: string, newPassword: string) =>
    from().post('/auth/password/reset').send({ token, newPassword });
  const resetCode = async (email: string) => {
    await forgot(email).expect(202);
    return mailbox.codeFor(email, 'nouveau mot de passe');
  };

  describe('are changed', () => {
    it('by who knows the present one; his other sessions end, this one goes on', async () => {
      const user = await api.createUser();
      const other = (await login(user.email, TEST_PASSWORD).expect(200)).body as TestUser;
      await change(user, TEST_PASSWORD, NEW_PASSWORD).expect(204);
      await api.http(user).get('/me').expect(200);
      await api
        .http({ ...user, accessToken: other.accessToken })
        .get('/me')
        .expect(401);
      await login(user.email, TEST_PASSWORD).expect(401);
      await login(user.email, NEW_PASSWORD).expect(200);
      await mailbox.waitFor(user.email, 'vient de changer');
      const actions = (await auditOf(api, user.id)).map(({ action }) => action);
      expect(actions).toEqual(expect.arrayContaining(['password.changed', 'session.revoked', 'session.opened']));
    });

    it('not by who only has the token, and the refusal is remembered', async () => {
      const user = await api.createUser();
      const refused = await change(user, 'guessed it perhaps', NEW_PASSWORD).expect(401);
      expect(refused.body).toMatchObject({ code: 'auth.invalid_credentials' });
      await login(user.email, TEST_PASSWORD).expect(200);
      expect(await auditOf(api, user.id)).toContainEqual(
        expect.objectContaining({ action: 'password.changed', outcome: 'refused' }),
      );
    });

    it('not to one that protects nothing', async () => {
      const user = await api.createUser();
      const short = await change(user, TEST_PASSWORD, 'too short').expect(422);
      expect(short.body).toMatchObject({
        code: 'auth.password_too_short',
        detail: expect.stringContaining('15') as string,
      });
      const common = await change(user, TEST_PASSWORD, 'Password123456789').expect(422);
      expect(common.body).toMatchObject({ code: 'auth.password_too_common' });
      const own = await change(user, TEST_PASSWORD, `${user.email}2026`).expect(422);
      expect(own.body).toMatchObject({ code: 'auth.password_too_common' });
    });
  });

  describe('that were forgotten', () => {
    it('are replaced once, with the code of a mail; every session ends', async () => {
      const user = await api.createUser();
      const code = await resetCode(user.email);
      expect(mailbox.to(user.email).join()).toContain(`https://ia.entreprise.fr/reset-password#code=${code}`);
      await reset(code, NEW_PASSWORD).expect(204);
      await api.http(user).get('/me').expect(401);
      await login(user.email, NEW_PASSWORD).expect(200);
      const again = await reset(code, 'une autre phrase assez longue').expect(422);
      expect(again.body).toMatchObject({ code: 'auth.one_time_token_invalid' });
      const actions = (await auditOf(api, user.id)).map(({ action }) => action);
      expect(actions).toEqual(expect.arrayContaining(['password.reset_requested', 'password.reset']));
    });

    it('are answered alike for addresses that have no account, to which nothing is sent', async () => {
      const user = await api.createUser();
      const [known, unknown] = [await forgot(user.email), await forgot('nobody@exemple.fr')];
      expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
      await mailbox.waitFor(user.email, 'nouveau mot de passe');
      expect(mailbox.to('nobody@exemple.fr')).toEqual([]);
    });

    it('keep their code when the new one is refused', async () => {
      const user = await api.createUser();
      const code = await resetCode(user.email);
      await reset(code, 'passwordpassword').expect(422);
      await reset(code, NEW_PASSWORD).expect(204);
    });

    it('pass one of many uses of a code at the same time', async () => {
      const user = await api.createUser();
      const code = await resetCode(user.email);
      const answers = await Promise.all([1, 2, 3, 4].map((n) => reset(code, `${NEW_PASSWORD} ${n}`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422, 422]);
    });

    it('refuse a code that is too old, and store none that could be used', async () => {
      const user = await api.createUser();
      const code = await resetCode(user.email);
      const uow = api.app.get(UnitOfWork);
      const [stored] = await uow.query<{ all: string }>(
        `SELECT row_to_json(t)::text AS all FROM one_time_token t WHERE user_id = $1`,
        [user.id],
      );
      expect(stored?.all).not.toContain(code);
      await uow.query(`UPDATE one_time_token SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
        user.id,
      ]);
      await reset(code, NEW_PASSWORD).expect(422);
    });

    it('send one mail to who asks again and again', async () => {
      const user = await api.createUser();
      await resetCode(user.email);
      await Promise.all([1, 2, 3].map(() => forgot(user.email).expect(202)));
      const witness = await api.createUser();
      await resetCode(witness.email);
      expect(mailbox.to(user.email)).toHaveLength(1);
    });
  });

  it('are hashed anew at a sign-in when today asks for more', async () => {
    const user = await api.createUser();
    const uow = api.app.get(UnitOfWork);
    const cheap = await hash(TEST_PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await uow.query('UPDATE app_user SET password_hash = $1 WHERE id = $2', [cheap, user.id]);
    await login(user.email, TEST_PASSWORD).expect(200);
    const [row] = await uow.query<{ hash: string }>('SELECT password_hash AS hash FROM app_user WHERE id = $1', [
      user.id,
    ]);
    expect(row?.hash).toContain('m=19456,t=2');
    await login(user.email, TEST_PASSWORD).expect(200);
  });
});
