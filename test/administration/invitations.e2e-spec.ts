import { randomUUID } from 'node:crypto';

import { auditOf } from '#test/auth/support/audit';
import { Mailbox } from '#test/auth/support/mailbox';
import { TestApi, type TestUser } from '#test/support/api';

interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly version: number;
}

const PASSWORD = 'quatre chevaux mangent une lampe';

describe('Invitations, for administrators', () => {
  let api: TestApi;
  let mails: Mailbox;
  let admin: TestUser;
  let foreignAdmin: TestUser;
  let superuser: TestUser;

  beforeAll(async () => {
    api = await TestApi.start({ REGISTRATION: 'invite' });
    mails = new Mailbox(api);
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    foreignAdmin = await api.createUser('admin', await api.createOrganization());
  });
  afterAll(() => api.close());

  const invite = (as: TestUser, body: object = {}) =>
    api
      .http(as)
      .post('/admin/invitations')
      .send({ email: `${randomUUID()}@exemple.fr`, ...body });
  const invited = async (as = admin, body: object = {}): Promise<Invitation> =>
    (await invite(as, body).expect(201)).body as Invitation;
  const path = ({ id }: Invitation) => `/admin/invitations/${id}`;
  const register = (email: string, invitation: string) =>
    api.http().post('/auth/register').send({ email, password: PASSWORD, displayName: 'Claire', invitation });
  const actions = async (id: string) => (await auditOf(api, id)).map(({ action }) => action);

  it('are sent, accepted, and then part of the past', async () => {
    const invitation = await invited(admin, { role: 'admin' });
    const code = await mails.codeFor(invitation.email, 'invité');
    const account = await register(invitation.email, code).expect(201);
    expect(account.body).toMatchObject({ role: 'admin' });
    expect((await api.http(admin).get(path(invitation)).expect(200)).body).toMatchObject({ state: 'accepted' });
    for (const request of [
      api.http(admin).patch(path(invitation)).send({ role: 'user' }),
      api.http(admin).post(`${path(invitation)}/resend`),
      api.http(admin).delete(path(invitation)),
    ]) {
      expect((await request.expect(409)).body).toMatchObject({ code: 'invitation.accepted' });
    }
    await invite(admin, { email: invitation.email }).expect(409);
    expect(await actions(invitation.id)).toContain('invitation.created');
  });

  it('are sent again with a new code, and the former one no longer works', async () => {
    const invitation = await invited();
    const former = await mails.codeFor(invitation.email, 'invité');
    await api
      .http(admin)
      .post(`${path(invitation)}/resend`)
      .expect(200);
    let code = former;
    for (let tries = 0; tries < 100 && code === former; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      code = await mails.codeFor(invitation.email, 'invité');
    }
    await register(invitation.email, former).expect(422);
    await register(invitation.email, code).expect(201);
    expect(await actions(invitation.id)).toContain('invitation.resent');
  });

  it('are changed in the version that was read, and taken back', async () => {
    const invitation = await invited();
    const code = await mails.codeFor(invitation.email, 'invité');
    const { version } = (await api.http(admin).get(path(invitation)).expect(200)).body as Invitation;
    const patch = (body: object) =>
      api.http(admin).patch(path(invitation)).set('If-Match', `W/"${version}"`).send(body);
    await patch({ email: 'x@exemple.fr' }).expect(400);
    await patch({ role: 'admin' }).expect(200);
    await patch({ role: 'user' }).expect(412);
    await api.http(admin).delete(path(invitation)).expect(204);
    await register(invitation.email, code).expect(422);
    const left = ['invitation.created', 'invitation.updated', 'invitation.deleted'];
    expect(await actions(invitation.id)).toEqual(expect.arrayContaining(left));
  });

  it('belong to their organization, and a superuser names another one', async () => {
    const invitation = await invited();
    await api.http(foreignAdmin).get(path(invitation)).expect(404);
    await api.http(foreignAdmin).patch(path(invitation)).send({ locale: 'en' }).expect(404);
    await api
      .http(foreignAdmin)
      .post(`${path(invitation)}/resend`)
      .expect(404);
    await api.http(foreignAdmin).delete(path(invitation)).expect(404);
    await invite(await api.createUser()).expect(403);
    await invite(admin, { organizationId: foreignAdmin.organizationId }).expect(400);
    await invite(superuser, { organizationId: randomUUID() }).expect(404);
    const sent = await invited(superuser, { organizationId: foreignAdmin.organizationId });
    await api.http(foreignAdmin).get(path(sent)).expect(200);
    const { text } = await api.http(foreignAdmin).get('/admin/invitations/export').expect(200);
    expect(text).toContain(sent.email);
    expect(text).not.toContain(invitation.email);
    expect(text).not.toMatch(/token/i);
  });

  it('give nobody a role above the inviter’s, by whatever way', async () => {
    await invite(admin, { role: 'superuser' }).expect(403);
    await api
      .http(admin)
      .patch(path(await invited()))
      .send({ role: 'superuser' })
      .expect(403);
    const higher = await invited(superuser, { role: 'superuser' });
    await api
      .http(admin)
      .post(`${path(higher)}/resend`)
      .expect(403);
    await api.http(admin).delete(path(higher)).expect(403);
  });

  it('are sent again and taken back several at a time', async () => {
    const [one, two] = [await invited(), await invited()];
    const bulk = async (action: string) =>
      (
        await api
          .http(admin)
          .post('/admin/invitations/bulk')
          .send({ action, ids: [one.id, two.id] })
          .expect(200)
      ).body as unknown;
    const done = {
      results: [
        { id: one.id, outcome: 'done' },
        { id: two.id, outcome: 'done' },
      ],
    };
    expect(await bulk('resend')).toEqual(done);
    expect(await bulk('revoke')).toEqual(done);
    expect(await bulk('revoke')).toMatchObject({ results: [{ outcome: 'failed' }, { outcome: 'failed' }] });
  });
});
