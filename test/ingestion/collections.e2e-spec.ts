import { randomUUID } from 'node:crypto';

import { CollectionAccess, CollectionEntity, ReadableCollections } from '#libs/ingestion';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';

import { eventually, Library } from './support/library';

const principalOf = ({ id, organizationId }: TestUser, role: Principal['role'] = 'user'): Principal => ({
  id,
  organizationId,
  role,
  sessionId: randomUUID(),
  locale: 'fr',
});

describe('Collections over HTTP', () => {
  let api: TestApi;
  let owner: TestUser;
  let colleague: TestUser;
  let admin: TestUser;
  let foreigner: TestUser;
  let library: Library;

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.createUser();
    colleague = await api.createUser();
    admin = await api.createUser('admin');
    foreigner = await api.createUser('admin', await api.createOrganization());
    library = new Library(api, owner);
  });
  afterAll(() => api.close());

  const codeOf = (response: { readonly body: unknown }): string => (response.body as { code: string }).code;

  it('remembers the embedding model of the day', async () => {
    const response = await api.http(owner).post('/collections').send({ name: 'Notes' }).expect(201);
    expect(response.body).toMatchObject({
      ownerId: owner.id,
      name: 'Notes',
      description: '',
      visibility: 'private',
      embeddingModel: expect.stringMatching(/^builtin:/) as string,
      embeddingDimension: 768,
      revision: 0,
      version: 1,
    });
    expect(response.headers['etag']).toBe('W/"1"');
  });

  it('refuses what is no field, no name or no visibility', async () => {
    for (const input of [{ name: '' }, { name: 'a', visibility: 'world' }, { name: 'a', ownerId: owner.id }, {}]) {
      expect(codeOf(await api.http(owner).post('/collections').send(input).expect(400))).toBe('request.invalid');
    }
  });

  it('is changed by its owner, with If-Match when two may do it at once', async () => {
    const id = await library.createCollection();
    const path = `/collections/${id}`;
    await api.http(owner).patch(path).set('If-Match', 'W/"1"').send({ name: 'Autre' }).expect(200);
    expect(codeOf(await api.http(owner).patch(path).set('If-Match', 'W/"1"').send({ name: 'X' }).expect(412))).toBe(
      'resource.stale',
    );
    const response = await api.http(owner).patch(path).send({ visibility: 'organization' }).expect(200);
    expect(response.body).toMatchObject({ name: 'Autre', visibility: 'organization', version: 3 });
    await api.http(owner).delete(path).set('If-Match', 'W/"2"').expect(412);
    await api.http(owner).delete(path).set('If-Match', 'W/"3"').expect(204);
  });

  it('is unknown to others while it is private', async () => {
    const id = await library.createCollection('private');
    for (const other of [colleague, admin, foreigner]) {
      const http = () => api.http(other);
      expect(codeOf(await http().get(`/collections/${id}`).expect(404))).toBe('collection.not_found');
      await http().patch(`/collections/${id}`).send({ name: 'x' }).expect(404);
      await http().delete(`/collections/${id}`).expect(404);
      await http().post(`/collections/${id}/documents/text`).send({ title: 'a', text: 'b' }).expect(404);
    }
  });

  it('is read by the organization and changed by its administrators when it is visible to it', async () => {
    const id = await library.createCollection('organization');
    await api.http(colleague).get(`/collections/${id}`).expect(200);
    expect(codeOf(await api.http(colleague).patch(`/collections/${id}`).send({ name: 'x' }).expect(403))).toBe(
      'collection.read_only',
    );
    await api.http(colleague).post(`/collections/${id}/documents/text`).send({ title: 'a', text: 'b' }).expect(403);
    await api.http(admin).patch(`/collections/${id}`).send({ name: 'x' }).expect(200);
    await api.http(foreigner).get(`/collections/${id}`).expect(404);
  });

  it('lists what the caller may read, and nothing else', async () => {
    const name = `Liste ${randomUUID()}`;
    const own = await library.createCollection('private', name);
    const shared = await library.createCollection('organization', name);
    const idsFor = async (user: TestUser): Promise<string[]> => {
      const response = await api.http(user).get('/collections').query({ q: name, sort: 'createdAt' }).expect(200);
      return (response.body as { items: { id: string }[] }).items.map(({ id }) => id);
    };
    expect(await idsFor(owner)).toEqual([own, shared]);
    expect(await idsFor(colleague)).toEqual([shared]);
    expect(await idsFor(foreigner)).toEqual([]);
  });

  it('gives the same answer in SQL and row by row', async () => {
    const readable = api.app.get(ReadableCollections, { strict: false });
    const access = api.app.get(CollectionAccess, { strict: false });
    const all = await api.app.get(UnitOfWork).repository(CollectionEntity).find();
    expect(all.length).toBeGreaterThan(3);
    for (const user of [owner, colleague, admin, foreigner]) {
      const principal = principalOf(user);
      const listed = new Set((await readable.list(principal)).map(({ id }) => id));
      for (const { id } of all) {
        const byRow = await access.getReadable(principal, id).then(
          () => true,
          () => false,
        );
        expect(byRow).toBe(listed.has(id));
      }
    }
  });

  it('names the readable ones asked for, or says that one is not', async () => {
    const readable = api.app.get(ReadableCollections, { strict: false });
    const id = await library.createCollection();
    const found = await readable.list(principalOf(owner), [id, id]);
    expect(found).toMatchObject([{ id, organizationId: owner.organizationId, name: 'Notes', revision: 0 }]);
    await expect(readable.list(principalOf(colleague), [id])).rejects.toMatchObject({ code: 'collection.not_found' });
    expect(await readable.list(principalOf(owner), [])).toEqual([]);
  });

  it('disappears at once with its documents, and later without a trace', async () => {
    const id = await library.createCollection();
    const documentId = await library.add(id, 'a.txt', Buffer.from('Un texte.'));
    await library.settled(documentId);
    await api.http(owner).delete(`/collections/${id}`).expect(204);
    await api.http(owner).get(`/collections/${id}`).expect(404);
    await api.http(owner).get(`/documents/${documentId}`).expect(404);
    const uow = api.app.get(UnitOfWork);
    const rows = (): Promise<unknown[]> =>
      uow.query('SELECT id FROM collection WHERE id = $1 UNION SELECT id FROM document WHERE collection_id = $1', [id]);
    expect(await eventually(rows, ({ length }) => length === 0)).toEqual([]);
  });
});
