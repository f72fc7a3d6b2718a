import { Readable } from 'node:stream';

import { Logger } from '@nestjs/common';

import { isConsistent, vectorIdOf } from '#libs/ingestion';
import { ModelUnavailableError } from '#libs/llm';
import { makePdf } from '#test/support/fixtures';

import { ChunkEntity } from '../../libs/ingestion/src/document/chunk.entity';
import { DocumentAccess } from '../../libs/ingestion/src/document/document-access';
import { EditChunk } from '../../libs/ingestion/src/document/edit-chunk';
import { FakeEmbeddingModel } from './support/fake-embedding-models';
import { Faults, PlantedFault } from './support/faults';
import { World, type Process } from './support/pipeline';

const LONG = Array.from(
  { length: 90 },
  (_, index) => `## Partie ${index}\n\n${'Le dossier est relu. '.repeat(90)}`,
).join('\n\n');

/** Does something else once, just before the first answer. */
class InterruptedModel extends FakeEmbeddingModel {
  before: (() => Promise<void>) | undefined;

  override async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const { before } = this;
    this.before = undefined;
    await before?.();
    return super.embed(texts);
  }
}

describe('The ingestion pipeline', () => {
  let world: World;
  let model: InterruptedModel;
  let process: Process;
  let collectionId: string;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    world = await World.create();
  });
  beforeEach(async () => {
    model = new InterruptedModel();
    await world.clear(model);
    process = world.process();
    collectionId = await process.createCollection();
  });
  afterAll(() => world.close());

  const revision = async (): Promise<number> => {
    const [row] = await process.uow.query<{ revision: string }>('SELECT revision FROM collection WHERE id = $1', [
      collectionId,
    ]);
    return Number(row!.revision);
  };

  const chunksOf = async (documentId: string): Promise<ChunkEntity[]> => {
    const { generation } = (await process.document(documentId))!;
    return process.uow.repository(ChunkEntity).findBy({ documentId, generation });
  };

  const vectorIds = async (): Promise<string[]> => {
    const { organizationId } = world;
    const space = { organizationId, collectionId, embeddingModel: model.id, dimension: model.dimension };
    const ids: string[] = [];
    for await (const page of world.vectors.listIds(space)) ids.push(...page);
    return ids;
  };

  it('embeds in batches of at most 64 texts and stores one vector per chunk under deterministic ids', async () => {
    const id = await process.upload(collectionId, 'long.md', LONG);
    await process.runJobs();
    const document = await process.document(id);
    expect(document).toMatchObject({ status: 'ready', generation: 1, progress: 1 });
    expect(Math.max(...model.batches)).toBe(64);
    const expected = Array.from({ length: document!.chunkCount }, (_, ordinal) => vectorIdOf(id, 1, ordinal));
    expect((await vectorIds()).toSorted()).toEqual(expected.toSorted());
  });

  it('refuses the edit of a passage that a reindexing has taken over, and keeps one that came before', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    await process.runJobs();
    const access = new DocumentAccess(process.uow, process.access);
    const edits = new EditChunk(process.uow, access, process.jobs, process.audit, world.words);
    const edit = (chunkId: string, disabled: boolean) => edits.execute(world.owner, id, chunkId, { disabled });
    const [first] = await chunksOf(id);
    await process.queue.requeue(id);
    await edit(first!.id, true);
    model.before = async () => {
      await expect(edit(first!.id, false)).rejects.toMatchObject({ code: 'chunk.being_replaced' });
    };
    await process.runJobs();
    const [again] = await chunksOf(id);
    expect(again).toMatchObject({ isDisabled: true });
    expect(again!.id).not.toBe(first!.id);
    await edit(again!.id, false);
    expect(await chunksOf(id)).toMatchObject([{ isDisabled: false }]);
  });

  it('bumps the revision of the collection with each visible change and keeps it on the document', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    expect(await revision()).toBe(0);
    await process.runJobs();
    expect(await revision()).toBe(1);
    expect(await process.document(id)).toMatchObject({ revision: 1 });
    await process.deletion.execute({ id, collectionId });
    expect(await revision()).toBe(2);
  });

  it('stops quietly when the document is deleted meanwhile, and the purge leaves nothing', async () => {
    const id = await process.upload(collectionId, 'long.md', LONG);
    model.before = () => process.deletion.execute({ id, collectionId });
    await process.runJobs();
    expect(await process.document(id)).toBeNull();
    expect(await vectorIds()).toEqual([]);
    expect(await process.consistency.run()).toMatchObject({ documents: 0, chunks: 0, vectors: 0, orphanFiles: [] });
  });

  it('stops quietly when somebody cancels it at work, and readers keep what they had', async () => {
    const id = await process.upload(collectionId, 'long.md', LONG);
    await process.runJobs();
    const before = await process.document(id);
    await process.queue.requeue(id);
    model.before = () => process.cancellation.execute(id).then(() => undefined);
    await process.runJobs();
    expect(await process.document(id)).toMatchObject({
      status: 'ready',
      generation: before!.generation,
      failureCode: null,
    });
    await process.queue.requeue(id);
    await process.runJobs();
    expect(await process.document(id)).toMatchObject({ status: 'ready', generation: before!.generation + 1 });
    expect(isConsistent(await process.consistency.run())).toBe(true);
  });

  it('does not purge while an attempt may still write', async () => {
    const id = await process.upload(collectionId, 'long.md', LONG);
    let purge: unknown;
    model.before = async () => {
      await process.deletion.execute({ id, collectionId });
      const job = await process.jobs.oldest();
      await process.jobs.done(job!.id);
      purge = await process.runJobs().catch((error: unknown) => error);
    };
    await process.attempt(id);
    expect(purge).toMatchObject({ name: 'Error', message: expect.stringContaining('still writes') as string });
    await process.runJobs();
    expect(await vectorIds()).toEqual([]);
  });

  it('stops quietly when its collection is deleted meanwhile, and the purge leaves nothing', async () => {
    await process.upload(collectionId, 'long.md', LONG);
    model.before = () => process.collectionDeletion.execute(collectionId);
    await process.runJobs();
    expect(await vectorIds()).toEqual([]);
    const left = await process.uow.query(
      'SELECT id FROM document UNION SELECT id FROM collection UNION SELECT id FROM chunk',
    );
    expect(left).toEqual([]);
    expect(await process.consistency.run()).toMatchObject({ orphanFiles: [] });
  });

  it('lets only the newest attempt publish', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    model.before = () => world.process().attempt(id);
    await process.attempt(id);
    expect(await process.document(id)).toMatchObject({ status: 'ready', generation: 1 });
    expect(await revision()).toBe(1);
    expect(isConsistent(await process.consistency.run())).toBe(true);
  });

  it('keeps the live generation readable while a new one is written and after that has failed', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    await process.runJobs();
    await process.queue.requeue(id);
    model.before = () => Promise.reject(new ModelUnavailableError({ provider: 'x', model: 'y', reason: 'timeout' }));
    await process.attempt(id, true);
    expect(await process.document(id)).toMatchObject({
      status: 'failed',
      generation: 1,
      failureCode: 'llm.unavailable',
    });
    expect(await vectorIds()).toEqual([vectorIdOf(id, 1, 0)]);
  });

  it('fails at once, for good and with the true reason, when the file is to blame', async () => {
    const content = (async function* () {
      yield await Promise.resolve(makePdf(['Texte'], { encrypted: true }));
    })();
    const files = (async function* () {
      yield await Promise.resolve({ filename: 'secret.pdf', content });
    })();
    const [document] = await process.uploads.execute(world.owner, collectionId, files);
    await process.runJobs();
    expect(await process.document(document!.id)).toMatchObject({ status: 'failed', failureCode: 'document.encrypted' });
    expect(await vectorIds()).toEqual([]);
  });

  it('waits in the queue with the reason in view while the model is away, and fails with it after the last attempt', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    const away = new ModelUnavailableError({ provider: 'ollama', model: 'nomic', reason: 'unreachable' });
    model.before = () => Promise.reject(away);
    await expect(process.attempt(id)).rejects.toBe(away);
    expect(await process.document(id)).toMatchObject({
      status: 'queued',
      failureCode: 'llm.unavailable',
      failureDetails: { provider: 'ollama', model: 'nomic', reason: 'unreachable' },
    });
    model.before = () => Promise.reject(away);
    await process.attempt(id, true);
    expect(await process.document(id)).toMatchObject({ status: 'failed', failureCode: 'llm.unavailable' });
    await process.queue.requeue(id);
    await process.runJobs();
    expect(await process.document(id)).toMatchObject({ status: 'ready', failureCode: null, failureDetails: null });
  });

  it('does not read the file again when an earlier attempt has stored text and chunks', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    model.before = () => Promise.reject(new Error('cut'));
    await expect(process.attempt(id)).rejects.toThrow('cut');
    const faults = Faults.none();
    await world.process(faults).attempt(id);
    expect(faults.seen.filter((call) => call.startsWith('files.'))).toEqual([]);
    expect(await process.document(id)).toMatchObject({ status: 'ready', chunkCount: 1 });
  });

  it('queues the document, without a reason, when the process is told to stop', async () => {
    const id = await process.upload(collectionId, 'long.md', LONG);
    const stop = new AbortController();
    model.before = () => {
      stop.abort();
      return Promise.resolve();
    };
    await expect(process.attempt(id, false, stop.signal)).rejects.toThrow();
    expect(await process.document(id)).toMatchObject({ status: 'queued', failureCode: null });
    await process.attempt(id);
    expect(await process.document(id)).toMatchObject({ status: 'ready' });
  });

  it('refuses vectors of another length than the collection remembers', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    world.model = new FakeEmbeddingModel(model.id, model.dimension, 5);
    await world.process().attempt(id);
    expect(await process.document(id)).toMatchObject({
      status: 'failed',
      failureCode: 'collection.dimension_mismatch',
      failureDetails: { model: model.id, expected: 8, actual: 5 },
    });
  });

  it('says so when the original has vanished', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    await process.files.remove((await process.document(id))!.storageKey);
    expect((await process.consistency.run()).documentsWithoutFile).toEqual([id]);
    await process.runJobs();
    expect(await process.document(id)).toMatchObject({ status: 'failed', failureCode: 'document.file_missing' });
  });

  it('ends a document that has brought its worker down again and again', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Un texte court.');
    await process.uow.query('UPDATE document SET attempts = 12 WHERE id = $1', [id]);
    await process.attempt(id);
    expect(await process.document(id)).toMatchObject({
      status: 'failed',
      failureCode: 'document.ingestion_interrupted',
      failureDetails: { attempts: 12 },
    });
  });

  it('enqueues again what lost its job, and nothing else', async () => {
    const stuck = await process.upload(collectionId, 'stuck.txt', 'Un texte coincé.');
    const deleted = await process.upload(collectionId, 'deleted.txt', 'Un texte supprimé.');
    await process.deletion.execute({ id: deleted, collectionId });
    await process.uow.query('DELETE FROM test_job');
    const waiting = await process.upload(collectionId, 'waiting.txt', 'Un texte en attente.');
    expect(await process.recovery.execute()).toBe(0); // too fresh to judge
    await process.uow.query(
      `UPDATE document SET updated_at = now() - interval '1 hour', deleted_at = deleted_at - interval '1 hour',
              status = CASE WHEN id = $1 THEN 'embedding' ELSE status END`,
      [stuck],
    );
    expect(await process.recovery.execute()).toBe(2);
    expect(await process.recovery.execute()).toBe(0);
    await process.runJobs();
    expect(await process.document(stuck)).toMatchObject({ status: 'ready' });
    expect(await process.document(waiting)).toMatchObject({ status: 'ready' });
    expect(await process.document(deleted)).toBeNull();
  });

  describe('an upload', () => {
    it('leaves all or nothing behind when any call fails', async () => {
      for (let failAt = 1; failAt < 100; failAt += 1) {
        const faults = new Faults(failAt, 'fail');
        const upload = world.process(faults).upload(collectionId, 'a.txt', `Essai ${failAt}`);
        const id = await upload.catch((error: unknown) => {
          expect(error).toBeInstanceOf(PlantedFault);
        });
        await process.runJobs();
        await process.uow.query(`UPDATE document SET updated_at = now() - interval '1 hour'`);
        const report = await process.consistency.run();
        expect({ ...report, orphanFiles: [] }).toMatchObject({ documentsWithoutFile: [], incompleteDocuments: [] });
        if (!faults.happened) {
          expect(await process.document(String(id))).toMatchObject({ status: 'ready' });
          return;
        }
      }
      throw new Error('The upload never ran without a fault');
    });

    it('of several files leaves all or nothing behind when any call fails, and nothing set aside', async () => {
      const filesOf = async function* (failAt: number) {
        for (const [filename, text] of [
          ['a.txt', 'Un'],
          ['b.txt', ''],
          ['c.txt', 'Deux'],
        ] as const) {
          const content = Readable.from(text === '' ? [] : [Buffer.from(`${text} ${failAt}`)]);
          yield await Promise.resolve({ filename, content });
        }
      };
      for (let failAt = 1; failAt < 100; failAt += 1) {
        const faults = new Faults(failAt, 'fail');
        const noDigest = (): Promise<void> => Promise.resolve();
        const uploaded = await world
          .process(faults)
          .batches.execute(world.owner, collectionId, filesOf(failAt), noDigest)
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(PlantedFault);
          });
        const [left] = await process.uow.query<object>(
          `SELECT (SELECT count(*)::integer FROM document WHERE deleted_at IS NULL) AS documents,
                  (SELECT count(*)::integer FROM upload_batch) AS batches,
                  (SELECT sum(reserved)::integer FROM quota_counter) AS reserved`,
        );
        expect(left).toEqual({ documents: uploaded ? 2 : 0, batches: uploaded ? 1 : 0, reserved: 0 });
        expect(await process.consistency.run()).toMatchObject({ documentsWithoutFile: [] });
        if (uploaded && !faults.happened) return;
        await process.uow.query('DELETE FROM upload_batch');
        await process.uow.query('DELETE FROM document');
      }
      throw new Error('The upload never ran without a fault');
    });

    it('adds the same bytes once, also in a race', async () => {
      const ids = await Promise.all(
        ['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) => world.process().upload(collectionId, name, 'Même texte.')),
      );
      expect(new Set(ids).size).toBe(1);
      await process.runJobs();
      expect(await process.consistency.run()).toMatchObject({
        documents: 1,
        chunks: 1,
        vectors: 1,
        documentsWithoutFile: [],
      });
    });
  });
});
