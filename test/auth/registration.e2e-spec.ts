import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { UnitOfWork } from '#libs/database';
import { Invite } from '#libs/auth';
import type { Principal } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';
import { Mailbox } from './support/mailbox';

const PASSWORD = 'quatre chevaux mangent une lampe';

/** The calls of somebody who has no account yet, each from an address of its own. */
class Newcomers {
  private addresses = 0;

  constructor(private readonly api: TestApi) {}

  register(email: string, more: object = {}) {
    return this.post('/auth/register').send({ email, password: PASSWORD, displayName: 'Ada Nouvelle', ...more });
  }

  verify(token: string, password = PASSWORD) {
    return this.post('/auth/verify-email').send({ token, password });
  }

  login(email: string, password = PASSWORD) {
    return this.post('/auth/login').send({ email, password });
  }

  private post(path: string) {
    return this.api
      .http()
      .post(path)
      .set('X-Forwarded-For', `198.51.100.${(this.addresses += 1)}`);
  }
}

const principalOf = ({ id, organizationId }: TestUser, role: Principal['role']): Principal => ({
  id,
  organizationId,
  role,
  sessionId: id,
  locale: 'fr',
});

describe('Registration', () => {
  it('is closed unless somebody opens it', async () => {
    const api = await TestApi.start();
    await api.createUser();
    const refused = await new Newcomers(api).register('ada@entreprise.fr').expect(403);
    expect(refused.body).toMatchObject({ code: 'auth.registration_closed' });
    await api.close();
  });

  describe('that is open', () => {
    let api: TestApi;
    let newcomers: Newcomers;
    let mailbox: Mailbox;

    beforeAll(async () => {
      api = await TestApi.start({
        REGISTRATION: 'open',
        REGISTRATION_DOMAINS: 'entreprise.fr,filiale.fr',
        TRUST_PROXY: '1',
      });
      await api.createUser();
      newcomers = new Newcomers(api);
      mailbox = new Mailbox(api);
    });
    afterAll(() => api.close());

    it('makes an account that is usable once its address is proved', async () => {
      const registered = await newcomers.register('ada@Entreprise.FR').expect(201);
      const { id } = registered.body as { id: string };
      expect(registered.body).toMatchObject({
        email: 'ada@Entreprise.FR',
        displayName: 'Ada Nouvelle',
        role: 'user',
        emailVerified: false,
      });
      const early = await newcomers.login('ada@entreprise.fr').expect(403);
      expect(early.body).toMatchObject({ code: 'auth.email_not_verified' });
      await newcomers.verify(await mailbox.codeFor('ada@Entreprise.FR', 'confirme votre adresse')).expect(204);
      await newcomers.login('ada@entreprise.fr').expect(200);
      const actions = (await auditOf(api, id)).map(({ action }) => action);
      expect(actions).toEqual(expect.arrayContaining(['user.registered', 'user.email_verified', 'session.opened']));
    });

    it('refuses other domains and weak passwords', async () => {
      for (const email of ['ada@ailleurs.fr', 'ada@entreprise.fr.ailleurs.fr', 'ada@sous.entreprise.fr']) {
        const refused = await newcomers.register(email).expect(403);
        expect(refused.body).toMatchObject({ code: 'auth.email_domain_refused' });
      }
      await newcomers.register('bob@filiale.fr', { password: 'bob.filiale.2026' }).expect(422);
      await newcomers.register('bob@filiale.fr', { role: 'superuser' }).expect(400);
    });

    it('answers the same for an address that has an account, changes nothing and tells its owner', async () => {
      const first = await newcomers.register('eve@entreprise.fr').expect(201);
      await newcomers.verify(await mailbox.codeFor('eve@entreprise.fr', 'confirme votre adresse')).expect(204);
      const again = { displayName: 'Ada Nouvelle', password: 'un autre mot de passe tranquille' };
      const second = await newcomers.register('eve@entreprise.fr', again).expect(201);
      expect(second.body).toEqual(first.body);
      await mailbox.waitFor('eve@entreprise.fr', 'qui en a');
      await newcomers.login('eve@entreprise.fr').expect(200);
      await newcomers.login('eve@entreprise.fr', again.password).expect(401);
    });

    it('does not let a stranger prepare an account for the owner of an address', async () => {
      await newcomers.register('victim@entreprise.fr', { password: 'le mot de passe du voleur' }).expect(201);
      const code = await mailbox.codeFor('victim@entreprise.fr', 'confirme votre adresse');
      const refused = await newcomers.verify(code, PASSWORD).expect(401);
      expect(refused.body).toMatchObject({ code: 'auth.invalid_credentials' });
      await newcomers.register('victim@entreprise.fr').expect(201);
      await newcomers.verify(code, 'le mot de passe du voleur').expect(401);
      await newcomers.verify(code, PASSWORD).expect(204);
      await newcomers.login('victim@entreprise.fr').expect(200);
    });

    it('makes a new account for somebody who erased the former one', async () => {
      const ids: string[] = [];
      for (let times = 0; times < 3; times += 1) {
        const registered = (await newcomers.register('back@entreprise.fr').expect(201)).body as TestUser;
        const code = await mailbox.codeFor('back@entreprise.fr', 'confirme votre adresse');
        await newcomers.verify(code).expect(204);
        const signedIn = (await newcomers.login('back@entreprise.fr').expect(200)).body as TestUser;
        expect((await api.http(signedIn).get('/me').expect(200)).body).toMatchObject({ id: registered.id });
        // While it lives, the same id is shown to who registers again.
        expect((await newcomers.register('back@entreprise.fr').expect(201)).body).toMatchObject({ id: registered.id });
        ids.push(registered.id);
        rmSync(join(api.env['DATA_DIR'] ?? '', 'mails'), { recursive: true, force: true });
        await api.http(signedIn).delete('/me').expect(200);
      }
      expect(new Set(ids).size).toBe(3);
    });

    it('makes one account of many registrations at the same time', async () => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => newcomers.register('many@entreprise.fr')));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      const rows = await api.app.get(UnitOfWork).query(`SELECT 1 FROM app_user WHERE email = 'many@entreprise.fr'`);
      expect(rows).toHaveLength(1);
    });
  });

  describe('by invitation', () => {
    let api: TestApi;
    let newcomers: Newcomers;
    let mailbox: Mailbox;
    let admin: TestUser;

    beforeAll(async () => {
      api = await TestApi.start({ REGISTRATION: 'invite', TRUST_PROXY: '1' });
      admin = await api.createUser('admin', await api.createOrganization('Filiale'));
      newcomers = new Newcomers(api);
      mailbox = new Mailbox(api);
    });
    afterAll(() => api.close());

    const invite = (email: string, role: Principal['role'] = 'user') =>
      api.app.get(Invite).execute(principalOf(admin, 'admin'), { email, role, locale: 'fr' });

    it('makes an account in the organization of the inviter, usable at once, once', async () => {
      await invite('ada@exemple.fr', 'admin');
      const invitation = await mailbox.codeFor('ada@exemple.fr', 'invit');
      const registered = await newcomers.register('Ada@exemple.fr', { invitation }).expect(201);
      expect(registered.body).toMatchObject({ role: 'admin', emailVerified: true });
      const { accessToken } = (await newcomers.login('ada@exemple.fr').expect(200)).body as TestUser;
      const me = await api
        .http({ ...admin, accessToken })
        .get('/me')
        .expect(200);
      expect(me.body).toMatchObject({ organization: { name: 'Filiale' }, role: 'admin' });
      await newcomers.register('ada@exemple.fr', { invitation }).expect(422);
    });

    it('refuses who was not invited, and who uses the invitation of another', async () => {
      await newcomers.register('bob@exemple.fr').expect(403);
      await invite('eve@exemple.fr');
      const invitation = await mailbox.codeFor('eve@exemple.fr', 'invit');
      const refused = await newcomers.register('bob@exemple.fr', { invitation }).expect(422);
      expect(refused.body).toMatchObject({ code: 'auth.one_time_token_invalid' });
      await newcomers.register('bob@exemple.fr', { invitation: 'made up' }).expect(422);
    });

    it('lets nobody invite a higher role than his own, or somebody who has an account', async () => {
      await expect(Promise.resolve().then(() => invite('x@exemple.fr', 'superuser'))).rejects.toMatchObject({
        code: 'invitation.role_refused',
      });
      await expect(invite(admin.email)).rejects.toMatchObject({ code: 'user.exists' });
    });

    it('replaces an invitation by a new one', async () => {
      await invite('zoe@exemple.fr');
      const first = await mailbox.codeFor('zoe@exemple.fr', 'invit');
      await invite('zoe@exemple.fr');
      await newcomers.register('zoe@exemple.fr', { invitation: first }).expect(422);
      expect(await auditOf(api, admin.id)).toContainEqual(expect.objectContaining({ action: 'invitation.created' }));
    });
  });
});
