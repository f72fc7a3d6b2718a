import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';

/** What the audit writes of one caller in a minute (`REFUSALS_PER_CALLER`). */
const WRITTEN = 10;

describe('Refused sign-ins', () => {
  let api: TestApi;
  let user: TestUser;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
    user = await api.createUser();
  });
  afterAll(() => api.close());

  const login = (email: string, address: string) =>
    api.http().post('/auth/login').set('X-Forwarded-For', address).send({ email, password: 'wrong password' });
  const entriesFrom = async (address: string): Promise<number> => {
    const entries = await api.app
      .get(UnitOfWork)
      .query(`SELECT 1 FROM audit_log WHERE action = 'session.refused' AND address = $1`, [address]);
    return entries.length;
  };

  it('are recorded with the account they were meant for, also those that had to wait', async () => {
    for (let tries = 0; tries < 6; tries += 1) await login(user.email, '198.51.100.1');
    const refusals = (await auditOf(api, user.id)).filter(({ action }) => action === 'session.refused');
    expect(refusals).toHaveLength(5);
    expect(refusals[0]).toMatchObject({ outcome: 'refused', details: { reason: 'auth.invalid_credentials' } });
    expect(await entriesFrom('198.51.100.1')).toBe(6);
  });

  it('fill the audit no faster than any other refusal: a guesser cannot flood it', async () => {
    for (let name = 0; name < WRITTEN + 4; name += 1) await login(`nobody${name}@exemple.fr`, '198.51.100.2');
    expect(await entriesFrom('198.51.100.2')).toBe(WRITTEN);
  });

  it('fill it no faster either while they have to wait', async () => {
    for (let tries = 0; tries < WRITTEN + 8; tries += 1) await login('somebody@exemple.fr', '198.51.100.3');
    expect(await entriesFrom('198.51.100.3')).toBe(WRITTEN);
  });
});
