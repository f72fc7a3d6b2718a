import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { RecoverDocuments } from '#libs/ingestion';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { until } from '#test/support/until';

interface Job {
  readonly id: string;
  readonly queue: string;
  readonly state: string;
  readonly subjectId: string | null;
  readonly organizationId: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}
interface Page {
  readonly items: readonly Job[];
  readonly total: number;
}

const SECRET = 'Ornithorynque confidentiel';

describe('Administration of jobs', () => {
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let superuser: TestUser;
  let foreigner: TestUser;

  const begin = async (worker: 'inline' | 'separate'): Promise<void> => {
    api = await TestApi.start({ WORKER: worker });
    user = await api.createUser();
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    foreigner = await api.createUser('admin', await api.createOrganization());
  };
  const sql = (statement: string, parameters: readonly unknown[]): Promise<unknown[]> =>
    api.app.get(UnitOfWork).query(statement, parameters);
  const read = async (id: string, as = admin): Promise<Job> => {
    const shown = await api.http(as).get(`/admin/jobs/${id}`).expect(200);
    return shown.body as Job;
  };

  describe('without a worker', () => {
    beforeAll(() => begin('separate'));
    afterAll(() => api.close());

    /** The job of a document that waits to be ingested. */
    const waiting = async (owner = user): Promise<Job & { documentId: string }> => {
      const library = new Library(api, owner);
      const documentId = await library.add(
        await library.createCollection(),
        `${randomUUID()}.txt`,
        Buffer.from(`${SECRET} ${randomUUID()}`),
      );
      const found = await api.http(superuser).get('/admin/jobs').query({ 'filter[subjectId]': documentId });
      return { ...(found.body as Page).items[0]!, documentId };
    };
    const failed = async (): Promise<Job> => {
      const job = await waiting();
      const output = JSON.stringify({ name: 'Error', message: SECRET, stack: `Error: ${SECRET}` });
      await sql(`UPDATE pgboss.job SET state = 'failed', completed_on = now(), output = $2 WHERE id = $1`, [
        job.id,
        output,
      ]);
      return job;
    };

    it('tells what waits, what it is about, and nothing of texts', async () => {
      const job = await waiting();
      expect(await read(job.id)).toMatchObject({
        ...{ queue: 'ingest-document', state: 'created', subjectType: 'document', subjectId: job.documentId },
        ...{ organizationId: user.organizationId, attempts: 0, maxAttempts: 9, failureCode: null, result: null },
      });
      const listed = await api.http(admin).get('/admin/jobs').query({ 'filter[state]': 'created', sort: '-createdAt' });
      expect((listed.body as Page).items.map(({ id }) => id)).toContain(job.id);
      expect(listed.text).not.toContain(SECRET);
    });

    it('shows the code of a failure, never its text', async () => {
      const job = await failed();
      const shown = await api.http(admin).get(`/admin/jobs/${job.id}`).expect(200);
      expect(shown.body).toMatchObject({ state: 'failed', failureCode: 'Error' });
      expect(shown.text).not.toContain(SECRET);
      await sql(`UPDATE pgboss.job SET output = $2 WHERE id = $1`, [
        job.id,
        JSON.stringify({ code: `x ${SECRET}`, name: SECRET }),
      ]);
      expect(await read(job.id)).toMatchObject({ failureCode: 'unknown' });
    });

    it('retries what failed, cancels what waits, deletes what has ended, and nothing else', async () => {
      const job = await failed();
      const at = `/admin/jobs/${job.id}`;
      expect((await api.http(admin).post(`${at}/cancel`).expect(409)).body).toMatchObject({ code: 'job.wrong_state' });
      expect((await api.http(admin).post(`${at}/retry`).expect(200)).body).toMatchObject({ state: 'retry' });
      await api.http(admin).delete(at).expect(409);
      expect((await api.http(admin).post(`${at}/cancel`).expect(200)).body).toMatchObject({ state: 'cancelled' });
      await api.http(admin).delete(at).expect(204);
      await api.http(admin).get(at).expect(404);
    });

    it('takes a document out of the line with its job, for good, until it is reindexed', async () => {
      const { id, documentId } = await waiting();
      await api.http(admin).post(`/admin/jobs/${id}/cancel`).expect(200);
      const shown = await api.http(user).get(`/documents/${documentId}`).expect(200);
      expect(shown.body).toMatchObject({ status: 'failed', failure: { code: 'document.ingestion_cancelled' } });
      await sql(`UPDATE document SET updated_at = now() - interval '1 hour' WHERE id = $1`, [documentId]);
      await api.app.get(RecoverDocuments, { strict: false }).execute();
      const jobs = await api.http(admin).get('/admin/jobs').query({ 'filter[subjectId]': documentId }).expect(200);
      expect((jobs.body as Page).items.map(({ state }) => state)).toEqual(['cancelled']);
      await api.http(user).post(`/documents/${documentId}/reindex`).expect(202);
      const again = await api.http(admin).get('/admin/jobs').query({ 'filter[subjectId]': documentId }).expect(200);
      expect((again.body as Page).items.map(({ state }) => state).toSorted()).toEqual(['cancelled', 'created']);
    });

    it('leaves a job that runs alone', async () => {
      const { id } = await waiting();
      await sql(`UPDATE pgboss.job SET state = 'active' WHERE id = $1`, [id]);
      for (const action of ['retry', 'cancel']) await api.http(admin).post(`/admin/jobs/${id}/${action}`).expect(409);
      await api.http(admin).delete(`/admin/jobs/${id}`).expect(409);
      expect(await read(id)).toMatchObject({ state: 'active' });
    });

    it('hides the jobs of others: from users all, from administrators those of other organizations and of the platform', async () => {
      const { id } = await failed();
      const started = await api.http(superuser).post('/admin/jobs').send({ kind: 'recover_documents' }).expect(202);
      const platform = started.body as Job;
      expect(platform).toMatchObject({ organizationId: null, kind: 'recover_documents', state: 'created' });
      await api.http(user).get('/admin/jobs').expect(403);
      const listed = await api.http(foreigner).get('/admin/jobs').expect(200);
      expect(listed.body).toMatchObject({ items: [], total: 0 });
      for (const [caller, hidden] of [
        [foreigner, id],
        [admin, platform.id],
      ] as const) {
        await api.http(caller).get(`/admin/jobs/${hidden}`).expect(404);
        await api.http(caller).post(`/admin/jobs/${hidden}/retry`).expect(404);
        await api.http(caller).post(`/admin/jobs/${hidden}/cancel`).expect(404);
        await api.http(caller).delete(`/admin/jobs/${hidden}`).expect(404);
        const bulk = await api
          .http(caller)
          .post('/admin/jobs/bulk')
          .send({ action: 'delete', ids: [hidden] });
        expect(bulk.body).toMatchObject({ results: [{ outcome: 'failed', problem: { code: 'resource.not_found' } }] });
        const file = await api.http(caller).get('/admin/jobs/export').query({ format: 'json' }).expect(200);
        expect(file.text).not.toContain(hidden);
      }
      expect(await read(id, superuser)).toMatchObject({ state: 'failed' });
      expect(await read(platform.id, superuser)).toMatchObject({ state: 'created' });
    });

    it('keeps the view itself within the organization, for a statement that forgets its filter', async () => {
      const theirs = await waiting(foreigner);
      const uow = api.app.get(UnitOfWork);
      const seen = await uow.asOrganization(admin.organizationId, () =>
        uow.query<{ id: string; organizationId: string }>(
          'SELECT id, organization_id AS "organizationId" FROM job_overview',
        ),
      );
      expect(seen.length).toBeGreaterThan(0);
      expect(new Set(seen.map(({ organizationId }) => organizationId))).toEqual(new Set([admin.organizationId]));
      expect(seen.map(({ id }) => id)).not.toContain(theirs.id);
    });

    it('does to several what it does to one, and tells of each what became of it', async () => {
      const [first, second] = [await failed(), await failed()];
      const ids = [first.id, (await waiting()).id, second.id];
      const bulk = await api.http(admin).post('/admin/jobs/bulk').send({ action: 'retry', ids }).expect(200);
      expect(bulk.body).toMatchObject({
        results: [
          { outcome: 'done' },
          { outcome: 'failed', problem: { code: 'job.wrong_state' } },
          { outcome: 'done' },
        ],
      });
    });

    it('exports what the filters let through', async () => {
      const { id } = await failed();
      const file = await api
        .http(admin)
        .get('/admin/jobs/export')
        .query({ format: 'csv', 'filter[id]': id, fields: 'queue,state,failureCode' })
        .expect(200);
      expect(file.text).toBe('queue,state,failureCode\r\ningest-document,failed,Error\r\n');
    });

    it('starts only what exists, for whoever may', async () => {
      const start = (caller: TestUser, body: object) => api.http(caller).post('/admin/jobs').send(body);
      for (const kind of ['recover_documents', 'check_consistency']) {
        expect((await start(admin, { kind }).expect(403)).body).toMatchObject({ code: 'job.kind_forbidden' });
      }
      await start(admin, { kind: 'drop_database' }).expect(400);
      expect((await start(admin, { kind: 'reindex_collection' }).expect(422)).body).toMatchObject({
        code: 'job.collection_missing',
      });
      const collectionId = await new Library(api, foreigner).createCollection();
      const body = { kind: 'reindex_collection', collectionId };
      expect((await start(admin, body).expect(404)).body).toMatchObject({ code: 'collection.not_found' });
      expect((await start(superuser, body).expect(202)).body).toMatchObject({
        ...{ queue: 'administration', kind: 'reindex_collection', subjectType: 'collection' },
        ...{ subjectId: collectionId, organizationId: foreigner.organizationId },
      });
    });
  });

  describe('with a worker', () => {
    beforeAll(() => begin('inline'));
    afterAll(() => api.close());

    const ended = async (caller: TestUser, task: object): Promise<Job> => {
      const started = await api.http(caller).post('/admin/jobs').send(task).expect(202);
      const { id } = started.body as Job;
      return until(async () => {
        const job = await read(id, caller);
        return ['completed', 'failed'].includes(job.state) ? job : undefined;
      });
    };

    it('reindexes a collection, each document once', async () => {
      const library = new Library(api, user);
      const collectionId = await library.createCollection();
      const ids: string[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        ids.push(await library.add(collectionId, `${turn}.txt`, Buffer.from(`Texte ${turn}`)));
      }
      for (const id of ids) await library.settled(id);
      const job = await ended(admin, { kind: 'reindex_collection', collectionId });
      expect(job).toMatchObject({ state: 'completed', result: { documents: 3 } });
      for (const id of ids) expect(await library.settled(id)).toMatchObject({ status: 'ready' });
    });

    it('checks whether everything agrees, and finds lost jobs', async () => {
      const check = await ended(superuser, { kind: 'check_consistency' });
      expect(check).toMatchObject({ state: 'completed', result: { isConsistent: true, repaired: 0 } });
      const recovery = await ended(superuser, { kind: 'recover_documents' });
      expect(recovery).toMatchObject({ state: 'completed', result: { jobs: 0 } });
    });
  });
});
