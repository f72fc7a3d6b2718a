import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';

const FREE = 5;

describe('Guessing', () => {
  let api: TestApi;
  let addresses = 0;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
  });
  afterAll(() => api.close());

  const newAddress = () => `198.51.100.${(addresses += 1)}`;
  const login = (email: string, password: string, ip: string) =>
    api.http().post('/auth/login').set('X-Forwarded-For', ip).send({ email, password });
  const guess = async (email: string, ip: string, times: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let n = 0; n < times; n += 1) statuses.push((await login(email, `guess number ${n}`, ip)).status);
    return statuses;
  };
  /** Time passes for every wait that is running. */
  const wait = (seconds: number) =>
    api.app.get(UnitOfWork).query(
      `UPDATE sign_in_throttle SET blocked_until = blocked_until - make_interval(secs => $1),
              last_failure_at = last_failure_at - make_interval(secs => $1)`,
      [seconds],
    );

  it('has to wait after five failures, longer after each further one, even with the right password', async () => {
    const [user, ip] = [await api.createUser(), newAddress()];
    expect(await guess(user.email, ip, FREE)).toEqual([401, 401, 401, 401, 401]);
    const refused = await login(user.email, TEST_PASSWORD, ip).expect(429);
    expect(refused.body).toMatchObject({ code: 'auth.locked_out' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(20);
    await wait(30);
    await guess(user.email, ip, 1);
    expect(Number((await login(user.email, TEST_PASSWORD, ip).expect(429)).headers['retry-after'])).toBeGreaterThan(50);
    await wait(60);
    await login(user.email, TEST_PASSWORD, ip).expect(200);
    expect(await guess(user.email, ip, FREE - 1)).not.toContain(429);
  });

  it('is answered alike for accounts that do not exist', async () => {
    const ip = newAddress();
    expect(await guess('nobody@exemple.fr', ip, FREE + 1)).toEqual([401, 401, 401, 401, 401, 429]);
    const answer = await login('NOBODY@exemple.fr', 'anything', ip).expect(429);
    expect(answer.body).toMatchObject({ code: 'auth.locked_out' });
  });

  it('gains nothing from asking all at once', async () => {
    const [user, ip] = [await api.createUser(), newAddress()];
    const answers = await Promise.all(Array.from({ length: 15 }, (_, n) => login(user.email, `guess ${n}`, ip)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(FREE);
  });

  it('does not keep the owner out: he comes from elsewhere, or from where he was before', async () => {
    const [user, home] = [await api.createUser(), newAddress()];
    await login(user.email, TEST_PASSWORD, home).expect(200);
    await guess(user.email, newAddress(), FREE + 1);
    await login(user.email, TEST_PASSWORD, newAddress()).expect(200);
    for (let n = 0; n < 5; n += 1) await guess(user.email, newAddress(), FREE - 1);
    const stranger = await login(user.email, TEST_PASSWORD, newAddress()).expect(429);
    expect(Number(stranger.headers['retry-after'])).toBeLessThanOrEqual(60);
    await login(user.email, TEST_PASSWORD, home).expect(200);
  });

  it('of many accounts from one address has to wait too', async () => {
    const ip = newAddress();
    const uow = api.app.get(UnitOfWork);
    await guess('first@exemple.fr', ip, 1);
    await uow.query(`UPDATE sign_in_throttle SET failures = 49 WHERE failures = 1 AND last_failure_at =
      (SELECT max(last_failure_at) FROM sign_in_throttle)`);
    await guess('second@exemple.fr', ip, 1);
    await login('third@exemple.fr', 'anything', ip).expect(429);
  });

  it('is forgotten after a quiet hour, and remembered by the audit', async () => {
    const [user, ip] = [await api.createUser(), newAddress()];
    await guess(user.email, ip, FREE);
    await wait(3_700);
    expect(await guess(user.email, ip, FREE)).not.toContain(429);
    const refusals = (await auditOf(api, user.id)).filter(({ action }) => action === 'session.refused');
    expect(refusals.length).toBe(2 * FREE);
    expect(refusals[0]).toMatchObject({ outcome: 'refused', details: { reason: 'auth.invalid_credentials' } });
  });

  it('leaves no name and no address behind', async () => {
    const user: TestUser = await api.createUser();
    await guess(user.email, newAddress(), 1);
    const rows = await api.app.get(UnitOfWork).query<{ row: string }>('SELECT t::text AS row FROM sign_in_throttle t');
    const text = rows.map(({ row }) => row).join();
    expect(text).not.toContain(Buffer.from(user.email).toString('hex'));
    expect(text).not.toContain('198.51');
  });
});
