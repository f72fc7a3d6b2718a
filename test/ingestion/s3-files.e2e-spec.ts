import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { ConsistencyCheck, isConsistent } from '#libs/ingestion';
import { TestApi, type TestUser } from '#test/support/api';
import { makePdf } from '#test/support/fixtures';

import { S3ProtocolServer } from '../support/s3-server';
import { eventually, Library } from './support/library';

const PREFIX = 'my-ia';
const NOTE = 'La cantine ouvre à midi. Elle ferme à quatorze heures.';

describe('Documents whose files lie in a bucket', () => {
  let s3: S3ProtocolServer;
  let api: TestApi;
  let user: TestUser;
  let library: Library;

  beforeAll(async () => {
    s3 = await S3ProtocolServer.start();
    api = await TestApi.start({ ...s3.environment, S3_PREFIX: PREFIX, S3_TIMEOUT_SECONDS: '5' });
    user = await api.createUser();
    library = new Library(api, user);
  });
  afterEach(() => s3.heal());
  afterAll(async () => {
    await api.close();
    await s3.stop();
  });

  const download = async (id: string): Promise<Buffer> =>
    (await api.http(user).get(`/documents/${id}/file`).responseType('blob').expect(200)).body as Buffer;
  const emptied = (): Promise<string[]> =>
    eventually(
      () => Promise.resolve(s3.keys),
      (keys) => keys.length === 0,
    );

  it('are uploaded, made ready, downloaded, deleted and purged, and nothing lies in the folder', async () => {
    const collectionId = await library.createCollection();
    const pdf = makePdf(['Le coffre est au sous-sol.', 'La clé est chez le gardien.']);
    const id = await library.add(collectionId, 'coffre.pdf', pdf);
    expect(await library.settled(id)).toMatchObject({ status: 'ready', pageCount: 2 });
    expect(s3.keys).toEqual([`${PREFIX}/${user.organizationId}/${id}`]);
    expect(pdf.equals(await download(id))).toBe(true);
    expect(await readdir(join(api.env.DATA_DIR!, 'tmp'))).toEqual([]);
    expect(await readdir(api.env.DATA_DIR!)).not.toContain('files');
    await api.http(user).delete(`/documents/${id}`).expect(204);
    await emptied();
  });

  it('go with their collection', async () => {
    const collectionId = await library.createCollection();
    const { items } = await library.upload(collectionId, { 'a.txt': Buffer.from(NOTE), 'b.md': Buffer.from('# Deux') });
    for (const { id } of items) await library.settled(id);
    expect(s3.keys).toHaveLength(2);
    await api.http(user).delete(`/collections/${collectionId}`).expect(204);
    await emptied();
  });

  it('may be larger than one request takes', async () => {
    const collectionId = await library.createCollection();
    const large = Buffer.from(`${NOTE}\n${'-'.repeat(99)}\n`.repeat(42_000));
    const id = await library.add(collectionId, 'grand.txt', large);
    expect(s3.operations()).toContain('CompleteMultipartUpload');
    expect(large.equals(await download(id))).toBe(true);
    await api.http(user).delete(`/documents/${id}`).expect(204);
    await emptied();
  });

  it('leave nothing of a file that is refused', async () => {
    const collectionId = await library.createCollection();
    const film = Buffer.from('000000206674797069736f6d0000020069736f6d69736f3261766331', 'hex');
    const { items } = await library.upload(collectionId, { 'a.txt': Buffer.from(NOTE), 'film.mp4': film });
    expect(items.map(({ status }) => status)).toEqual(['queued', 'rejected']);
    expect(s3.keys).toEqual([`${PREFIX}/${user.organizationId}/${items[0]!.id}`]);
    await library.settled(items[0]!.id);
    await api.http(user).delete(`/documents/${items[0]!.id}`).expect(204);
    await emptied();
  });

  it('are held against their rows by the consistency check, which leaves others’ files alone', async () => {
    const collectionId = await library.createCollection();
    const [kept, lost] = [
      await library.add(collectionId, 'a.txt', Buffer.from(NOTE)),
      await library.add(collectionId, 'b.txt', Buffer.from('Un autre texte.')),
    ];
    for (const id of [kept, lost]) await library.settled(id);
    const check = api.app.get(ConsistencyCheck);
    expect(isConsistent(await check.run())).toBe(true);
    const [orphan, foreign] = [`${PREFIX}/${kept}/${kept}`, 'autre/fichier.txt'];
    for (const key of [orphan, foreign]) {
      s3.store.put(key, Buffer.from('x'));
      s3.store.get(key).modifiedAt = new Date(0);
    }
    s3.store.uploads.get(s3.store.begin(orphan))!.begunAt = new Date(0);
    s3.store.objects.delete(`${PREFIX}/${user.organizationId}/${lost}`);
    const report = await check.run({ repair: true });
    expect(report).toMatchObject({ documentsWithoutFile: [lost], orphanFiles: [`${kept}/${kept}`], repaired: 2 });
    expect(s3.keys.toSorted()).toEqual([foreign, `${PREFIX}/${user.organizationId}/${kept}`].toSorted());
    expect(s3.store.uploads.size).toBe(0);
  });

  describe('while the store is away', () => {
    it('are neither taken nor given, and the caller is told to come back', async () => {
      const collectionId = await library.createCollection();
      const id = await library.add(collectionId, 'a.txt', Buffer.from('Une troisième note.'));
      await library.settled(id);
      s3.failAt(1, 'error', Infinity);
      const post = api.http(user).post(`/collections/${collectionId}/documents`);
      const refused = await post.attach('files', Buffer.from(NOTE), 'b.txt').expect(503);
      expect(refused.body).toMatchObject({ code: 'file_store.unavailable' });
      await api.http(user).get(`/documents/${id}/file`).expect(503);
      await api.http(user).get(`/documents/${id}`).expect(200);
    });

    it('leave the product ready, and the readiness says what is missing', async () => {
      s3.failAt(1, 'error', Infinity);
      const readiness = (await (await fetch(`${api.url}/health/ready`)).json()) as { dependencies: object };
      expect(readiness).toMatchObject({ status: 'degraded', dependencies: { files: { state: 'down' } } });
      s3.heal();
      const after = (await (await fetch(`${api.url}/health/ready`)).json()) as { dependencies: object };
      expect(after.dependencies).toMatchObject({ files: { state: 'up' } });
    });
  });
});
