import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

import { Library } from './support/library';

interface Row {
  readonly id: string;
}
interface Page {
  readonly items: readonly Row[];
  readonly total: number;
}

describe('Administration of knowledge', () => {
  let api: TestApi;
  let owner: TestUser;
  let colleague: TestUser;
  let admin: TestUser;
  let superuser: TestUser;
  let foreigner: TestUser;
  let library: Library;

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.createUser();
    colleague = await api.createUser();
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    foreigner = await api.createUser('admin', await api.createOrganization());
    library = new Library(api, owner);
  });
  afterAll(() => api.close());

  const actsOn = async (resourceId: string): Promise<string[]> => {
    const rows = await api.app
      .get(UnitOfWork)
      .query<{ action: string }>(
        `SELECT action FROM audit_log WHERE resource_id = $1 AND actor_id = $2 ORDER BY insertion_order`,
        [resourceId, admin.id],
      );
    return rows.map(({ action }) => action);
  };
  const readyDocument = async (collectionId: string, text = `Le code est ${randomUUID()}.`): Promise<string> => {
    const id = await library.add(collectionId, `${randomUUID()}.txt`, Buffer.from(text));
    await library.settled(id);
    return id;
  };

  describe('Collections', () => {
    it('are all seen by administrators of the organization and by superusers, private ones included', async () => {
      const id = await library.createCollection();
      for (const caller of [admin, superuser]) {
        const listed = await api.http(caller).get('/admin/collections').query({ 'filter[id]': id }).expect(200);
        expect(listed.body).toMatchObject({ items: [{ id, organizationId: owner.organizationId }], total: 1 });
      }
      const elsewhere = await api.http(foreigner).get('/admin/collections').query({ 'filter[id]': id }).expect(200);
      expect((elsewhere.body as Page).total).toBe(0);
      for (const path of [`/admin/collections/${id}`, `/admin/collections/${id}/grants`]) {
        await api.http(foreigner).get(path).expect(404);
        await api.http(owner).get(path).expect(403);
      }
    });

    it('are made for a user, changed with If-Match, exported and deleted, each act recorded', async () => {
      const made = await api
        .http(admin)
        .post('/admin/collections')
        .send({ name: '=Paie', ownerId: colleague.id, visibility: 'private' })
        .expect(201);
      const { id } = made.body as Row;
      await api.http(colleague).get(`/collections/${id}`).expect(200);
      await api.http(admin).get(`/collections/${id}`).expect(404);
      const path = `/admin/collections/${id}`;
      await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ description: 'Bulletins' }).expect(200);
      await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ name: 'Autre' }).expect(412);
      await api.http(admin).patch(path).send({ embeddingModel: 'other' }).expect(400);
      const csv = await api.http(admin).get('/admin/collections/export').query({ 'filter[id]': id, fields: 'name' });
      expect(csv.text).toBe("name\r\n'=Paie\r\n");
      await api.http(admin).delete(path).set('If-Match', 'W/"1"').expect(412);
      await api.http(foreigner).delete(path).expect(404);
      await api.http(admin).delete(path).expect(204);
      await api.http(colleague).get(`/collections/${id}`).expect(404);
      expect(await actsOn(id)).toEqual(['collection.created', 'collection.updated', 'collection.deleted']);
    });

    it('are made for nobody from elsewhere', async () => {
      const collection = { name: 'Paie', ownerId: foreigner.id };
      await api.http(admin).post('/admin/collections').send(collection).expect(404);
      const made = await api.http(superuser).post('/admin/collections').send(collection).expect(201);
      expect(made.body).toMatchObject({ organizationId: foreigner.organizationId });
      await api
        .http(foreigner)
        .get(`/collections/${(made.body as Row).id}`)
        .expect(200);
    });

    it('are handed over by their grants: an administrator reads nothing before that, and owners see it', async () => {
      const id = await library.createCollection();
      const document = await readyDocument(id);
      const grants = `/admin/collections/${id}/grants`;
      await api.http(admin).get(`/documents/${document}/content`).expect(404);
      await api.http(foreigner).put(grants).send({ userId: foreigner.id, role: 'owner' }).expect(404);
      await api.http(admin).put(grants).send({ userId: foreigner.id, role: 'reader' }).expect(404);
      await api.http(admin).delete(grants).query({ userId: owner.id }).expect(409);
      await api.http(admin).put(grants).send({ userId: admin.id, role: 'owner' }).expect(204);
      await api.http(admin).get(`/documents/${document}/content`).expect(200);
      const seen = await api.http(owner).get(`/collections/${id}/grants`).expect(200);
      expect((seen.body as Page).total).toBe(2);
      await api.http(admin).delete(grants).query({ userId: owner.id }).expect(204);
      await api.http(owner).get(`/collections/${id}`).expect(404);
      expect(await actsOn(id)).toEqual(['collection.granted', 'collection.grant_removed']);
    });

    it('are deleted several at a time, each with its own outcome', async () => {
      const id = await library.createCollection();
      const bulk = { action: 'delete', ids: [id, randomUUID()] };
      await api
        .http(admin)
        .post('/admin/collections/bulk')
        .send({ ...bulk, ids: [] })
        .expect(400);
      const done = await api.http(admin).post('/admin/collections/bulk').send(bulk).expect(200);
      expect(done.body).toMatchObject({
        results: [
          { id, outcome: 'done' },
          { outcome: 'failed', problem: { code: 'resource.not_found' } },
        ],
      });
    });
  });

  describe('Documents', () => {
    it('are seen by administrators with their state, never with their text', async () => {
      const secret = `Ornithorynque${randomUUID()}`;
      const id = await readyDocument(await library.createCollection(), `Le mot est ${secret}.`);
      const listed = await api.http(admin).get('/admin/documents').query({ 'filter[id]': id }).expect(200);
      expect(listed.body).toMatchObject({ items: [{ id, status: 'ready', uploadedBy: owner.id }], total: 1 });
      for (const query of [{ format: 'csv' }, { format: 'json' }]) {
        const file = await api.http(admin).get('/admin/documents/export').query(query).expect(200);
        expect(file.text).toContain(id);
        expect(file.text).not.toContain(secret);
      }
      const found = await api.http(admin).get('/admin/documents').query({ q: secret }).expect(200);
      expect((found.body as Page).total).toBe(0);
      await api.http(foreigner).get(`/admin/documents/${id}`).expect(404);
      await api.http(owner).get('/admin/documents').expect(403);
    });

    it('are added as text, renamed with If-Match, and deleted for good', async () => {
      const collectionId = await library.createCollection();
      const text = { collectionId, title: 'Horaires', text: 'L’accueil ouvre à neuf heures.' };
      await api.http(foreigner).post('/admin/documents').send(text).expect(404);
      const added = await api.http(admin).post('/admin/documents').send(text).expect(201);
      const { id } = added.body as Row;
      const again = await api.http(admin).post('/admin/documents').send(text).expect(201);
      expect((again.body as Row).id).toBe(id);
      await library.settled(id);
      const path = `/admin/documents/${id}`;
      const { headers } = await api.http(admin).get(path).expect(200);
      const before = await api.http(owner).get(`/collections/${collectionId}`);
      const version = String(headers.etag);
      await api.http(admin).patch(path).set('If-Match', version).send({ title: 'Ouverture' }).expect(200);
      await api.http(admin).patch(path).set('If-Match', version).send({ title: 'Autre' }).expect(412);
      const after = await api.http(owner).get(`/collections/${collectionId}`);
      expect((after.body as { revision: number }).revision).toBe((before.body as { revision: number }).revision + 1);
      const hits = await api
        .http(owner)
        .post('/search')
        .send({ query: 'accueil ouvre', collectionIds: [collectionId] });
      expect(hits.body).toMatchObject({ hits: [{ documentId: id, title: 'Ouverture' }] });
      await api.http(admin).delete(path).expect(204);
      await api.http(owner).get(`/documents/${id}`).expect(404);
      expect(await actsOn(id)).toEqual(['document.uploaded', 'document.updated', 'document.deleted']);
    });

    it('are ingested again, one or several, by administrators of their organization only', async () => {
      const id = await readyDocument(await library.createCollection());
      await api.http(foreigner).post(`/admin/documents/${id}/reindex`).expect(404);
      await api.http(admin).post(`/admin/documents/${id}/reindex`).expect(202);
      await library.settled(id);
      const bulk = { action: 'reindex', ids: [id] };
      const refused = await api.http(foreigner).post('/admin/documents/bulk').send(bulk).expect(200);
      expect(refused.body).toMatchObject({ results: [{ outcome: 'failed' }] });
      const done = await api.http(superuser).post('/admin/documents/bulk').send(bulk).expect(200);
      expect(done.body).toEqual({ results: [{ id, outcome: 'done' }] });
      expect(await library.settled(id)).toMatchObject({ status: 'ready' });
    });
  });
});
