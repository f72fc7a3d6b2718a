import { UnitOfWork } from '#libs/database';
import { TestApi } from '#test/support/api';

import { ForgetAttempts } from './forget-attempts';

describe('The table of failed sign-ins', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.close());

  const query = <Row>(sql: string) => api.app.get(UnitOfWork).query<Row>(sql);
  const keys = async (): Promise<string[]> =>
    (await query<{ key: string }>(`SELECT convert_from(key, 'utf8') AS key FROM sign_in_throttle ORDER BY 1`)).map(
      ({ key }) => key,
    );

  it('forgets what nobody waits for and nobody is trusted by, and keeps the newest of too many', async () => {
    await query(`
      INSERT INTO sign_in_throttle (key, failures, last_failure_at, blocked_until, trusted_until) VALUES
        ('old', 3, now() - interval '2 days', NULL, NULL),
        ('old-blocked', 3, now() - interval '2 days', now() + interval '1 hour', NULL),
        ('old-trusted', 0, now() - interval '2 days', NULL, now() + interval '1 day'),
        ('recent', 1, now(), NULL, NULL)`);
    const forget = api.app.get(ForgetAttempts);
    await forget.sweep();
    expect(await keys()).toEqual(['old-blocked', 'old-trusted', 'recent']);
    await forget.sweep(2);
    expect(await keys()).toEqual(['old-trusted', 'recent']);
  });
});
