import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';

import { StorageConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

import { RegisterBatch } from '../../libs/ingestion/src/upload/register-batch';
import { eventsOf } from './support/events-of';
import { eventually, Library } from './support/library';

interface Item {
  readonly id?: string;
  readonly filename: string;
  readonly status: string;
  readonly duplicateOf?: string;
  readonly problem?: { readonly code: string; readonly title: string; readonly detail: string };
}

interface Batch {
  readonly batchId: string;
  readonly items: readonly Item[];
}

interface Verification {
  readonly chains: readonly { readonly entries: number }[];
}

type Files = readonly (readonly [name: string, content: string | Buffer])[];

const FILM = Buffer.from('000000206674797069736f6d0000020069736f6d69736f3261766331', 'hex');
const TOO_LARGE = Buffer.alloc(3 * 1024 * 1024, 'a');

/** One form, as a browser sends it; supertest would open a stream for each of a thousand files. */
const formOf = (files: Files): Buffer =>
  Buffer.concat([
    ...files.map(([name, content]) =>
      Buffer.concat([
        Buffer.from(`--limit\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]),
    ),
    Buffer.from('--limit--\r\n'),
  ]);

describe('A batch of files', () => {
  let api: TestApi;
  let user: TestUser;
  let library: Library;
  let collectionId: string;

  beforeAll(async () => {
    api = await TestApi.start({ MAX_UPLOAD_MB: '1' });
  });
  beforeEach(async () => {
    user = await api.createUser('user', await api.createOrganization());
    library = new Library(api, user);
    collectionId = await library.createCollection();
  });
  afterAll(() => api.close());

  const post = (files: Files, into = collectionId, headers: Readonly<Record<string, string>> = {}) =>
    api
      .http(user)
      .post(`/collections/${into}/documents`)
      .set({ 'Content-Type': 'multipart/form-data; boundary=limit', 'Accept-Language': 'en', ...headers })
      .send(formOf(files));
  const upload = async (files: Files, into?: string): Promise<Batch> =>
    (await post(files, into).expect(202)).body as Batch;
  const progressOf = async ({ batchId }: Batch): Promise<Record<string, unknown>[]> => {
    const path = `/collections/${collectionId}/batches/${batchId}/events`;
    return eventsOf((await api.http(user).get(path).buffer(true).expect(200)).text).map(({ data }) => data);
  };
  const stored = async (): Promise<number> => {
    const { filesDirectory } = api.app.get(StorageConfig);
    return (await readdir(`${filesDirectory}/${user.organizationId}`).catch(() => [])).length;
  };
  const allow = async (limits: string): Promise<void> => {
    const id = randomUUID();
    const uow = api.app.get(UnitOfWork);
    await uow.query(
      `INSERT INTO plan (id, organization_id, code, name, features, documents, storage_bytes)
       VALUES ($1, '00000000-0000-0000-0000-000000000000', 'p-' || gen_random_uuid(), 'Essai', '{}', ${limits})`,
      [id],
    );
    await uow.query(`UPDATE organization SET plan_id = $2 WHERE id = $1`, [user.organizationId, id]);
  };
  const counted = async (): Promise<unknown> =>
    api.app
      .get(UnitOfWork)
      .query(
        `SELECT meter, used::integer, reserved::integer FROM quota_counter WHERE organization_id = $1 ORDER BY meter`,
        [user.organizationId],
      );

  it('gives each file its own answer: one that cannot be taken keeps no other from it', async () => {
    const { items } = await upload([
      ['un.txt', 'Une première note.'],
      ['plan.pdf', FILM],
      ['gros.txt', TOO_LARGE],
      ['vide.txt', ''],
      ['deux.txt', 'Une deuxième note.'],
    ]);
    expect(items.map(({ filename, status }) => `${filename} ${status}`)).toEqual([
      'un.txt queued',
      'plan.pdf rejected',
      'gros.txt rejected',
      'vide.txt rejected',
      'deux.txt queued',
    ]);
    expect(items.map(({ problem }) => problem?.code)).toEqual([
      undefined,
      'document.unsupported_type',
      'document.too_large',
      'document.empty',
      undefined,
    ]);
    expect(items[2]?.problem).toMatchObject({ title: 'File too large', detail: expect.stringContaining('"gros.txt" exceeds 1 MiB') as string }); // prettier-ignore
    expect(items[1]).not.toHaveProperty('id');
    for (const { id } of items) if (id) expect(await library.settled(id)).toMatchObject({ status: 'ready' });
    expect(await stored()).toBe(2);
  });

  it('answers with 202 also when none of several files can be taken', async () => {
    const batch = await upload([['a.txt', ''], ['b.txt', '']]); // prettier-ignore
    expect(batch.items.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await progressOf(batch)).toEqual([
      expect.objectContaining({ files: 2, rejected: 2, documents: 0, progress: 1 }),
    ]);
  });

  it('is followed from its first document to its last', async () => {
    const files = Array.from({ length: 8 }, (_, at) => [`${at}.txt`, `La note numéro ${at}.`] as const);
    const batch = await upload([...files, ['encore.txt', 'La note numéro 0.'], ['vide.txt', '']]);
    const events = await progressOf(batch);
    expect(events[0]).toMatchObject({ batchId: batch.batchId, files: 10, rejected: 1, documents: 8 });
    expect(events.at(-1)).toEqual({
      ...{ batchId: batch.batchId, files: 10, rejected: 1, documents: 8 },
      ...{ queued: 0, processing: 0, ready: 8, failed: 0, removed: 0, progress: 1 },
    });
    const progress = events.map((event) => Number(event['progress']));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    await api.http(user).delete(`/documents/${batch.items[0]!.id!}`).expect(204);
    expect(await progressOf(batch)).toEqual([expect.objectContaining({ ready: 7, removed: 1, progress: 1 })]);
  });

  it('is shown to readers of its collection only, and under it only', async () => {
    const { batchId } = await upload([['a.txt', 'Une note.']]);
    const events = (of: string, batch: string) => `/collections/${of}/batches/${batch}/events`;
    const stranger = await api.createUser();
    const codeOf = async (path: string, as: TestUser): Promise<unknown> =>
      ((await api.http(as).get(path).expect(404)).body as { code: string }).code;
    expect(await codeOf(events(collectionId, batchId), stranger)).toBe('collection.not_found');
    expect(await codeOf(events(await library.createCollection(), batchId), user)).toBe('batch.not_found');
    expect(await codeOf(events(collectionId, randomUUID()), user)).toBe('batch.not_found');
  });

  it('is answered again for the same Idempotency-Key, those not taken included, and added once', async () => {
    const files: Files = [['a.txt', 'Une note.'], ['b.txt', ''], ['c.txt', 'Une autre.']]; // prettier-ignore
    const key = { 'Idempotency-Key': `batch-${randomUUID()}` };
    const first = await post(files, collectionId, key).expect(202);
    const again = await post(files, collectionId, key).expect(202);
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', first.body]);
    const other = await post([...files.slice(0, 2), ['c.txt', 'Changée.']], collectionId, key).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency.key_reused' });
    expect(await stored()).toBe(2);
  });

  describe('in a collection that keeps duplicates', () => {
    const same = 'Les mêmes mots.';
    let keeping: string;
    beforeEach(async () => {
      const input = { name: 'Courrier', duplicates: 'keep' };
      const made = await api.http(user).post('/collections').send(input).expect(201);
      expect(made.body).toMatchObject({ duplicates: 'keep' });
      keeping = (made.body as { id: string }).id;
    });

    it('makes a document of each file, whatever its bytes', async () => {
      const { items } = await upload([['a.txt', same], ['b.txt', same]], keeping); // prettier-ignore
      const third = await upload([['c.txt', same], ['d.txt', 'Autre chose.']], keeping); // prettier-ignore
      const ids = [...items, ...third.items].map(({ id }) => id);
      expect(new Set(ids).size).toBe(4);
      for (const id of ids) expect(await library.settled(id!)).toMatchObject({ status: 'ready' });
      expect(await stored()).toBe(4);
    });

    it('finds one of them again once duplicates are reused', async () => {
      const { items } = await upload([['a.txt', same], ['b.txt', same]], keeping); // prettier-ignore
      await api.http(user).patch(`/collections/${keeping}`).send({ duplicates: 'reuse' }).expect(200);
      const [again] = (await upload([['c.txt', same]], keeping)).items;
      expect(items.map(({ id }) => id)).toContain(again!.duplicateOf);
      await api.http(user).delete(`/documents/${items[0]!.id!}`).expect(204);
      await api.http(user).delete(`/documents/${items[1]!.id!}`).expect(204);
      expect((await upload([['c.txt', same]], keeping)).items[0]).not.toHaveProperty('duplicateOf');
    });
  });

  describe('with a plan that has room for some of it', () => {
    const notes: Files = [['a.txt', 'Une note.'], ['b.txt', 'Une deuxième note.'], ['c.txt', 'La troisième.']]; // prettier-ignore
    const outcomesOf = ({ items }: Batch): string[] => items.map(({ status, problem }) => problem?.code ?? status);

    it('takes the first files there is a document for, and counts what was taken', async () => {
      await allow('2, NULL');
      expect(outcomesOf(await upload(notes))).toEqual(['queued', 'queued', 'quota.documents_exhausted']);
      expect(await counted()).toEqual([
        { meter: 'documents', used: 2, reserved: 0 },
        { meter: 'storage', used: Buffer.byteLength('Une note.Une deuxième note.'), reserved: 0 },
      ]);
      expect(await stored()).toBe(2);
    });

    it('passes over a file that is too large for the room that is left', async () => {
      await allow('NULL, 30');
      const batch = await upload([['a.txt', 'Une note.'], ['b.txt', 'x '.repeat(20)], ['c.txt', 'La troisième.']]); // prettier-ignore
      expect(outcomesOf(batch)).toEqual(['queued', 'quota.storage_exhausted', 'queued']);
      expect(await counted()).toMatchObject([{ used: 2, reserved: 0 }, { used: 23, reserved: 0 }]); // prettier-ignore
    });

    it('needs no room for what the collection holds already', async () => {
      await allow('1, NULL');
      await upload(notes.slice(0, 1));
      const batch = await upload([...notes.slice(0, 1), ...notes.slice(0, 2), ['copie.txt', 'Une note.']]);
      expect(outcomesOf(batch)).toEqual([expect.any(String), expect.any(String), 'quota.documents_exhausted', expect.any(String)]); // prettier-ignore
      expect(batch.items.filter(({ duplicateOf }) => duplicateOf !== undefined)).toHaveLength(3);
      expect(await counted()).toMatchObject([{ used: 1, reserved: 0 }, { reserved: 0 }]);
    });

    it('answers a single file by the problem itself, and sets nothing aside for it', async () => {
      await allow('0, NULL');
      const answer = await post(notes.slice(0, 1));
      expect(answer.body).toMatchObject({ code: 'quota.documents_exhausted' });
      expect(await counted()).toEqual([]);
      expect(await stored()).toBe(0);
    });
  });

  it('leaves nothing set aside when the collection is deleted meanwhile', async () => {
    await api.http(user).delete(`/collections/${collectionId}`).expect(204);
    const target = { collectionId, organizationId: user.organizationId, uploadedBy: user.id };
    const storageKey = `${user.organizationId}/${randomUUID()}`;
    const file = { documentId: randomUUID(), storageKey, filename: 'a.txt', title: 'a', mediaType: 'text/plain', sizeBytes: 9, contentHash: 'a', titleGiven: false, sourceUrl: null }; // prettier-ignore
    const batch = api.app.get(RegisterBatch, { strict: false }).execute(target, [file]);
    await expect(batch).rejects.toMatchObject({ code: 'collection.not_found' });
    expect(await counted()).toEqual([
      { meter: 'documents', used: 0, reserved: 0 },
      { meter: 'storage', used: 0, reserved: 0 },
    ]);
  });
});

describe('A batch of a thousand files', () => {
  let api: TestApi;
  let library: Library;
  let user: TestUser;

  beforeAll(async () => {
    // Nobody ingests: what is asked here is what becomes of the request.
    api = await TestApi.start({ WORKER: 'separate' });
    user = await api.createUser();
    library = new Library(api, user);
  });
  afterAll(() => api.close());

  const send = (collectionId: string, files: Files) =>
    api
      .http(user)
      .post(`/collections/${collectionId}/documents`)
      .set('Content-Type', 'multipart/form-data; boundary=limit')
      .send(formOf(files));
  const thousand = Array.from(
    { length: 1_000 },
    (_, at) => [`${at}.txt`, at % 100 === 7 ? '' : `Note ${at}.`] as const,
  );

  it('is taken in one go', async () => {
    const collectionId = await library.createCollection();
    const { items } = (await send(collectionId, thousand).expect(202)).body as Batch;
    expect(items.map(({ filename }) => filename)).toEqual(thousand.map(([name]) => name));
    expect(items.filter(({ status }) => status === 'queued')).toHaveLength(990);
    const listed = await api.http(user).get(`/documents?filter[collectionId]=${collectionId}`).expect(200);
    expect(listed.body).toMatchObject({ total: 990 });
    // Entries that are written together are sealed and proven like any other.
    const admin = await api.createUser('admin', user.organizationId);
    const verification = await eventually(
      async () => (await api.http(admin).get('/admin/audit-logs/verify').expect(200)).body as Verification,
      ({ chains }) => chains.every(({ entries }) => entries >= 990),
    );
    expect(verification).toMatchObject({ isIntact: true });
  }, 120_000);
});
