import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';

import { MessagesRepository } from '../../libs/chat/src/message/messages.repository';
import { Library } from '../ingestion/support/library';

interface Grant {
  readonly userId: string | null;
  readonly groupId: string | null;
  readonly role: string;
  readonly mayDownload: boolean;
}

describe('Groups and grants', () => {
  let api: TestApi;
  let owner: TestUser;
  let reader: TestUser;
  let admin: TestUser;
  let foreigner: TestUser;
  let library: Library;

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.createUser();
    reader = await api.createUser();
    admin = await api.createUser('admin');
    foreigner = await api.createUser('admin', await api.createOrganization());
    library = new Library(api, owner);
  });
  afterAll(() => api.close());

  const grant = (id: string, body: object, as = owner) => api.http(as).put(`/collections/${id}/grants`).send(body);
  const take = (id: string, query: object, as = owner) => api.http(as).delete(`/collections/${id}/grants`).query(query);
  const grantsOf = async (id: string, as = owner): Promise<Grant[]> => {
    const response = await api.http(as).get(`/collections/${id}/grants`).expect(200);
    return (response.body as { items: Grant[] }).items;
  };
  const createGroup = async (name = `Groupe ${randomUUID()}`, as = admin): Promise<string> => {
    const response = await api.http(as).post('/admin/groups').send({ name }).expect(201);
    return (response.body as { id: string }).id;
  };
  const readableDocument = async (collectionId: string): Promise<string> => {
    const id = await library.add(
      collectionId,
      `${randomUUID()}.txt`,
      Buffer.from(`Le code du coffre est ${randomUUID()}.`),
    );
    await library.settled(id);
    return id;
  };
  const audited = async (action: string, resourceId: string): Promise<number> => {
    const rows = await api.app
      .get(UnitOfWork)
      .query(`SELECT 1 FROM audit_log WHERE action = $1 AND resource_id = $2`, [action, resourceId]);
    return rows.length;
  };

  describe('Grants', () => {
    it('make whoever makes a collection its owner', async () => {
      const id = await library.createCollection();
      expect(await grantsOf(id)).toEqual([
        expect.objectContaining({ userId: owner.id, groupId: null, role: 'owner', mayDownload: true }),
      ]);
    });

    it('count from the next request on, given and taken back', async () => {
      const id = await library.createCollection();
      const path = `/collections/${id}`;
      await api.http(reader).get(path).expect(404);
      await grant(id, { userId: reader.id, role: 'reader' }).expect(204);
      await api.http(reader).get(path).expect(200);
      await take(id, { userId: reader.id }).expect(204);
      await api.http(reader).get(path).expect(404);
      expect(await audited('collection.granted', id)).toBe(1);
      expect(await audited('collection.grant_removed', id)).toBe(1);
    });

    it('let a reader read, an editor change documents, an owner everything', async () => {
      const id = await library.createCollection();
      const write = () =>
        api.http(reader).post(`/collections/${id}/documents/text`).send({ title: 'a', text: randomUUID() });
      const rename = () => api.http(reader).patch(`/collections/${id}`).send({ name: 'b' });
      await grant(id, { userId: reader.id, role: 'reader' }).expect(204);
      await write().expect(403);
      await rename().expect(403);
      await api.http(reader).get(`/collections/${id}/grants`).expect(403);
      await grant(id, { userId: reader.id, role: 'editor' }).expect(204);
      await write().expect(202);
      await rename().expect(403);
      await grant(id, { userId: owner.id, role: 'reader' }, reader).expect(403);
      await grant(id, { userId: reader.id, role: 'owner' }).expect(204);
      await rename().expect(200);
      await grant(id, { userId: owner.id, role: 'reader' }, reader).expect(204);
      await api.http(owner).delete(`/collections/${id}`).expect(403);
      await api.http(reader).delete(`/collections/${id}`).expect(204);
    });

    it('never leave a collection without an owner', async () => {
      const id = await library.createCollection();
      const group = await createGroup();
      await grant(id, { groupId: group, role: 'owner' }).expect(204);
      const refused = await take(id, { userId: owner.id }).expect(409);
      expect(refused.body).toMatchObject({ code: 'collection.last_owner' });
      await grant(id, { userId: owner.id, role: 'editor' }).expect(409);
      await grant(id, { userId: reader.id, role: 'owner' }).expect(204);
      const both = await Promise.all([take(id, { userId: owner.id }), take(id, { userId: reader.id }, reader)]);
      expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    });

    it('are refused for strangers, for two at once and for nobody', async () => {
      const id = await library.createCollection();
      await grant(id, { userId: foreigner.id, role: 'reader' }).expect(404);
      await grant(id, { groupId: await createGroup(undefined, foreigner), role: 'reader' }).expect(404);
      await grant(id, { userId: reader.id, groupId: reader.id, role: 'reader' }).expect(400);
      await grant(id, { role: 'reader' }).expect(400);
      await grant(id, { userId: reader.id, role: 'editor', mayDownload: false }).expect(400);
      await grant(id, { userId: reader.id, role: 'king' }).expect(400);
      await take(id, {}).expect(400);
      expect(await grantsOf(id)).toHaveLength(1);
      await api.http(foreigner).get(`/collections/${id}/grants`).expect(404);
      await api.http(admin).get(`/collections/${id}/grants`).expect(404);
    });

    it('cannot join two organizations, not even by SQL', async () => {
      const id = await library.createCollection();
      const insert = api.app
        .get(UnitOfWork)
        .query(
          `INSERT INTO collection_grant (id, organization_id, collection_id, user_id, role) VALUES ($1, $2, $3, $4, 'reader')`,
          [randomUUID(), owner.organizationId, id, foreigner.id],
        );
      await expect(insert).rejects.toThrow('foreign key');
    });

    it('are managed by an administrator where the organization sees the collection', async () => {
      const id = await library.createCollection('organization');
      await grant(id, { userId: reader.id, role: 'editor' }, admin).expect(204);
      expect(await grantsOf(id, admin)).toHaveLength(2);
    });
  });

  describe('Without the right to download', () => {
    it('a document is found and cited, and neither its text nor its file is handed out', async () => {
      const id = await library.createCollection();
      const document = await readableDocument(id);
      await grant(id, { userId: reader.id, role: 'reader', mayDownload: false }).expect(204);
      for (const part of ['file', 'content', 'chunks']) {
        const refused = await api.http(reader).get(`/documents/${document}/${part}`).expect(403);
        expect(refused.body).toMatchObject({ code: 'document.download_forbidden' });
      }
      await api.http(reader).get(`/documents/${document}`).expect(200);
      const found = await api.http(reader).post('/search').send({ query: 'code du coffre' }).expect(200);
      expect(found.body).toMatchObject({ hits: [{ documentId: document }] });
      const answer = await api.http(reader).post('/chat').send({ message: 'Quel est le code du coffre ?' }).expect(200);
      expect(answer.body).toMatchObject({ grounded: true, citations: [{ documentId: document }] });
    });

    it('one grant that allows it is enough', async () => {
      const id = await library.createCollection();
      const document = await readableDocument(id);
      const group = await createGroup();
      await api.http(admin).put(`/admin/groups/${group}/members/${reader.id}`).expect(204);
      await grant(id, { userId: reader.id, role: 'reader', mayDownload: false }).expect(204);
      await grant(id, { groupId: group, role: 'reader' }).expect(204);
      await api.http(reader).get(`/documents/${document}/content`).expect(200);
      await api.http(admin).delete(`/admin/groups/${group}/members/${reader.id}`).expect(204);
      await api.http(reader).get(`/documents/${document}/content`).expect(403);
    });
  });

  describe('A grant that is taken back', () => {
    it('takes back stored answers, the history a model would be given, and gives them again with the grant', async () => {
      const id = await library.createCollection();
      await readableDocument(id);
      await grant(id, { userId: reader.id, role: 'reader' }).expect(204);
      const question = { message: 'Quel est le code du coffre ?', collectionIds: [id] };
      const asked = await api.http(reader).post('/chat').send(question).expect(200);
      const { id: answerId, content } = asked.body as { id: string; content: string };
      const read = async () => (await api.http(reader).get(`/messages/${answerId}`).expect(200)).body as object;
      const history = () => {
        const principal: Principal = { ...reader, role: 'user', sessionId: randomUUID(), locale: 'fr' };
        return api.app.get(MessagesRepository, { strict: false }).branch(principal, answerId);
      };
      expect(await read()).toMatchObject({ content, grounded: true });
      expect(await history()).toHaveLength(2);
      await take(id, { userId: reader.id }).expect(204);
      expect(await read()).toMatchObject({ withheld: true, grounded: false, citations: [], sources: [] });
      expect(await history()).toEqual([{ role: 'user', content: question.message }]);
      await grant(id, { userId: reader.id, role: 'reader' }).expect(204);
      expect(await read()).toMatchObject({ content, grounded: true });
    });
  });

  describe('Groups', () => {
    it('are made, read, renamed and removed by administrators', async () => {
      const id = await createGroup('Ressources humaines');
      const path = `/admin/groups/${id}`;
      await api.http(admin).post('/admin/groups').send({ name: 'RESSOURCES humaines' }).expect(409);
      await api.http(foreigner).post('/admin/groups').send({ name: 'Ressources humaines' }).expect(201);
      await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ description: 'Paie' }).expect(200);
      await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ description: 'Autre' }).expect(412);
      const listed = await api.http(admin).get('/admin/groups').query({ q: 'humaines' }).expect(200);
      expect(listed.body).toMatchObject({
        items: [{ id, name: 'Ressources humaines', description: 'Paie' }],
        total: 1,
      });
      await api.http(foreigner).get(path).expect(404);
      await api.http(reader).get(path).expect(403);
      await api.http(admin).delete(path).expect(204);
      await api.http(admin).get(path).expect(404);
      for (const action of ['group.created', 'group.updated', 'group.deleted'])
        expect(await audited(action, id)).toBe(1);
    });

    it('give their members what was granted to them, and nothing more once they left', async () => {
      const id = await library.createCollection();
      const group = await createGroup();
      const members = `/admin/groups/${group}/members`;
      await grant(id, { groupId: group, role: 'reader' }).expect(204);
      await api.http(reader).get(`/collections/${id}`).expect(404);
      for (let twice = 0; twice < 2; twice += 1) await api.http(admin).put(`${members}/${reader.id}`).expect(204);
      await api.http(reader).get(`/collections/${id}`).expect(200);
      const listed = await api.http(admin).get(members).expect(200);
      expect(listed.body).toMatchObject({ items: [{ userId: reader.id, email: reader.email }], total: 1, page: 1 });
      await api.http(admin).delete(`${members}/${reader.id}`).expect(204);
      await api.http(reader).get(`/collections/${id}`).expect(404);
      expect(await audited('group.member_added', group)).toBe(1);
      expect(await audited('group.member_removed', group)).toBe(1);
    });

    it('take their grants with them', async () => {
      const id = await library.createCollection();
      const group = await createGroup();
      await grant(id, { groupId: group, role: 'reader' }).expect(204);
      await api.http(admin).put(`/admin/groups/${group}/members/${reader.id}`).expect(204);
      await api.http(admin).delete(`/admin/groups/${group}`).expect(204);
      await api.http(reader).get(`/collections/${id}`).expect(404);
      expect(await grantsOf(id)).toHaveLength(1);
    });

    it('are exported, and deleted several at a time, by administrators of their organization', async () => {
      const [first, second] = [await createGroup('+1 groupe'), await createGroup('Deux')];
      const csv = await api.http(admin).get('/admin/groups/export').query({ 'filter[id]': first }).expect(200);
      expect(csv.headers['content-disposition']).toBe('attachment; filename="group.csv"');
      expect(csv.text.split('\r\n')[1]).toContain(`${first},${admin.organizationId},'+1 groupe,`);
      const elsewhere = await api.http(foreigner).get('/admin/groups/export').query({ format: 'json' }).expect(200);
      expect(elsewhere.text).not.toContain(first);
      const bulk = { action: 'delete', ids: [first, second] };
      const refused = await api.http(foreigner).post('/admin/groups/bulk').send(bulk).expect(200);
      expect(refused.body).toMatchObject({ results: [{ outcome: 'failed' }, { outcome: 'failed' }] });
      const done = await api.http(admin).post('/admin/groups/bulk').send(bulk).expect(200);
      expect(done.body).toEqual({ results: bulk.ids.map((id) => ({ id, outcome: 'done' })) });
      expect(await audited('group.deleted', second)).toBe(1);
    });

    it('take in and let go several at a time, also at the hand of a superuser from elsewhere', async () => {
      const group = await createGroup();
      const superuser = await api.createUser('superuser', foreigner.organizationId);
      const bulk = async (as: TestUser, action: string) =>
        (
          await api
            .http(as)
            .post(`/admin/groups/${group}/members/bulk`)
            .send({ action, ids: [reader.id, foreigner.id] })
            .expect(200)
        ).body as unknown;
      const members = async () =>
        (await api.http(admin).get(`/admin/groups/${group}/members`).expect(200)).body as unknown;
      expect(await bulk(admin, 'add')).toMatchObject({ results: [{ outcome: 'done' }, { outcome: 'failed' }] });
      expect(await members()).toMatchObject({ total: 1 });
      await bulk(admin, 'remove');
      expect(await members()).toMatchObject({ total: 0 });
      expect(await bulk(superuser, 'add')).toMatchObject({ results: [{ outcome: 'done' }, { outcome: 'failed' }] });
      expect(await members()).toMatchObject({ items: [{ userId: reader.id }] });
      expect(await bulk(foreigner, 'remove')).toMatchObject({
        results: [{ outcome: 'failed' }, { outcome: 'failed' }],
      });
    });

    it('take in nobody from elsewhere', async () => {
      const group = await createGroup();
      await api.http(admin).put(`/admin/groups/${group}/members/${foreigner.id}`).expect(404);
      await api.http(foreigner).put(`/admin/groups/${group}/members/${foreigner.id}`).expect(404);
      await api.http(foreigner).get(`/admin/groups/${group}/members`).expect(404);
    });
  });
});
