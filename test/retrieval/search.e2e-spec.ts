import { randomUUID } from 'node:crypto';

import type { Principal } from '#libs/http';
import { ReadableCollections, vectorIdOf } from '#libs/ingestion';
import {
  BuiltinEmbeddingModel,
  EmbeddingModel,
  EmbeddingModels,
  EmbeddingModelUnknownError,
  ModelUnavailableError,
  Reranker,
  RerankerUnavailableError,
} from '#libs/llm';
import { LexicalIndexOptions, SearchDocuments, type SearchResult } from '#libs/retrieval';
import { VectorStoreUnavailableError, type VectorHit, type VectorStore } from '#libs/vector-store';

import { NoReranker } from '../../libs/llm/src/adapters/no-reranker';
import { DenseSearch } from '../../libs/retrieval/src/dense/dense-search';
import { InProcessLexicalIndex } from '../../libs/retrieval/src/lexical/in-process-lexical-index';
import { LexicalRows } from '../../libs/retrieval/src/lexical/lexical-rows';
import { LivePassages } from '../../libs/retrieval/src/search/live-passages';
import { RerankPassages } from '../../libs/retrieval/src/selection/rerank-passages';
import { RetrievalObserver } from '../../libs/retrieval/src/search/retrieval-observer';
import { ChromaVectorStore } from '../../libs/vector-store/src/adapters/chroma-vector-store';
import { chromaUrl } from '../support/embedded-servers';
import {
  openKnowledge,
  type CollectionFixture,
  type Knowledge,
  type OpenKnowledge,
  type PassageFixture,
} from './knowledge';

/** Counts questions; may be told to fail. */
class CountingModel extends EmbeddingModel {
  override readonly dimension = 768;
  readonly questions: string[] = [];
  failure: Error | undefined;
  private readonly inner = new BuiltinEmbeddingModel();

  constructor(override readonly id: string) {
    super();
  }

  override embed(texts: readonly string[], purpose: 'document' | 'query'): Promise<Float32Array[]> {
    if (purpose === 'query') this.questions.push(...texts);
    return this.failure ? Promise.reject(this.failure) : this.inner.embed(texts, purpose);
  }
}

class TwoModels extends EmbeddingModels {
  readonly first = new CountingModel('builtin:hashed-ngrams-v1');
  readonly second = new CountingModel('ollama:second');

  override current(): EmbeddingModel {
    return this.first;
  }

  override ready(): Promise<EmbeddingModel> {
    return Promise.resolve(this.first);
  }

  override byId(id: string): EmbeddingModel {
    const model = [this.first, this.second].find((candidate) => candidate.id === id);
    if (!model) throw new EmbeddingModelUnknownError(id, this.first.id);
    return model;
  }
}

describe('SearchDocuments on PostgreSQL and Chroma', () => {
  let opened: OpenKnowledge;
  let knowledge: Knowledge;
  let models: TwoModels;
  let vectors: ChromaVectorStore;
  let search: SearchDocuments;
  let alice: Principal;
  let collection: CollectionFixture;

  beforeAll(async () => {
    opened = await openKnowledge();
    ({ knowledge } = opened);
  });

  afterAll(async () => {
    await opened.close();
  });

  beforeEach(async () => {
    models = new TwoModels();
    vectors = new ChromaVectorStore({ url: await chromaUrl() });
    search = compose(vectors);
    alice = await knowledge.user();
    collection = await knowledge.collection(alice);
  });

  const compose = (store: VectorStore, reranker: Reranker = new NoReranker()) =>
    new SearchDocuments(
      new ReadableCollections(knowledge.uow),
      new InProcessLexicalIndex(new LexicalRows(knowledge.uow), new LexicalIndexOptions()),
      new DenseSearch(models, store),
      new LivePassages(knowledge.uow),
      new RetrievalObserver(),
      new RerankPassages(reranker),
    );

  const spaceOf = ({
    id: collectionId,
    organizationId,
    embeddingModel,
    embeddingDimension: dimension,
  }: CollectionFixture) => ({
    ...{ collectionId, organizationId, embeddingModel, dimension },
  });

  const index = async (into: CollectionFixture, documentId: string, generation: number, texts: readonly string[]) => {
    const embedded = await new BuiltinEmbeddingModel().embed(texts, 'document');
    await vectors.upsert(
      spaceOf(into),
      embedded.map((vector, ordinal) => ({ id: vectorIdOf(documentId, generation, ordinal), vector })),
    );
  };

  const add = async (passages: readonly (string | PassageFixture)[], into = collection, title?: string) => {
    const document = await knowledge.document(into, passages, title);
    const texts = passages.map((passage) => (typeof passage === 'string' ? passage : passage.text));
    await index(into, document, 1, texts);
    return document;
  };

  const documents = ({ hits }: SearchResult) => hits.map(({ documentId }) => documentId);

  it('answers hits as the contract says, with the score of each leg', async () => {
    const passage = { text: 'Un jour de congé pour un déménagement.', page: 4, heading: ['Congés', 'Déménagement'] };
    const document = await add(['La cantine ferme à midi.', passage], collection, 'Guide');
    const { hits, ...rest } = await search.execute(alice, { query: 'congé déménagement' });
    expect(rest).toEqual({});
    expect(hits[0]).toEqual({
      documentId: document,
      chunkId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      collectionId: collection.id,
      title: 'Guide',
      page: 4,
      heading: 'Congés > Déménagement',
      start: 1000,
      end: 1000 + passage.text.length,
      text: passage.text,
      score: expect.closeTo(1, 5) as number,
      scores: { dense: expect.any(Number) as number, lexical: expect.any(Number) as number },
    });
    expect(hits[1]).not.toHaveProperty('page');
    expect(hits[1]).not.toHaveProperty('heading');
  });

  it('serves one leg alone when asked to', async () => {
    await add(['le budget annuel', 'la cantine']);
    const lexical = await search.execute(alice, { query: 'budget', mode: 'lexical' });
    expect(lexical.hits.map(({ scores }) => scores.dense)).toEqual([null]);
    expect(models.first.questions).toEqual([]);
    const dense = await search.execute(alice, { query: 'budget', mode: 'dense' });
    expect(dense.hits).toHaveLength(2);
    expect(dense.hits.every(({ scores }) => scores.lexical === null)).toBe(true);
    expect(dense.hits[0]?.text).toBe('le budget annuel');
  });

  it('returns as many hits as asked for, also when the best candidates are gone', async () => {
    const texts = Array.from({ length: 30 }, (_, n) => `le rapport numéro ${n}`);
    for (const text of texts) await add([text]);
    const all = await search.execute(alice, { query: 'rapport', limit: 30 });
    expect(all.hits).toHaveLength(30);
    for (const id of documents(all).slice(0, 20)) await knowledge.delete(collection.id, id);
    expect(documents(await search.execute(alice, { query: 'rapport', limit: 5 }))).toHaveLength(5);
  });

  it('tells the same passage of two documents once', async () => {
    await add(['le dossier Sigma'], collection);
    await add(['Le dossier  Sigma'], collection);
    const { hits } = await search.execute(alice, { query: 'Sigma', collectionIds: [collection.id] });
    expect(hits.filter(({ text }) => /Sigma/.test(text))).toHaveLength(1);
  });

  it('embeds the question once for each model, however many collections it has', async () => {
    const others = [await knowledge.collection(alice), await knowledge.collection(alice, 'ollama:second')];
    for (const [place, into] of [collection, ...others].entries()) await add([`le dossier Omega, tome ${place}`], into);
    const { hits } = await search.execute(alice, { query: 'Omega' });
    expect(new Set(hits.map(({ collectionId }) => collectionId)).size).toBe(3);
    expect([models.first.questions, models.second.questions]).toEqual([['Omega'], ['Omega']]);
  });

  describe('access', () => {
    it('shows nobody a passage of a collection that is not theirs', async () => {
      const secret = await add(['le canari de la mine']);
      const [stranger, colleague] = [await knowledge.user(), await knowledge.user(alice.organizationId)];
      for (const person of [stranger, colleague]) {
        for (const mode of ['hybrid', 'dense', 'lexical'] as const) {
          expect(documents(await search.execute(person, { query: 'canari', mode }))).toEqual([]);
        }
      }
      await knowledge.uow.query(`UPDATE collection SET visibility = 'organization' WHERE id = $1`, [collection.id]);
      expect(documents(await search.execute(colleague, { query: 'canari' }))).toEqual([secret]);
      expect(documents(await search.execute(stranger, { query: 'canari' }))).toEqual([]);
    });

    it('says that a collection which is not the caller’s does not exist', async () => {
      const foreign = await knowledge.collection(await knowledge.user());
      for (const id of [foreign.id, randomUUID()]) {
        const attempt = search.execute(alice, { query: 'canari', collectionIds: [collection.id, id] });
        await expect(attempt).rejects.toMatchObject({ code: 'collection.not_found', kind: 'missing' });
      }
      expect(models.first.questions).toEqual([]);
    });

    it('searches only the collections that are named', async () => {
      const other = await knowledge.collection(alice);
      const here = await add(['le dossier Omega']);
      await add(['le dossier Omega'], other);
      expect(documents(await search.execute(alice, { query: 'Omega', collectionIds: [collection.id] }))).toEqual([
        here,
      ]);
      expect(documents(await search.execute(alice, { query: 'Omega', collectionIds: [] }))).toEqual([]);
    });

    it('withholds what the caller lost the right to while the search ran', async () => {
      const colleague = await knowledge.user(alice.organizationId);
      await knowledge.uow.query(`UPDATE collection SET visibility = 'organization' WHERE id = $1`, [collection.id]);
      await add(['le canari de la mine']);
      class Revoking extends ChromaVectorStore {
        override async query(...asked: Parameters<ChromaVectorStore['query']>): Promise<VectorHit[]> {
          await knowledge.uow.query(`UPDATE collection SET visibility = 'private' WHERE id = $1`, [collection.id]);
          return super.query(...asked);
        }
      }
      const racing = compose(new Revoking({ url: await chromaUrl() }));
      expect(documents(await racing.execute(colleague, { query: 'canari' }))).toEqual([]);
    });

    it('believes the rows, not what a shared vector space claims', async () => {
      const stranger = await knowledge.user();
      const foreign = await knowledge.collection(stranger);
      const secret = await knowledge.document(foreign, ['le canari de la mine']);
      await index(collection, secret, 1, ['le canari de la mine']);
      await vectors.upsert(spaceOf(collection), [{ id: 'not-ours', vector: new Float32Array(768).fill(1) }]);
      expect(documents(await search.execute(alice, { query: 'canari', mode: 'dense' }))).toEqual([]);
    });
  });

  describe('documents that change', () => {
    it('never shows a deleted document, though its vectors are still there', async () => {
      const document = await add(['les archives de 1998']);
      expect(documents(await search.execute(alice, { query: 'archives' }))).toEqual([document]);
      await knowledge.delete(collection.id, document);
      expect(await vectors.count(spaceOf(collection))).toBe(1);
      for (const mode of ['hybrid', 'dense', 'lexical'] as const) {
        expect(documents(await search.execute(alice, { query: 'archives', mode }))).toEqual([]);
      }
    });

    it('shows the passages of the live generation only', async () => {
      const document = await add(['la première version du règlement']);
      await index(collection, document, 2, ['la seconde version du règlement']);
      expect((await search.execute(alice, { query: 'règlement' })).hits.map(({ text }) => text)).toEqual([
        'la première version du règlement',
      ]);
      await knowledge.publish(collection, document, ['la seconde version du règlement']);
      expect((await search.execute(alice, { query: 'règlement' })).hits.map(({ text }) => text)).toEqual([
        'la seconde version du règlement',
      ]);
    });

    it('shows nothing of a deleted collection', async () => {
      await add(['les archives de 1998']);
      await search.execute(alice, { query: 'archives' });
      await knowledge.uow.query('UPDATE collection SET deleted_at = now() WHERE id = $1', [collection.id]);
      expect(documents(await search.execute(alice, { query: 'archives' }))).toEqual([]);
    });
  });

  describe('when the dense leg fails', () => {
    const down = () => new ChromaVectorStore({ url: 'http://127.0.0.1:1' });

    it('answers by words and says so when the vector store is down', async () => {
      const document = await add(['les archives de 1998']);
      const result = await compose(down()).execute(alice, { query: 'archives' });
      expect(documents(result)).toEqual([document]);
      expect(result).toMatchObject({
        degraded: 'vector_store.unavailable',
        degradations: [
          {
            reason: 'vector_store.unavailable',
            detail: expect.stringContaining('base vectorielle') as string,
            collectionIds: [collection.id],
          },
        ],
      });
      expect(result.hits[0]).toMatchObject({ score: 1, scores: { dense: null } });
    });

    it('answers by words and says so when the model is down', async () => {
      const document = await add(['les archives de 1998']);
      models.first.failure = new ModelUnavailableError({ provider: 'ollama', model: 'm', reason: 'timeout' });
      const result = await search.execute(alice, { query: 'archives' });
      expect([documents(result), result.degraded]).toEqual([[document], 'llm.unavailable']);
    });

    it('names the collections whose model this installation cannot run, and searches the others in full', async () => {
      const orphan = await knowledge.collection(alice, 'ollama:gone', 768);
      const [here, there] = [
        await add(['les archives de 1998']),
        await knowledge.document(orphan, ['les archives de 1999']),
      ];
      const result = await search.execute(alice, { query: 'archives' });
      expect(documents(result).toSorted()).toEqual([here, there].toSorted());
      expect(result.degraded).toBe('embedding.model_unavailable');
      expect(result.degradations).toHaveLength(1);
      expect(result.degradations?.[0]).toMatchObject({
        detail: expect.stringContaining('ollama:gone') as string,
        collectionIds: [orphan.id],
      });
      expect(result.hits.find(({ documentId }) => documentId === here)?.scores.dense).not.toBeNull();
    });

    it('says that a collection remembers another dimension than its model has now', async () => {
      const changed = await knowledge.collection(alice, 'ollama:second', 3);
      await knowledge.document(changed, ['les archives de 1998']);
      const result = await search.execute(alice, { query: 'archives', collectionIds: [changed.id] });
      expect(result.degraded).toBe('vector_store.dimension_mismatch');
      expect(result.hits).toHaveLength(1);
    });

    it('fails when only vectors were asked for', async () => {
      await add(['les archives de 1998']);
      await expect(compose(down()).execute(alice, { query: 'archives', mode: 'dense' })).rejects.toBeInstanceOf(
        VectorStoreUnavailableError,
      );
    });

    it('does not hide a bug behind a degraded answer', async () => {
      models.first.failure = new TypeError('not a function');
      await expect(search.execute(alice, { query: 'archives' })).rejects.toThrow('not a function');
    });
  });

  describe('with a reranker', () => {
    /** Likes passages by a word of its own. */
    class Fond extends Reranker {
      override readonly id = 'reranker:fond';
      readonly read: string[] = [];
      failure: Error | undefined;
      override score(_query: string, texts: readonly string[]): Promise<number[]> {
        this.read.push(...texts);
        return this.failure
          ? Promise.reject(this.failure)
          : Promise.resolve(texts.map((text) => (/trente/.test(text) ? 4 : -4)));
      }
    }
    const PASSAGES = ['Congé, congé, congé annuel.', 'Un congé annuel de trente jours.', 'Le congé du stagiaire.'];

    it('puts its best first, with scores in that order, and reads the headings too', async () => {
      await add(
        PASSAGES.map((text) => ({ text, heading: ['Temps'] })),
        collection,
        'Guide',
      );
      const fond = new Fond();
      const { hits, trace } = await compose(vectors, fond).trace(alice, { query: 'congé annuel', limit: 1 });
      expect(hits.map(({ text }) => text)).toEqual([PASSAGES[1]]);
      expect(hits[0]?.score).toBeCloseTo(0.982, 3);
      expect(fond.read).toContain(`Guide > Temps\n${PASSAGES[1]}`);
      expect(trace.legs.at(-1)).toEqual({ kind: 'reranker', model: 'reranker:fond', found: 3, failure: null });
      expect(trace.candidates.find(({ place }) => place === 1)?.reranked).toEqual({ rank: 1, score: 4 });
      expect(trace.candidates.map(({ lostAt }) => lostAt)).toContain('reranking');
    });

    it('keeps the order of the search and says so when it is down', async () => {
      await add(PASSAGES);
      const fond = new Fond();
      fond.failure = new RerankerUnavailableError('fond', 'timeout');
      const plain = await search.execute(alice, { query: 'congé annuel' });
      const result = await compose(vectors, fond).execute(alice, { query: 'congé annuel' });
      expect(result).toMatchObject({ degraded: 'reranker.unavailable', hits: plain.hits });
    });
  });
});
