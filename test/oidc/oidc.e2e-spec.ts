import { randomUUID } from 'node:crypto';

import { UserEntity } from '#libs/auth';
import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';
import { TestApi, type TestUser } from '#test/support/api';

import { Browser } from './support/browser';
import { CLIENT_ID, CLIENT_SECRET, OidcServer, PUBLIC_URL, type Person } from './support/oidc-server';

const LOGIN = '/api/v1/auth/oidc/login';
const TOKEN = new URL('/api/v1/auth/oidc/token', PUBLIC_URL);
const HOST = new URL(PUBLIC_URL).host;
const isCallback = (url: URL): boolean => url.pathname.endsWith('/auth/oidc/callback');

describe('Signing in with OpenID Connect', () => {
  let provider: OidcServer;
  let api: TestApi;

  beforeAll(async () => {
    provider = await OidcServer.start();
    api = await TestApi.start({
      PUBLIC_URL,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_SCOPES: 'openid,email,profile,groups',
      OIDC_ROLE_MAP: 'cn=ops=superuser,it=admin',
      OIDC_ALLOW_SIGN_UP: 'true',
      RATE_LIMIT_PER_MINUTE: '100000',
      TRUST_PROXY: '1',
    });
    await api.createUser('superuser');
  });
  afterAll(async () => {
    await provider.stop();
    await api.close();
  });
  beforeEach(() => {
    provider.declines = false;
  });
  afterEach(() => jest.restoreAllMocks());

  /** A person the provider will sign in next. */
  const person = (claims: Person): string => {
    provider.person = `sub-${randomUUID()}`;
    provider.people.set(provider.person, claims);
    return provider.person;
  };
  const stranger = (claims: Person = {}): string => {
    const email = `${randomUUID().slice(0, 8)}@entreprise.fr`;
    person({ email, email_verified: true, name: 'Claire Martin', ...claims });
    return email;
  };
  /** The limits of sign-in are per address; each test comes from its own. */
  const newBrowser = (): Browser => {
    const browser = new Browser(api.url);
    const address = `10.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`;
    const send = browser.fetch.bind(browser);
    browser.fetch = (url, init) =>
      send(url, { ...init, headers: { ...(init?.headers as object | undefined), 'X-Forwarded-For': address } });
    return browser;
  };
  const trade = async (browser: Browser, code: string, more: object = {}) => {
    const response = await browser.fetch(TOKEN, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code, ...more }),
    });
    return { status: response.status, body: (await response.json()) as { code?: string; accessToken?: string } };
  };
  const wordOf = ({ hash }: URL, key: string): string => {
    expect(hash).toMatch(new RegExp(`^#${key}=`));
    return decodeURIComponent(hash.slice(key.length + 2));
  };
  const errorOf = (url: URL): string => wordOf(url, 'oidc_error');

  const signIn = async (
    browser = newBrowser(),
  ): Promise<{ id: string; email: string; role: string; displayName: string }> => {
    const code = wordOf(await browser.visit(LOGIN), 'oidc_code');
    const { status, body } = await trade(browser, code);
    expect(status).toBe(200);
    const me = await api
      .http()
      .get('/me')
      .set('Authorization', `Bearer ${body.accessToken ?? ''}`)
      .expect(200);
    return me.body as { id: string; email: string; role: string; displayName: string };
  };
  const refusal = async (): Promise<string> => errorOf(await newBrowser().visit(LOGIN));
  const sql = <Row>(text: string, values: unknown[]): Promise<Row[]> =>
    api.app.get(UnitOfWork).query<Row>(text, values);

  it('tells the web application that it may offer it', async () => {
    expect((await api.http().get('/auth/oidc').expect(200)).body).toEqual({ isAvailable: true });
  });

  describe('lets in', () => {
    it('a newcomer, who gets an account, and finds it again next time', async () => {
      const email = stranger();
      const first = await signIn();
      expect(first).toMatchObject({ email, displayName: 'Claire Martin', role: 'user' });
      expect(await signIn()).toMatchObject({ id: first.id });
    });

    it('by the identity and not by the address, once the two were linked', async () => {
      stranger();
      const { id } = await signIn();
      provider.people.set(provider.person, { email: 'another@entreprise.fr', email_verified: false });
      expect(await signIn()).toMatchObject({ id });
    });

    it('a user who has an account with the same verified address, whatever its case', async () => {
      const user: TestUser = await api.createUser();
      person({ email: user.email.toUpperCase(), email_verified: true });
      expect(await signIn()).toMatchObject({ id: user.id, email: user.email });
      const entries = await sql<{ action: string }>('SELECT action FROM audit_log WHERE resource_id = $1', [user.id]);
      expect(entries.map(({ action }) => action)).toContain('user.identity_linked');
    });

    it('who proved the address that somebody else had registered, and shuts that one out', async () => {
      const squatter = await api.createUser();
      await sql('UPDATE app_user SET email_verified_at = NULL WHERE id = $1', [squatter.id]);
      const passwordHash = async () =>
        (await sql<{ hash: string }>('SELECT password_hash AS hash FROM app_user WHERE id = $1', [squatter.id]))[0]
          ?.hash;
      const before = await passwordHash();
      person({ email: squatter.email, email_verified: true });
      expect(await signIn()).toMatchObject({ id: squatter.id });
      expect(await passwordHash()).not.toBe(before);
    });

    it('the same person twice at the same moment, as one account', async () => {
      stranger();
      const [one, two] = await Promise.all([signIn(), signIn()]);
      expect(one.id).toBe(two.id);
    });

    it('with a session that is told to the audit', async () => {
      stranger();
      const { id } = await signIn();
      const [entry] = await sql<{ method: string }>(
        `SELECT details->>'method' AS method FROM audit_log WHERE action = 'session.opened' AND actor_id = $1`,
        [id],
      );
      expect(entry).toEqual({ method: 'oidc' });
    });
  });

  describe('gives', () => {
    it('the highest role of the groups, and takes it back with them', async () => {
      stranger({ groups: ['staff', 'it'] });
      expect(await signIn()).toMatchObject({ role: 'admin' });
      provider.people.set(provider.person, { groups: ['staff'] });
      expect(await signIn()).toMatchObject({ role: 'user' });
      provider.people.set(provider.person, { groups: ['cn=ops', 'it'] });
      expect(await signIn()).toMatchObject({ role: 'superuser' });
      provider.people.set(provider.person, {});
      expect(await signIn()).toMatchObject({ role: 'user' });
    });

    it('no role for a group that is only similar', async () => {
      stranger({ groups: ['IT', 'it ', 'it=admin', 'superuser'] });
      expect(await signIn()).toMatchObject({ role: 'user' });
    });

    it('a superuser who was made here no lower role, so that the platform is never left alone', async () => {
      const root = await api.createUser('superuser');
      person({ email: root.email, email_verified: true, groups: [] });
      expect(await signIn()).toMatchObject({ role: 'superuser' });
    });

    it('no lower role to the last one who can administer, whoever gave the role', async () => {
      const setOthers = (at: string, id: string) =>
        sql(`UPDATE app_user SET disabled_at = ${at} WHERE role <> 'user' AND id <> $1`, [id]);
      for (const groups of [['cn=ops'], ['it']]) {
        stranger({ groups });
        const { id, role } = await signIn();
        await setOthers('now()', id);
        provider.people.set(provider.person, {});
        expect(await signIn()).toMatchObject({ id, role });
        await setOthers('NULL', id);
        expect(await signIn()).toMatchObject({ id, role: 'user' });
      }
    });

    it('memberships in groups of the same name, and takes back only those it gave', async () => {
      const user = await api.createUser();
      const group = async (name: string): Promise<string> => {
        const [row] = await sql<{ id: string }>(
          `INSERT INTO user_group (id, organization_id, name) VALUES (gen_random_uuid(), $1, $2) RETURNING id`,
          [user.organizationId, name],
        );
        return row!.id;
      };
      const [sales, legal] = [await group('Ventes'), await group('Juridique')];
      const join = `INSERT INTO user_group_member (id, organization_id, group_id, user_id) VALUES (gen_random_uuid(), $1, $2, $3)`;
      await sql(join, [user.organizationId, legal, user.id]);
      const groups = async () =>
        (await sql<{ id: string }>('SELECT group_id AS id FROM user_group_member WHERE user_id = $1', [user.id])).map(
          ({ id }) => id,
        );
      const who = { email: user.email, email_verified: true };
      person({ ...who, groups: ['ventes', 'JURIDIQUE', 'nowhere'] });
      await signIn();
      expect(new Set(await groups())).toEqual(new Set([sales, legal]));
      provider.people.set(provider.person, { ...who, groups: [] });
      await signIn();
      expect(await groups()).toEqual([legal]);
    });
  });

  describe('refuses', () => {
    it.each([
      ['an address the provider has not verified', { email_verified: false }],
      ['an address it says nothing about', { email_verified: undefined as unknown as boolean }],
      ['nobody’s address', { email: '' }],
    ])('%s', async (_, claims) => {
      stranger(claims);
      expect(await refusal()).toBe('oidc.email_not_verified');
    });

    it('the account of somebody whose address is not verified at the provider', async () => {
      const victim = await api.createUser('admin');
      person({ email: victim.email, email_verified: false });
      expect(await refusal()).toBe('oidc.email_not_verified');
      expect(await sql('SELECT 1 FROM user_identity WHERE user_id = $1', [victim.id])).toEqual([]);
    });

    it('a disabled account, linked or not', async () => {
      const user = await api.createUser();
      person({ email: user.email, email_verified: true });
      await signIn();
      await api.app.get(UnitOfWork).repository(UserEntity).update({ id: user.id }, { disabledAt: new Date() });
      expect(await refusal()).toBe('oidc.no_account');
    });

    it('who says no at the provider', async () => {
      stranger();
      provider.declines = true;
      expect(await refusal()).toBe('oidc.refused');
    });

    it('an answer without state, or with another', async () => {
      stranger();
      const browser = newBrowser();
      const callback = await browser.visit(LOGIN, isCallback);
      for (const state of ['', 'forged', `${callback.searchParams.get('state') ?? ''}x`]) {
        const altered = new URL(callback);
        altered.searchParams.set('state', state);
        expect(errorOf(await browser.visit(altered.href))).toBe('oidc.state_invalid');
      }
    });

    it('an answer in another browser: nobody can be signed in as somebody else by a link', async () => {
      stranger();
      const callback = await newBrowser().visit(LOGIN, isCallback);
      const victim = newBrowser();
      expect(errorOf(await victim.visit(callback.href))).toBe('oidc.state_invalid');
      await victim.visit(LOGIN, isCallback);
      expect(errorOf(await victim.visit(callback.href))).toBe('oidc.state_invalid');
    });

    it('an answer a second time', async () => {
      stranger();
      const browser = newBrowser();
      const callback = await browser.visit(LOGIN, isCallback);
      wordOf(await browser.visit(callback.href), 'oidc_code');
      expect(errorOf(await browser.visit(callback.href))).toBe('oidc.state_invalid');
    });

    it('an answer after ten minutes', async () => {
      stranger();
      const browser = newBrowser();
      const callback = await browser.visit(LOGIN, isCallback);
      jest.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date(Date.now() + 601_000));
      expect(errorOf(await browser.visit(callback.href))).toBe('oidc.state_invalid');
    });

    it.each([
      ['nonce', 'another nonce than the one of this sign-in'],
      ['code_challenge', 'a code asked for with another PKCE challenge'],
    ])('an answer whose %s was altered: %s', async (parameter) => {
      stranger();
      const browser = newBrowser();
      const question = await browser.visit(LOGIN, ({ origin }) => origin === provider.issuer);
      question.searchParams.set(parameter, 'x'.repeat(43));
      const callback = await browser.visit(question.href, isCallback);
      expect(errorOf(await browser.visit(callback.href))).toBe('oidc.refused');
    });

    it('a code somebody made up', async () => {
      stranger();
      const browser = newBrowser();
      const callback = await browser.visit(LOGIN, isCallback);
      callback.searchParams.set('code', 'made-up');
      expect(errorOf(await browser.visit(callback.href))).toBe('oidc.refused');
    });

    it('an answer in the name of another provider (RFC 9207)', async () => {
      stranger();
      const browser = newBrowser();
      const callback = await browser.visit(LOGIN, isCallback);
      callback.searchParams.set('iss', 'https://evil.test');
      expect(errorOf(await browser.visit(callback.href))).toBe('oidc.refused');
    });
  });

  describe('hands out tokens', () => {
    const finished = async (): Promise<{ browser: Browser; code: string }> => {
      const browser = newBrowser();
      return { browser, code: wordOf(await browser.visit(LOGIN), 'oidc_code') };
    };

    it('never in an address', async () => {
      stranger();
      const { code } = await finished();
      expect(code).toMatch(/^[\w-]{43}$/);
    });

    it('once, also when asked for twice at the same moment', async () => {
      stranger();
      const { browser, code } = await finished();
      const answers = await Promise.all([1, 2, 3].map(() => trade(browser, code)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
      expect((await trade(browser, code)).body.code).toBe('oidc.code_invalid');
    });

    it('to the browser that signed in only', async () => {
      stranger();
      const { browser, code } = await finished();
      expect((await trade(newBrowser(), code)).body.code).toBe('oidc.code_invalid');
      browser.forget(HOST);
      expect((await trade(browser, code)).body.code).toBe('oidc.code_invalid');
    });

    it('within two minutes', async () => {
      stranger();
      const { browser, code } = await finished();
      jest.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date(Date.now() + 121_000));
      expect((await trade(browser, code)).body.code).toBe('oidc.code_invalid');
    });

    it('after the second factor, when the account has one; a wrong one ends the sign-in', async () => {
      stranger();
      const { id } = await signIn();
      await sql('UPDATE app_user SET mfa_enabled_at = now() WHERE id = $1', [id]);
      const { browser, code } = await finished();
      expect((await trade(browser, code)).body.code).toBe('auth.mfa_required');
      expect((await trade(browser, code, { totp: '000000' })).body.code).toBe('auth.mfa_code_invalid');
      expect((await trade(browser, code, { totp: '000000' })).body.code).toBe('oidc.code_invalid');
    });

    it('with a cookie no script can read and no other site can use', async () => {
      const response = await newBrowser().fetch(new URL(LOGIN, PUBLIC_URL));
      expect(response.headers.getSetCookie()[0]).toMatch(
        /^myia_oidc=[\w-]{43}; Path=\/api\/v1\/auth\/oidc; Max-Age=720; HttpOnly; SameSite=Lax; Secure$/,
      );
      expect(response.headers.get('cache-control')).toBe('no-store');
    });

    it.each([{}, { code: '' }, { code: 'x'.repeat(129) }, { code: 'x', redirect: 'https://evil.test' }])(
      'not for %j',
      async (body) => {
        await api.http().post('/auth/oidc/token').send(body).expect(400);
      },
    );
  });
});

describe('Without sign-up', () => {
  it('whoever has no account is told so', async () => {
    const provider = await OidcServer.start();
    const api = await TestApi.start({ PUBLIC_URL, OIDC_ISSUER: provider.issuer, OIDC_CLIENT_SECRET: CLIENT_SECRET });
    provider.people.set('claire', { email: 'claire@entreprise.fr', email_verified: true });
    const end = await new Browser(api.url).visit(LOGIN);
    expect(end.hash).toBe('#oidc_error=oidc.no_account');
    await api.close();
    await provider.stop();
  });
});

describe('Without a provider', () => {
  it('says so, and when it cannot be reached sends the browser back', async () => {
    const none = await TestApi.start();
    expect((await none.http().get('/auth/oidc').expect(200)).body).toEqual({ isAvailable: false });
    for (const path of ['login', 'callback']) {
      expect((await none.http().get(`/auth/oidc/${path}`).expect(404)).body).toMatchObject({
        code: 'oidc.not_configured',
      });
    }
    await none.close();
    const down = await TestApi.start({ PUBLIC_URL, OIDC_ISSUER: 'http://127.0.0.1:9' });
    const answer = await down.http().get('/auth/oidc/login').expect(302);
    expect(answer.headers['location']).toBe(`${PUBLIC_URL}/#oidc_error=oidc.provider_unavailable`);
    await down.close();
  });
});
