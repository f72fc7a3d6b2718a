import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { isConsistent, vectorIdOf } from '#libs/ingestion';

import { FakeEmbeddingModel } from './support/fake-embedding-models';
import { World, type Process } from './support/pipeline';

const LONG = Array.from(
  { length: 9 },
  (_, index) => `## Partie ${index}\n\n${'Le dossier est relu. '.repeat(90)}`,
).join('\n\n');

describe('The consistency check', () => {
  const model = new FakeEmbeddingModel();
  let world: World;
  let process: Process;
  let collectionId: string;

  beforeAll(async () => {
    world = await World.create();
  });
  beforeEach(async () => {
    await world.clear(model);
    process = world.process();
    collectionId = await process.createCollection();
  });
  afterAll(() => world.close());

  it('rebuilds every vector from SQL alone when the vector store has lost them all', async () => {
    const id = await process.upload(collectionId, 'long.md', LONG);
    await process.runJobs();
    const { organizationId } = world;
    await world.vectors.dropSpace({ organizationId, collectionId, embeddingModel: model.id, dimension: 8 });
    expect(await process.consistency.run()).toMatchObject({ incompleteDocuments: [id], repaired: 0 });
    expect(await process.consistency.run({ repair: true })).toMatchObject({ repaired: 1 });
    const { storageKey } = (await process.document(id))!;
    await rm(join(world.directory, 'files'), { recursive: true, force: true });
    await process.runJobs();
    const report = await process.consistency.run();
    expect(report).toMatchObject({ incompleteDocuments: [], orphanVectors: {}, documentsWithoutFile: [id] });
    expect(storageKey).toContain(id);
    expect(report.vectors).toBe((await process.document(id))!.chunkCount);
  });

  it('finds and removes vectors and files that no row leads to', async () => {
    await process.upload(collectionId, 'a.txt', 'Un texte court.');
    await process.runJobs();
    const { organizationId } = world;
    const space = { organizationId, collectionId, embeddingModel: model.id, dimension: 8 };
    await world.vectors.upsert(space, [{ id: vectorIdOf(randomUUID(), 1, 0), vector: new Float32Array(8).fill(0.35) }]);
    expect(await process.consistency.run()).toMatchObject({ orphanVectors: { [collectionId]: 1 } });
    await process.consistency.run({ repair: true });
    expect(isConsistent(await process.consistency.run())).toBe(true);
  });

  it('finds vectors that no collection has, and removes them unless one has them by then', async () => {
    await process.upload(collectionId, 'a.txt', 'Un texte court.');
    await process.runJobs();
    const { organizationId } = world;
    const own = { organizationId, collectionId, embeddingModel: model.id, dimension: 8 };
    const lost = { ...own, collectionId: randomUUID() };
    const former = { ...own, embeddingModel: 'builtin:former' };
    const next = { ...own, embeddingModel: 'builtin:next' };
    const elsewhere = { ...lost, organizationId: randomUUID() };
    await process.uow.query(
      `UPDATE collection SET next_embedding_model = 'builtin:next', next_embedding_dimension = 8 WHERE id = $1`,
      [collectionId],
    );
    for (const space of [lost, former, next, elsewhere]) {
      await world.vectors.upsert(space, [{ id: vectorIdOf(randomUUID(), 1, 0), vector: new Float32Array(8).fill(1) }]);
    }
    const { orphanSpaces } = await process.consistency.run();
    expect(orphanSpaces.toSorted()).toEqual(
      [lost, former].map((space) => `${space.collectionId}:${space.embeddingModel}`).toSorted(),
    );
    expect(await process.consistency.run({ repair: true })).toMatchObject({ repaired: 2 });
    // Their removal is under way and not begun twice; meanwhile the collection goes back to its former model.
    expect(await process.consistency.run({ repair: true })).toMatchObject({ orphanSpaces: [], repaired: 0 });
    await process.uow.query(
      `UPDATE collection SET next_embedding_model = 'builtin:former', next_embedding_dimension = 8 WHERE id = $1`,
      [collectionId],
    );
    await process.runJobs();
    const counts = await Promise.all([own, lost, former, next, elsewhere].map((space) => world.vectors.count(space)));
    expect(counts).toEqual([1, 0, 1, 1, 1]);
  });
});
