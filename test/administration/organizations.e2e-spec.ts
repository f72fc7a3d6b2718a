import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { OrganizationEntity } from '#libs/auth';
import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

interface Organization {
  readonly id: string;
  readonly version: number;
}

const TRIES = 200;
const PAUSE_MS = 50;

describe('Organizations', () => {
  let api: TestApi;
  let admin: TestUser;
  let superuser: TestUser;

  beforeAll(async () => {
    api = await TestApi.start({ REGISTRATION: 'open' });
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
  });
  afterAll(() => api.close());

  const made = async (body: object = {}): Promise<Organization> =>
    (
      await api
        .http(superuser)
        .post('/admin/organizations')
        .send({ name: 'Filiale', ...body })
        .expect(201)
    ).body as Organization;
  const path = ({ id }: { readonly id: string }) => `/admin/organizations/${id}`;
  const address = (domain: string) => `${randomUUID()}@${domain}`;
  const rowsOf = async (organizationId: string): Promise<string[]> => {
    const uow = api.app.get(UnitOfWork);
    const tables = await uow.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE a.attname = 'organization_id' AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await uow.query(`SELECT 1 FROM ${name} WHERE organization_id = $1 LIMIT 1`, [organizationId]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  };

  it('are made by superusers only, each the wall of its own rows', async () => {
    const organization = await made({ emailDomains: ['Exemple.FR'] });
    expect(organization).toMatchObject({ name: 'Filiale', emailDomains: ['exemple.fr'] });
    const stored = await api.app.get(UnitOfWork).repository(OrganizationEntity).findOneBy({ id: organization.id });
    expect(stored?.organizationId).toBe(organization.id);
    await api.http(admin).post('/admin/organizations').send({ name: 'x' }).expect(403);
    for (const body of [{ name: '' }, { name: 'x', id: randomUUID() }, { name: 'x', emailDomains: ['@x'] }, {}]) {
      await api.http(superuser).post('/admin/organizations').send(body).expect(400);
    }
  });

  it('are known and changed by their own administrators, in the version that was read', async () => {
    const other = await made();
    const own = { id: admin.organizationId };
    const listed = await api.http(admin).get('/admin/organizations').expect(200);
    expect(listed.body).toMatchObject({ items: [{ id: own.id }], total: 1 });
    await api.http(admin).get(path(other)).expect(404);
    await api.http(admin).patch(path(other)).send({ name: 'x' }).expect(404);
    await api.http(admin).delete(path(own)).expect(403);
    const rename = () => api.http(admin).patch(path(own)).set('If-Match', 'W/"1"').send({ name: 'Maison' });
    await rename().expect(200);
    await rename().expect(412);
    expect((await api.http(admin).get('/me').expect(200)).body).toMatchObject({ organization: { name: 'Maison' } });
    const all = await api.http(superuser).get('/admin/organizations/export').query({ format: 'json' }).expect(200);
    expect(all.text).toContain(other.id);
    const one = await api.http(admin).get('/admin/organizations/export').query({ format: 'json' }).expect(200);
    expect(one.text).not.toContain(other.id);
    await api
      .http(await api.createUser())
      .get('/admin/organizations')
      .expect(403);
  });

  it('get their plan from superusers only', async () => {
    const unlimited = '00000000-0000-4000-8000-000000000111';
    const free = '00000000-0000-4000-8000-000000000f4e';
    const organization = await made();
    expect(organization).toMatchObject({ planId: unlimited });
    const give = (as: TestUser, to: { readonly id: string }, planId: unknown) =>
      api.http(as).patch(path(to)).send({ planId });
    expect((await give(superuser, organization, free).expect(200)).body).toMatchObject({ planId: free });
    await give(superuser, organization, randomUUID()).expect(404);
    await give(superuser, organization, null).expect(400);
    expect(await made({ planId: free })).toMatchObject({ planId: free });
    const refused = await give(admin, { id: admin.organizationId }, free).expect(400);
    expect(refused.body).toMatchObject({ code: 'resource.field_not_writable' });
    await api
      .http(admin)
      .patch(path({ id: admin.organizationId }))
      .send({ planId: unlimited })
      .expect(200);
  });

  it('take in only who is of their domains, by whatever door', async () => {
    const own = { id: admin.organizationId };
    await api
      .http(admin)
      .patch(path(own))
      .send({ emailDomains: ['maison.fr'] })
      .expect(200);
    const refused = { code: 'auth.email_domain_refused' };
    const account = (domain: string) =>
      api
        .http(admin)
        .post('/admin/users')
        .send({ email: address(domain), displayName: 'x' });
    const invitation = (domain: string) =>
      api
        .http(admin)
        .post('/admin/invitations')
        .send({ email: address(domain) });
    const registration = (domain: string) =>
      api
        .http()
        .post('/auth/register')
        .send({ email: address(domain), displayName: 'x', password: 'quatre chevaux mangent une lampe' });
    for (const door of [account, invitation, registration]) {
      expect((await door('ailleurs.fr').expect(403)).body).toMatchObject(refused);
      await door('MAISON.fr').expect(201);
    }
    await api.http(admin).patch(path(own)).send({ emailDomains: [] }).expect(200);
    await account('ailleurs.fr').expect(201);
  });

  it('are deleted with every row once nobody and nothing is left in them; the log of it stays', async () => {
    const { id: organizationId } = await made();
    const chief = await api.createUser('admin', organizationId);
    const worker = await api.createUser('user', organizationId);
    const group = await api.http(chief).post('/admin/groups').send({ name: 'Tous' }).expect(201);
    await api
      .http(chief)
      .put(`/admin/groups/${(group.body as Organization).id}/members/${worker.id}`)
      .expect(204);
    await api
      .http(chief)
      .post('/api-keys')
      .send({ name: 'k', scopes: ['search'] })
      .expect(201);
    await api
      .http(chief)
      .post('/admin/invitations')
      .send({ email: address('exemple.fr') })
      .expect(201);
    await api.http(worker).post('/conversations').send({ title: 'Bonjour' }).expect(201);
    const collection = await api.http(chief).post('/collections').send({ name: 'Notes', visibility: 'organization' });
    const { id } = collection.body as Organization;
    await api.http(chief).post(`/collections/${id}/documents/text`).send({ title: 'a', text: 'Un texte.' }).expect(202);

    const remove = () => api.http(superuser).delete(path({ id: organizationId }));
    const refused = await remove().expect(409);
    expect(refused.body).toMatchObject({ code: 'organization.not_empty' });
    expect((refused.body as { detail: string }).detail).toContain('2 comptes, 1 collections et 1 documents');

    await api.http(chief).delete(`/collections/${id}`).expect(204);
    for (const user of [worker, chief]) await api.http(superuser).delete(`/admin/users/${user.id}`).expect(200);
    let answer = await remove();
    for (let tries = 0; tries < TRIES && answer.status === 409; tries += 1) {
      await setTimeout(PAUSE_MS);
      answer = await remove();
    }
    expect(answer.status).toBe(204);
    await api
      .http(superuser)
      .get(path({ id: organizationId }))
      .expect(404);
    expect((await rowsOf(organizationId)).filter((name) => !name.startsWith('audit_'))).toEqual([]);
    expect(await rowsOf(organizationId)).toContain('audit_log');
  });

  it('of the superuser himself stay as long as he is in them', async () => {
    await api
      .http(superuser)
      .delete(path({ id: superuser.organizationId }))
      .expect(409);
    await api
      .http(superuser)
      .delete(path({ id: randomUUID() }))
      .expect(404);
  });
});
