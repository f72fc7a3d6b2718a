import { BootstrapSuperuser, ResetPassword } from '#libs/auth';
import { TestApi } from '#test/support/api';

describe('Accounts made by operators', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.close());

  const login = (email: string, password: string) => api.http().post('/auth/login').send({ email, password });
  const bootstrap = () => api.app.get(BootstrapSuperuser);

  it('refuses a superuser password that protects nothing', () => {
    expect(() => bootstrap().execute({ email: 'root@exemple.fr', password: 'short' })).toThrow(
      'at least 15 characters',
    );
  });

  it('makes one superuser, once, even when two processes start at the same time', async () => {
    const results = await Promise.all([1, 2, 3].map(() => bootstrap().execute({ email: 'root@exemple.fr' })));
    const created = results.filter((result) => result.created);
    expect(created).toHaveLength(1);
    expect(new Set(results.map(({ userId }) => userId)).size).toBe(1);
    await login('root@exemple.fr', created[0]?.generatedPassword ?? '').expect(200);
  });

  it('resets a password and ends every session of the user, and of nobody else', async () => {
    const [forgetful, other] = [await api.createUser(), await api.createUser()];
    const password = await api.app.get(ResetPassword).execute(forgetful.email);
    await api.http(forgetful).get('/me').expect(401);
    await api.http(other).get('/me').expect(200);
    await login(forgetful.email, password).expect(200);
  });

  it('says that it does not know whom to reset', async () => {
    await expect(api.app.get(ResetPassword).execute('nobody@exemple.fr')).rejects.toMatchObject({
      code: 'user.not_found',
    });
  });
});
