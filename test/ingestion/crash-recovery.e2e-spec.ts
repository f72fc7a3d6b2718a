import { isConsistent } from '#libs/ingestion';

import { QdrantSparseVectorStore } from '../../libs/vector-store/src/adapters/qdrant-sparse-vector-store';
import { QdrantDouble } from '../contract/qdrant/qdrant-double';
import { FakeEmbeddingModel } from './support/fake-embedding-models';
import { Faults, PlantedFault } from './support/faults';
import { World, type Process } from './support/pipeline';

/** Enough for several chunks and more than one batch of the embedder. */
const TEXT = Array.from(
  { length: 60 },
  (_, index) => `## Article ${index}\n\n${`Le point ${index} de la procédure est vérifié deux fois. `.repeat(40)}`,
).join('\n\n');

/** Each test plants a fault at some forty calls, one run for each: much on a machine that does other things. Milliseconds. */
jest.setTimeout(180_000);

/** Far above what a run needs; a loop that never ends would be a bug of the test. */
const MAX_CALLS = 200;

const ignoringPlanted = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PlantedFault)) throw error;
  }
};

/** A purge must wait for an attempt that may still be alive; here it is dead, and the test does not wait 20 seconds. */
const declareAttemptsDead = async ({ uow }: Process): Promise<void> => {
  await uow.query(`UPDATE document SET attempt_at = now() - interval '1 hour' WHERE attempt_id IS NOT NULL`);
};

describe('A process that fails or dies at any call', () => {
  /** Words lie in a store too, so that nothing of them is lost or left either. */
  const qdrant = new QdrantDouble();
  let world: World;
  let healthy: Process;

  beforeAll(async () => {
    await qdrant.start();
    world = await World.create(new FakeEmbeddingModel(), new QdrantSparseVectorStore({ url: qdrant.url }));
    healthy = world.process();
  });
  afterAll(async () => {
    await world.close();
    await qdrant.stop();
  });

  /** Runs a scenario once per call it makes, with a fault at that call, and repairs by nothing but the queue. */
  const atEveryCall = async (
    mode: 'fail' | 'die',
    prepare: () => Promise<string>,
    verify: (documentId: string) => Promise<void>,
  ): Promise<number> => {
    for (let failAt = 1; failAt < MAX_CALLS; failAt += 1) {
      const documentId = await prepare();
      const faults = new Faults(failAt, mode);
      await ignoringPlanted(() => world.process(faults).runJobs());
      await declareAttemptsDead(healthy);
      await healthy.runJobs();
      await verify(documentId);
      if (!faults.happened) return failAt - 1;
    }
    throw new Error('The scenario never ran without a fault');
  };

  const expectOneToOne = async (documentId: string, generation: number): Promise<void> => {
    expect(await healthy.document(documentId)).toMatchObject({
      status: 'ready',
      generation,
      failureCode: null,
    });
    const report = await healthy.consistency.run();
    expect(report).toMatchObject({
      orphanVectors: {},
      incompleteDocuments: [],
      documentsWithLeftovers: [],
      orphanFiles: [],
    });
    expect(report.vectors).toBe(report.chunks);
    expect(report.chunks).toBeGreaterThan(0);
    expect(isConsistent(report)).toBe(true);
  };

  const removeAll = async (documentId: string): Promise<void> => {
    const document = await healthy.document(documentId);
    if (document) await healthy.deletion.execute(document);
    await healthy.runJobs();
  };

  it.each(['fail', 'die'] as const)('a first ingestion ends one to one after the retry (%s)', async (mode) => {
    const collectionId = await healthy.createCollection();
    const calls = await atEveryCall(
      mode,
      () => healthy.upload(collectionId, 'procedure.md', TEXT),
      async (documentId) => {
        await expectOneToOne(documentId, 1);
        await removeAll(documentId);
      },
    );
    expect(calls).toBeGreaterThan(15);
  });

  it.each(['fail', 'die'] as const)(
    'a re-ingestion switches generations one to one after the retry (%s)',
    async (mode) => {
      const collectionId = await healthy.createCollection();
      let generation = 1;
      const documentId = await healthy.upload(collectionId, 'procedure.md', `${TEXT}\n\n${mode}`);
      await healthy.runJobs();
      const calls = await atEveryCall(
        mode,
        async () => {
          await healthy.queue.requeue(documentId);
          generation += 1;
          return documentId;
        },
        (id) => expectOneToOne(id, generation),
      );
      expect(calls).toBeGreaterThan(15);
      await removeAll(documentId);
    },
  );

  it.each(['fail', 'die'] as const)('a purge leaves nothing after the retry (%s)', async (mode) => {
    const collectionId = await healthy.createCollection();
    await atEveryCall(
      mode,
      async () => {
        const documentId = await healthy.upload(collectionId, 'procedure.md', TEXT);
        await healthy.runJobs();
        await healthy.deletion.execute({ id: documentId, collectionId });
        return documentId;
      },
      async (documentId) => {
        expect(await healthy.document(documentId)).toBeNull();
        expect(await healthy.consistency.run()).toMatchObject({ chunks: 0, vectors: 0, documents: 0, orphanFiles: [] });
      },
    );
  });
});
