import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import type { ExplanationView } from '#libs/retrieval';
import { Knowledge, type CollectionFixture } from '#test/retrieval/knowledge';
import { TestApi, type TestUser } from '#test/support/api';

const QUERY = 'Un jour de congé est-il accordé pour un déménagement ?';
const TEXT = 'Un jour de congé est accordé pour un déménagement.';

describe('Why somebody else does not find a document', () => {
  let api: TestApi;
  let knowledge: Knowledge;
  let admin: TestUser;
  let person: TestUser;
  let owner: TestUser;
  let collection: CollectionFixture;
  let document: string;

  beforeAll(async () => {
    api = await TestApi.start();
    knowledge = new Knowledge(api.app.get(UnitOfWork));
    const organizationId = await api.createOrganization();
    admin = await api.createUser('admin', organizationId);
    owner = await api.createUser('user', organizationId);
  });
  afterAll(() => api.close());

  beforeEach(async () => {
    person = await api.createUser('user', admin.organizationId);
    collection = await knowledge.collection(owner);
    document = await knowledge.document(collection, [TEXT], 'Guide');
  });

  const ask = (body: object = {}, as = admin) =>
    api
      .http(as)
      .post('/admin/retrieval/explain')
      .send({ userId: person.id, query: QUERY, expectedDocumentId: document, ...body });
  const explain = async (body: object = {}): Promise<ExplanationView> =>
    (await ask(body).expect(200)).body as ExplanationView;
  const grant = (to: TestUser) =>
    api
      .http(admin)
      .put(`/admin/collections/${collection.id}/grants`)
      .send({ userId: to.id, role: 'reader' })
      .expect(204);

  it('is a missing right, which names the collection to grant', async () => {
    const told = await explain();
    expect(told).toMatchObject({ found: false, stage: 'no_right', place: null, position: { fused: null } });
    expect(told.advice).toContain(`/admin/collections/${collection.id}/grants`);
  });

  it('tells nothing that depends on what a document says that the administrator may not read', async () => {
    await grant(person);
    const told = await explain();
    expect(told).toMatchObject({ stage: 'undisclosed', place: null, trace: { found: 0, candidates: [] } });
    const { trace: _, ...other } = await explain({ query: 'Qui paie le parking souterrain ?' });
    expect(told).toMatchObject(other);
  });

  it('is the stage that the person would be told, once both may read the document', async () => {
    await grant(person);
    await grant(admin);
    expect(await explain()).toMatchObject({ found: true, stage: 'none', place: 1 });
    const mine = { query: QUERY, expectedDocumentId: document };
    const told = await api.http(person).post('/retrieval/explain').send(mine).expect(200);
    expect(await explain()).toEqual(told.body);
    await knowledge.uow.query('UPDATE chunk SET is_disabled = true WHERE document_id = $1', [document]);
    expect(await explain()).toMatchObject({ stage: 'disabled' });
  });

  it('is the same whatever else the person may read', async () => {
    await grant(person);
    await grant(admin);
    const before = await explain({ limit: 1 });
    const secret = await knowledge.collection(person);
    const better = Array.from({ length: 20 }, (_, at) => `Congé de déménagement, déménagement, congé : règle ${at}.`);
    const hidden = await knowledge.document(secret, better, 'Privé');
    expect(await explain({ limit: 1 })).toEqual(before);
    expect(await explain({ expectedDocumentId: hidden })).toMatchObject({ stage: 'undisclosed' });
    await ask({ collectionIds: [secret.id] }).expect(404);
  });

  it('is recorded by ids, not by what was asked', async () => {
    await explain();
    const entries = await knowledge.uow.query<{ entry: string }>(
      `SELECT row_to_json(a)::text AS entry FROM audit_log a WHERE action = 'retrieval.explained' AND resource_id = $1`,
      [document],
    );
    expect(entries).toHaveLength(1);
    const entry = JSON.parse(entries[0]!.entry) as object;
    expect(entry).toMatchObject({ actor_id: admin.id, outcome: 'succeeded', after: { userId: person.id } });
    expect(entries[0]!.entry).not.toContain('déménagement');
  });

  it('is told inside an organization only, and to administrators', async () => {
    const elsewhere = await api.createUser('superuser', await api.createOrganization());
    await ask({}, elsewhere).expect(404);
    await ask({ userId: elsewhere.id }).expect(404);
    await ask({ expectedDocumentId: randomUUID() }).expect(404);
    await ask({ userId: elsewhere.id, expectedDocumentId: document }, elsewhere).expect(404);
    await ask({}, owner).expect(403);
  });
});
