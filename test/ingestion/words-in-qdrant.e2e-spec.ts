import type { MessageView } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import { isConsistent, vectorIdOf } from '#libs/ingestion';
import type { SearchResult } from '#libs/retrieval';
import { OllamaProtocolServer } from '#test/support/ollama-server';

import { ChunkEntity } from '../../libs/ingestion/src/document/chunk.entity';
import { DocumentAccess } from '../../libs/ingestion/src/document/document-access';
import { EditChunk } from '../../libs/ingestion/src/document/edit-chunk';
import { LexicalFollower } from '../../libs/retrieval/src/lexical/lexical-follower';
import { LexicalIndex } from '../../libs/retrieval/src/lexical/lexical-index';
import { SparseLexicalIndex } from '../../libs/retrieval/src/lexical/sparse-lexical-index';
import { QdrantSparseVectorStore } from '../../libs/vector-store/src/adapters/qdrant-sparse-vector-store';
import { QdrantDouble } from '../contract/qdrant/qdrant-double';
import { TestApi, type TestUser } from '../support/api';
import { FakeEmbeddingModel } from './support/fake-embedding-models';
import { eventually, Library, type ChunkBody } from './support/library';
import { World, type Process } from './support/pipeline';

const double = new QdrantDouble();
beforeAll(() => double.start());
afterAll(async () => {
  await double.stop();
  expect(double.faults).toEqual([]);
});

/** Lets a test look at how things are while a document is embedded. */
class WatchedModel extends FakeEmbeddingModel {
  watch: () => Promise<void> = () => Promise.resolve();

  override async embed(texts: readonly string[]): Promise<Float32Array[]> {
    await this.watch();
    return super.embed(texts);
  }
}

describe('The ingestion pipeline, where words lie in Qdrant', () => {
  const model = new WatchedModel();
  let world: World;
  let process: Process;
  let collectionId: string;

  beforeAll(async () => {
    world = await World.create(model, new QdrantSparseVectorStore({ url: double.url }));
  });
  beforeEach(async () => {
    await world.clear(model);
    double.collections.clear();
    process = world.process();
    collectionId = await process.createCollection();
  });
  afterAll(() => world.close());

  const space = () => ({ organizationId: world.organizationId, collectionId });
  const wordIds = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const page of world.words.listIds(space())) ids.push(...page);
    return ids;
  };
  const search = async (question: string) => {
    const hits = await new SparseLexicalIndex(world.words).search(
      [{ id: collectionId, organizationId: world.organizationId, revision: 0 }],
      question,
      10,
    );
    return hits.map(({ id }) => id);
  };
  const ingested = async (text: string): Promise<string> => {
    const id = await process.upload(collectionId, 'a.txt', text);
    await process.runJobs();
    return id;
  };

  it('has the words there before a document becomes visible, and those of its former state no longer after', async () => {
    const id = await process.upload(collectionId, 'a.txt', 'Le tracteur rouge.');
    model.watch = async () => {
      expect(await process.document(id)).toMatchObject({ generation: 0 });
      expect(await wordIds()).toEqual([vectorIdOf(id, 1, 0)]);
      model.watch = () => Promise.resolve();
    };
    await process.runJobs();
    expect(await search('tracteur')).toEqual([vectorIdOf(id, 1, 0)]);
    await process.queue.requeue(id);
    await process.runJobs();
    expect(await wordIds()).toEqual([vectorIdOf(id, 2, 0)]);
  });

  it('follows the correction of a passage, and takes away the words of a disabled one', async () => {
    const id = await ingested('Le tracteur rouge.');
    const chunk = await process.uow.repository(ChunkEntity).findOneByOrFail({ documentId: id });
    const access = new DocumentAccess(process.uow, process.access);
    const edits = new EditChunk(process.uow, access, process.jobs, process.audit, world.words);
    await edits.execute(world.owner, id, chunk.id, { searchText: 'moissonneuse' });
    await process.runJobs();
    expect([await search('moissonneuse'), await search('tracteur')]).toEqual([[vectorIdOf(id, 1, 0)], []]);
    await edits.execute(world.owner, id, chunk.id, { disabled: true });
    await process.runJobs();
    expect(await wordIds()).toEqual([]);
    expect(isConsistent(await process.consistency.run())).toBe(true);
    await edits.execute(world.owner, id, chunk.id, { disabled: false, searchText: null });
    await process.runJobs();
    expect(await search('tracteur')).toEqual([vectorIdOf(id, 1, 0)]);
  });

  it('takes the words away with a document and with a collection, and says so in the receipt', async () => {
    const id = await ingested('Le tracteur rouge.');
    await process.deletion.execute({ id, collectionId });
    await process.runJobs();
    expect(await wordIds()).toEqual([]);
    await ingested('La moissonneuse.');
    await process.collectionDeletion.execute(collectionId);
    await process.runJobs();
    expect(await wordIds()).toEqual([]);
    const receipts = await process.uow.query(
      `SELECT vectors_before AS before, vectors_after AS after FROM deletion_receipt ORDER BY created_at`,
    );
    expect(receipts).toEqual([
      { before: 2, after: 0 },
      { before: 2, after: 0 },
    ]);
  });

  it('finds lost words and those that no row leads to, and repairs both without asking the model', async () => {
    const id = await ingested('Le tracteur rouge.');
    await world.words.dropSpace(space());
    const orphan = { id: vectorIdOf(world.owner.id, 1, 0), language: 'fr' };
    await world.words.upsert(space(), [{ ...orphan, vectors: { words: new Map([[1, 1]]), grams: new Map() } }]);
    expect(await process.consistency.run()).toMatchObject({
      incompleteDocuments: [id],
      orphanVectors: { [collectionId]: 1 },
    });
    expect(await process.consistency.run({ repair: true })).toMatchObject({ repaired: 2 });
    const { length: asked } = model.batches;
    await process.runJobs();
    expect(await wordIds()).toEqual([vectorIdOf(id, 1, 0)]);
    expect(model.batches).toHaveLength(asked);
    expect(isConsistent(await process.consistency.run())).toBe(true);
  });
});

const FORMER_MODEL = 'builtin:hashed-ngrams-v1';
const NEXT_MODEL = 'ollama:nomic-embed-text-v2-moe';

describe('The product, where vectors and words lie in Qdrant', () => {
  let ollama: OllamaProtocolServer;
  let api: TestApi;
  let alice: TestUser;
  let library: Library;
  let collectionId: string;
  let documentId: string;

  beforeAll(async () => {
    double.collections.clear();
    ollama = await OllamaProtocolServer.start({ dimension: 96 });
    api = await TestApi.start({ QDRANT_URL: double.url, OLLAMA_URL: ollama.url, EMBEDDINGS_PROVIDER: 'ollama' });
    alice = await api.createUser();
    library = new Library(api, alice);
    collectionId = await library.createCollection();
    await api.app
      .get(UnitOfWork)
      .query(`UPDATE collection SET embedding_model = $2, embedding_dimension = 768 WHERE id = $1`, [
        collectionId,
        FORMER_MODEL,
      ]);
    documentId = await library.add(collectionId, 'note.txt', Buffer.from('Le portail ouvre à huit heures.'));
    expect(await library.settled(documentId)).toMatchObject({ status: 'ready' });
  });
  afterAll(async () => {
    await api.close();
    await ollama.stop();
  });

  const find = async (body: object, as = alice): Promise<SearchResult> =>
    (await api.http(as).post('/search').send(body).expect(200)).body as SearchResult;
  const words = (query: string, as = alice) => find({ query, mode: 'lexical' }, as);

  it('answers from both, to those who may read, and holds no postings in this process', async () => {
    const { hits, ...rest } = await find({ query: 'Quand ouvre le portail ?' });
    expect(hits).toMatchObject([{ documentId }]);
    expect(Object.keys(hits[0]!.scores).toSorted()).toEqual(['dense', 'lexical']);
    expect(rest).toEqual({});
    expect((await words('portail', await api.createUser())).hits).toEqual([]);
    expect(api.app.get(LexicalIndex, { strict: false })).toBeInstanceOf(SparseLexicalIndex);
    expect(api.app.get(LexicalFollower, { strict: false })).toBeUndefined();
  });

  it('tells from Qdrant how rare the words of a question are, so that an answer speaks of them', async () => {
    const asked = await api
      .http(alice)
      .post('/chat')
      .send({ message: 'À quelle heure ouvre le portail ?' })
      .expect(200);
    const answer = asked.body as MessageView;
    expect(answer.content).toContain('huit heures');
    expect(answer.citations).toMatchObject([{ documentId }]);
    const unknown = await api.http(alice).post('/chat').send({ message: 'Quand ferme la piscine ?' }).expect(200);
    expect((unknown.body as MessageView).citations).toEqual([]);
  });

  it('finds words across collections of two models, and goes on when one moves to the other', async () => {
    const other = await library.add(await library.createCollection(), 'b.txt', Buffer.from('Le portail du garage.'));
    await library.settled(other);
    const both = [documentId, other].toSorted();
    const found = async () => (await words('portail')).hits.map((hit) => hit.documentId).toSorted();
    expect(await found()).toEqual(both);
    await api.http(alice).post(`/collections/${collectionId}/reembed`).expect(202);
    await eventually(
      async () => {
        expect(await found()).toEqual(both);
        return (await api.http(alice).get(`/collections/${collectionId}`)).body as { embeddingModel: string };
      },
      ({ embeddingModel }) => embeddingModel === NEXT_MODEL,
    );
    expect(await found()).toEqual(both);
  });

  it('finds a corrected passage by its new words', async () => {
    const chunks = await api.http(alice).get(`/documents/${documentId}/chunks`).expect(200);
    const [chunk] = (chunks.body as { items: ChunkBody[] }).items;
    const path = `/documents/${documentId}/chunks/${chunk!.id}`;
    await api.http(alice).patch(path).send({ searchText: 'Horaires de la barrière' }).expect(200);
    const { hits } = await eventually(
      () => words('barrière'),
      (answer) => answer.hits.length > 0,
    );
    expect(hits).toMatchObject([{ documentId, text: 'Le portail ouvre à huit heures.' }]);
  });

  it('says that the store does not answer when Qdrant is gone', async () => {
    await double.stop();
    const refused = await api.http(alice).post('/search').send({ query: 'portail' }).expect(503);
    expect(refused.body).toMatchObject({ code: 'vector_store.unavailable' });
    await double.start();
  });
});
