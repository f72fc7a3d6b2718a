import { TOTP } from 'otpauth';

import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';
import { Mailbox } from './support/mailbox';

interface Setup {
  secret: string;
  otpauthUri: string;
}

describe('A second factor', () => {
  let api: TestApi;
  let addresses = 0;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
  });
  afterAll(() => api.close());

  const from = (user?: TestUser) => api.http(user).set('X-Forwarded-For', `198.51.100.${(addresses += 1)}`);
  const login = (user: TestUser, totp?: string) =>
    from()
      .post('/auth/login')
      .send({ email: user.email, password: TEST_PASSWORD, ...(totp !== undefined && { totp }) });
  const codeOf = (secret: string, steps = 0) =>
    new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
  const setUp = async (user: TestUser): Promise<Setup> =>
    (await from(user).post('/auth/mfa/setup').expect(200)).body as Setup;
  const enable = async (user: TestUser) => {
    const { secret } = await setUp(user);
    const enabled = await from(user)
      .post('/auth/mfa/enable')
      .send({ code: codeOf(secret) })
      .expect(200);
    return { secret, recoveryCodes: (enabled.body as { recoveryCodes: string[] }).recoveryCodes };
  };
  /** As if the last code had been used an hour ago: tests do not wait for the clock. */
  const forgetLastCode = (user: TestUser) =>
    api.app.get(UnitOfWork).query('UPDATE mfa_totp SET last_step = 0 WHERE user_id = $1', [user.id]);

  it('is set up with a secret an app understands, and asks for nothing before it was proved', async () => {
    const user = await api.createUser();
    const { secret, otpauthUri } = await setUp(user);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(otpauthUri).toContain('otpauth://totp/MY-IA:');
    expect(otpauthUri).toContain(secret);
    await login(user).expect(200);
    const wrong = await from(user).post('/auth/mfa/enable').send({ code: '000000' });
    expect([wrong.status, (wrong.body as { code: string }).code]).toEqual([401, 'auth.mfa_code_invalid']);
    await login(user).expect(200);
  });

  it('is asked for at every sign-in, after the password only', async () => {
    const user = await api.createUser();
    const { secret } = await enable(user);
    const asked = await login(user).expect(401);
    expect(asked.body).toMatchObject({ code: 'auth.mfa_required' });
    await login(user, '000000').expect(401);
    await login(user, codeOf(secret)).expect(200);
    const stranger = await from()
      .post('/auth/login')
      .send({ email: user.email, password: 'not the password' })
      .expect(401);
    expect(stranger.body).toMatchObject({ code: 'auth.invalid_credentials' });
    const actions = (await auditOf(api, user.id)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['mfa.enabled', 'session.refused', 'session.opened']));
    await new Mailbox(api).waitFor(user.email, 'demande d');
  });

  it('takes a code once, also from many at the same time, and never an older one afterwards', async () => {
    const user = await api.createUser();
    const { secret } = await enable(user);
    const code = codeOf(secret, 1);
    const answers = await Promise.all([1, 2, 3, 4].map(() => login(user, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    await login(user, codeOf(secret)).expect(401);
    await forgetLastCode(user);
    await login(user, codeOf(secret)).expect(200);
  });

  it('can be replaced by each recovery code once, however it is typed', async () => {
    const user = await api.createUser();
    const { recoveryCodes } = await enable(user);
    expect(recoveryCodes).toHaveLength(10);
    const [first = '', second = ''] = recoveryCodes;
    await login(user, first).expect(200);
    await login(user, first).expect(401);
    await login(user, second.toUpperCase().replaceAll('-', ' ')).expect(200);
    await new Mailbox(api).waitFor(user.email, 'code de secours');
  });

  it('lies in the database sealed, and its recovery codes hashed', async () => {
    const user = await api.createUser();
    const { secret, recoveryCodes } = await enable(user);
    const uow = api.app.get(UnitOfWork);
    const rows = await uow.query<{ row: string }>(
      'SELECT t::text AS row FROM mfa_totp t UNION ALL SELECT c::text FROM mfa_recovery_code c',
    );
    const stored = rows.map(({ row }) => row).join();
    for (const value of [secret, ...recoveryCodes]) expect(stored).not.toContain(value);
  });

  it('is guarded against guessing like the password', async () => {
    const user = await api.createUser();
    await enable(user);
    const guess = () =>
      api
        .http()
        .post('/auth/login')
        .set('X-Forwarded-For', '203.0.113.9')
        .send({ email: user.email, password: TEST_PASSWORD, totp: '000000' });
    for (let n = 0; n < 5; n += 1) await guess().expect(401);
    expect((await guess().expect(429)).body).toMatchObject({ code: 'auth.locked_out' });
  });

  it('is given up with a last code, and cannot be set up over a present one', async () => {
    const user = await api.createUser();
    const { secret } = await enable(user);
    await from(user).post('/auth/mfa/setup').expect(409);
    await from(user).post('/auth/mfa/disable').send({ code: '000000' }).expect(401);
    await from(user)
      .post('/auth/mfa/disable')
      .send({ code: codeOf(secret) })
      .expect(204);
    await login(user).expect(200);
    await from(user)
      .post('/auth/mfa/disable')
      .send({ code: codeOf(secret) })
      .expect(409);
    expect((await auditOf(api, user.id)).map(({ action }) => action)).toContain('mfa.disabled');
  });
});

describe('A second factor that a role must have', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start({ MFA_REQUIRED_ROLES: 'admin,superuser' });
  });
  afterAll(() => api.close());

  it('has to be set up before anything else, and cannot be given up', async () => {
    const admin = await api.createUser('admin');
    const refused = await api.http(admin).get('/collections').expect(401);
    expect(refused.body).toMatchObject({ code: 'auth.mfa_setup_required' });
    await api.http(admin).get('/me').expect(200);
    await api.http(admin).patch('/me').send({ displayName: 'X' }).expect(401);
    const { secret } = (await api.http(admin).post('/auth/mfa/setup').expect(200)).body as Setup;
    const code = new TOTP({ secret }).generate();
    await api.http(admin).post('/auth/mfa/enable').send({ code }).expect(200);
    await api.http(admin).get('/collections').expect(200);
    await api.http(admin).post('/auth/mfa/disable').send({ code }).expect(403);
  });

  it('is not asked of others', async () => {
    await api
      .http(await api.createUser())
      .get('/collections')
      .expect(200);
  });
});
