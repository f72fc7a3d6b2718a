import { UnitOfWork } from '#libs/database';
import { VectorStore } from '#libs/vector-store';
import { TestApi, type TestUser } from '#test/support/api';

import { eventually, Library } from './support/library';

interface Receipt {
  readonly kind: string;
  readonly subjectId: string;
  readonly collectionId: string;
  readonly chunksBefore: number | null;
  readonly vectorsBefore: number | null;
  readonly filesBefore: number | null;
  readonly chunksAfter: number | null;
  readonly vectorsAfter: number | null;
  readonly filesAfter: number | null;
  readonly completedAt: string | null;
}

const TEXT = Array.from(
  { length: 120 },
  (_, place) => `Article ${String(place)}. Le preneur entretient les lieux loués.`,
).join(' ');

describe('What is left of what was deleted', () => {
  let api: TestApi;
  let admin: TestUser;
  let library: Library;
  let collectionId: string;

  beforeAll(async () => {
    api = await TestApi.start();
    admin = await api.createUser('admin');
    library = new Library(api, admin);
  });
  beforeEach(async () => {
    collectionId = await library.createCollection('organization');
  });
  afterAll(() => api.close());

  const receiptOf = async (subjectId: string): Promise<Receipt> => {
    const find = async () => {
      const answer = await api
        .http(admin)
        .get('/admin/deletion-receipts')
        .query({ 'filter[subjectId]': subjectId })
        .expect(200);
      return (answer.body as { items: Receipt[] }).items[0];
    };
    const receipt = await eventually(find, (found) => found?.completedAt != null);
    return receipt!;
  };
  const addReady = async (name: string): Promise<number> => {
    const id = await library.add(collectionId, name, Buffer.from(`${name}. ${TEXT}`));
    const { status, chunkCount } = await library.settled(id);
    expect(status).toBe('ready');
    return chunkCount;
  };

  it('a receipt counts the passages, vectors and file of a document before and after', async () => {
    const id = await library.add(collectionId, 'bail.txt', Buffer.from(TEXT));
    const { chunkCount } = await library.settled(id);
    await api.http(admin).delete(`/documents/${id}`).expect(204);
    expect(await receiptOf(id)).toMatchObject({
      ...{ kind: 'document', subjectId: id, collectionId },
      ...{ chunksBefore: chunkCount, vectorsBefore: chunkCount, filesBefore: 1 },
      ...{ chunksAfter: 0, vectorsAfter: 0, filesAfter: 0 },
    });
    expect(chunkCount).toBeGreaterThan(1);
  });

  it('and those of a collection', async () => {
    const chunks = (await addReady('a.txt')) + (await addReady('b.txt'));
    await api.http(admin).delete(`/collections/${collectionId}`).expect(204);
    expect(await receiptOf(collectionId)).toMatchObject({
      ...{ kind: 'collection', subjectId: collectionId },
      ...{ chunksBefore: chunks, vectorsBefore: chunks, filesBefore: 2 },
      ...{ chunksAfter: 0, vectorsAfter: 0, filesAfter: 0 },
    });
  });

  it('only administrators read receipts', async () => {
    await api
      .http(await api.createUser())
      .get('/admin/deletion-receipts')
      .expect(403);
  });

  it('an administrator sees whether everything agrees, and where it does not', async () => {
    await addReady('c.txt');
    const look = async () => (await api.http(admin).get('/admin/consistency').expect(200)).body as object;
    expect(await look()).toMatchObject({ isConsistent: true, orphanVectors: 0, incompleteDocuments: [] });
    const [space] = await api.app
      .get(UnitOfWork)
      .query<{ organizationId: string; embeddingModel: string; dimension: number }>(
        `SELECT organization_id AS "organizationId", embedding_model AS "embeddingModel", embedding_dimension AS dimension
         FROM collection WHERE id = $1`,
        [collectionId],
      );
    const vectors = api.app.get(VectorStore);
    const ids: string[] = [];
    for await (const page of vectors.listIds({ ...space!, collectionId })) ids.push(...page);
    await vectors.remove({ ...space!, collectionId }, ids);
    expect(await look()).toMatchObject({ isConsistent: false, incompleteDocuments: [expect.any(String)] });
    await api
      .http(await api.createUser())
      .get('/admin/consistency')
      .expect(403);
  });
});
