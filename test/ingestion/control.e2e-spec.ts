import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

import { Library } from './support/library';

interface Diagnosis {
  readonly diagnosis: string;
  readonly explanation: string;
  readonly advice: string;
  readonly ahead: number;
  readonly nextAttemptAt: string | null;
}

const text = (about: string) => Buffer.from(`Le règlement dit ceci à propos de ${about}.`);

describe('Control of the ingestion', () => {
  let api: TestApi;
  let owner: TestUser;
  let library: Library;
  let collectionId: string;

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.createUser();
    library = new Library(api, owner);
  });
  beforeEach(async () => {
    collectionId = await library.createCollection('organization');
  });
  afterAll(() => api.close());

  const setPaused = (paused: boolean, by = owner) =>
    api.http(by).put(`/collections/${collectionId}/ingestion`).send({ paused });
  const diagnosisOf = async (id: string, language = 'fr'): Promise<Diagnosis> => {
    const answer = await api.http(owner).get(`/documents/${id}/diagnosis`).set('Accept-Language', language).expect(200);
    return answer.body as Diagnosis;
  };
  const cancel = (id: string, by = owner) => api.http(by).post(`/documents/${id}/cancel`);
  const finds = async (query: string): Promise<boolean> => {
    const answer = await api
      .http(owner)
      .post('/search')
      .send({ query, collectionIds: [collectionId] })
      .expect(200);
    return (answer.body as { hits: unknown[] }).hits.length > 0;
  };

  it('documents of a paused collection wait, say so, and go on when it is resumed', async () => {
    const paused = await setPaused(true).expect(200);
    expect(paused.body).toMatchObject({ isPaused: true });
    const waiting = await library.add(collectionId, 'a.txt', text('congés'));
    const elsewhere = await library.add(await library.createCollection(), 'b.txt', text('primes'));
    expect((await library.settled(elsewhere)).status).toBe('ready');
    expect((await library.document(waiting)).status).toBe('queued');
    expect(await diagnosisOf(waiting)).toMatchObject({
      diagnosis: 'paused',
      explanation: 'Le traitement est en pause dans cette collection.',
    });
    expect((await setPaused(false).expect(200)).body).toMatchObject({ isPaused: false });
    expect((await library.settled(waiting)).status).toBe('ready');
    expect(await diagnosisOf(waiting)).toMatchObject({ diagnosis: 'ready', ahead: 0, nextAttemptAt: null });
  });

  it('a waiting document can be cancelled, and started over', async () => {
    await setPaused(true);
    const id = await library.add(collectionId, 'c.txt', text('horaires'));
    const cancelled = await cancel(id).expect(202);
    expect(cancelled.body).toMatchObject({ status: 'failed', failure: { code: 'document.ingestion_cancelled' } });
    await setPaused(false);
    await api.http(owner).post(`/documents/${id}/reindex`).expect(202);
    expect((await library.settled(id)).status).toBe('ready');
  });

  it('a cancelled reindexing leaves what could be found before', async () => {
    const id = await library.add(collectionId, 'd.txt', text('mutuelle'));
    await library.settled(id);
    await setPaused(true);
    await api.http(owner).post(`/documents/${id}/reindex`).expect(202);
    expect((await library.document(id)).status).toBe('queued');
    expect((await cancel(id).expect(202)).body).toMatchObject({ status: 'ready', progress: 1 });
    expect(await finds('mutuelle')).toBe(true);
    // Nothing to end any more.
    expect((await cancel(id).expect(202)).body).toMatchObject({ status: 'ready' });
  });

  it('a failed document says why and what to do, in both languages', async () => {
    const id = await library.add(collectionId, 'e.pdf', Buffer.from('%PDF-1.7\nrien de plus'));
    const { failure } = await library.settled(id);
    expect(await diagnosisOf(id)).toMatchObject({ diagnosis: 'failed', explanation: failure!.detail });
    const english = await diagnosisOf(id, 'en');
    expect(english.explanation).not.toBe(failure!.detail);
    expect(english.advice).toContain('start the ingestion again');
  });

  it('a document that waits for another attempt names the reason of the last one', async () => {
    const id = await library.add(collectionId, 'f.txt', text('navette'));
    await library.settled(id);
    await api.app
      .get(UnitOfWork)
      .query(
        `UPDATE document SET status = 'queued', failure_code = 'llm.unavailable', failure_details = $2 WHERE id = $1`,
        [id, JSON.stringify({ provider: 'ollama', model: 'bge-m3', reason: 'unreachable' })],
      );
    expect(await diagnosisOf(id)).toMatchObject({
      diagnosis: 'waiting_for_retry',
      explanation: expect.stringContaining('Le modèle « bge-m3 » (ollama) ne répond pas') as string,
    });
  });

  it('an attempt without a sign of life is told apart from one at work', async () => {
    const id = await library.add(collectionId, 'g.txt', text('badge'));
    await library.settled(id);
    const attemptOf = (age: string) =>
      api.app
        .get(UnitOfWork)
        .query(
          `UPDATE document SET status = 'embedding', progress = 0.4, attempt_at = now() - $2::interval WHERE id = $1`,
          [id, age],
        );
    await attemptOf('1 second');
    expect(await diagnosisOf(id)).toMatchObject({
      diagnosis: 'being_ingested',
      explanation: expect.stringContaining('calcul des vecteurs (40 %)') as string,
    });
    await attemptOf('1 hour');
    expect(await diagnosisOf(id)).toMatchObject({ diagnosis: 'interrupted' });
  });

  it('only owners pause, only writers cancel, and strangers learn nothing', async () => {
    const colleague = await api.createUser();
    await setPaused(true, colleague).expect(403);
    const id = await library.add(collectionId, 'h.txt', text('parking'));
    await cancel(id, colleague).expect(403);
    await library.settled(id);
    await api.http(owner).patch(`/collections/${collectionId}`).send({ visibility: 'private' }).expect(200);
    await api.http(colleague).get(`/documents/${id}/diagnosis`).expect(404);
    await setPaused(true, colleague).expect(404);
  });
});

describe('The line of waiting documents', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start({ WORKER: 'separate' });
  });
  afterAll(() => api.close());

  it('organizations take turns, however much one of them brings', async () => {
    const [big, small] = [await api.createUser(), await api.createUser('user', await api.createOrganization())];
    const bring = async (user: TestUser, names: readonly string[]) => {
      const library = new Library(api, user);
      const collectionId = await library.createCollection();
      for (const name of names) await library.add(collectionId, `${name}.txt`, text(name));
    };
    await bring(big, ['A1', 'A2', 'A3', 'A4', 'A5']);
    await bring(small, ['B1', 'B2']);
    const order = await api.app.get(UnitOfWork).query<{ filename: string }>(
      `SELECT d.filename FROM pgboss.job j JOIN document d ON d.id::text = j.data ->> 'documentId'
        WHERE j.name = 'ingest-document' ORDER BY j.priority DESC, j.created_on`,
    );
    expect(order.map(({ filename }) => filename.slice(0, 2))).toEqual(['A1', 'B1', 'A2', 'B2', 'A3', 'A4', 'A5']);
  });
});
