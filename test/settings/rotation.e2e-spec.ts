import { COMMANDS } from '#apps/cli/src/commands/index';
import { UnitOfWork } from '#libs/database';
import { SEALED_COLUMNS, SecretBox } from '#libs/settings';
import { TestApi, type TestUser } from '#test/support/api';

const FORMER = 'ancienne-clef-de-chiffrement-4711-abc';
const NEW = 'nouvelle-clef-de-chiffrement-4712-def';
const TOKEN = 'jeton-des-mesures-4711';
/** What a value of the secret box begins with. */
const SEALED = '^v1\\.[0-9a-f]{8}\\.';

const TEXT_COLUMNS = `
  SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
   WHERE table_schema = 'public' AND data_type = 'text'`;

describe('A new encryption key', () => {
  let api: TestApi;
  let root: TestUser;
  let printed: string[];

  beforeAll(async () => {
    api = await TestApi.start({ ENCRYPTION_KEY: FORMER, WEBHOOK_ALLOWED_RANGES: '127.0.0.0/8' });
    root = await api.createUser('superuser');
    await api.http(root).post('/admin/settings').send({ key: 'metrics.token', value: TOKEN }).expect(201);
    await api
      .http(root)
      .post('/auth/mfa/setup')
      .send({})
      .expect((response) => expect(response.status).toBeLessThan(300));
    const webhook = { url: 'http://127.0.0.1:9/hook', events: ['document.ready'] };
    await api.http(root).post('/admin/webhooks').send(webhook).expect(201);
  });
  afterAll(() => api.close());
  beforeEach(() => {
    printed = [];
    jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    jest.spyOn(console, 'error').mockImplementation((text: string) => void printed.push(text));
  });
  afterEach(() => jest.restoreAllMocks());

  const query = <Row>(sql: string): Promise<Row[]> => {
    const uow = api.app.get(UnitOfWork);
    return uow.asPlatform(() => uow.query<Row>(sql));
  };
  const rotate = (env: object, action = 'rotate'): Promise<number> => {
    const command = COMMANDS.find(({ name }) => name === 'secrets');
    if (!command) throw new Error('No command secrets');
    return command.run([action], { ...api.env, ...env });
  };
  const sealedColumns = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const { table, column } of await query<{ table: string; column: string }>(TEXT_COLUMNS)) {
      const rows = await query(`SELECT FROM "${table}" WHERE "${column}" ~ '${SEALED}' LIMIT 1`);
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
    return found;
  };

  it('reaches every column that holds a sealed value', async () => {
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    const found = await sealedColumns();
    expect(found).toEqual(expect.arrayContaining(['setting.sealed', 'mfa_totp.sealed_secret', 'webhook.secret']));
    expect(found.filter((column) => !known.includes(column))).toEqual([]);
  });

  it('wants to be told what to do', async () => {
    expect(await rotate({}, 'turn')).toBe(2);
  });

  it('leaves alone what no configured key opens, and says so', async () => {
    expect(await rotate({ ENCRYPTION_KEY: NEW })).toBe(1);
    expect(printed).toContain('setting.sealed: 0 sealed anew, 1 unreadable');
    expect(
      await query(`SELECT FROM setting WHERE split_part(sealed, '.', 2) = '${api.app.get(SecretBox).keyId}'`),
    ).toHaveLength(1);
  });

  it('takes the place of the former one, once, after which the former one may go', async () => {
    const both = { ENCRYPTION_KEY: NEW, ENCRYPTION_PREVIOUS_KEYS: FORMER };
    expect(await rotate(both)).toBe(0);
    expect(printed).toEqual(
      expect.arrayContaining([
        'setting.sealed: 1 sealed anew, 0 unreadable',
        'mfa_totp.sealed_secret: 1 sealed anew, 0 unreadable',
        'webhook.secret: 1 sealed anew, 0 unreadable',
      ]),
    );
    printed = [];
    expect(await rotate({ ENCRYPTION_KEY: NEW })).toBe(0);
    expect(printed.every((line) => line.endsWith(': 0 sealed anew, 0 unreadable'))).toBe(true);
    expect(await query(`SELECT FROM audit_log WHERE action = 'encryption.rotated'`)).toHaveLength(3);
  });
});
