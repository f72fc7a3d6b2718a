import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import type { ExplanationView } from '#libs/retrieval';

import { TestApi, type TestUser } from '../support/api';
import { Knowledge, type CollectionFixture } from './knowledge';

const QUERY = 'congé déménagement';
const TEXT = 'Un jour de congé est accordé pour un déménagement.';

describe('POST /retrieval/explain', () => {
  let api: TestApi;
  let knowledge: Knowledge;
  let alice: TestUser;
  let collection: CollectionFixture;
  let document: string;

  beforeAll(async () => {
    api = await TestApi.start();
    knowledge = new Knowledge(api.app.get(UnitOfWork));
  });
  afterAll(() => api.close());

  beforeEach(async () => {
    alice = await api.createUser();
    collection = await knowledge.collection(alice);
    document = await knowledge.document(collection, [TEXT], 'Guide');
  });

  const ask = (body: object, as = alice) =>
    api
      .http(as)
      .post('/retrieval/explain')
      .send({ query: QUERY, ...body });
  const explain = async (body: object = {}, as = alice): Promise<ExplanationView> =>
    (await ask({ expectedDocumentId: document, ...body }, as).expect(200)).body as ExplanationView;
  const change = (sql: string) => knowledge.uow.query(sql, [document]);

  it('says that a document is found, and shows all the search went through', async () => {
    const explanation = await explain();
    expect(explanation).toMatchObject({
      ...{ found: true, stage: 'none', place: 1, explanation: 'Ce document est trouvé, à la place 1.' },
      position: { fused: 1, lexical: 1 },
      trace: { queries: [{ text: QUERY, origin: 'question' }], mode: 'hybrid', limit: 8, collections: 1 },
    });
    expect(explanation.trace.legs).toContainEqual({ kind: 'lexical', model: null, found: 1, failure: null });
    expect(explanation.trace.candidates[0]).toMatchObject({ documentId: document, place: 1, lostAt: null });
    expect(JSON.stringify(explanation)).not.toContain('accordé');
  });

  it.each([
    ['not_ready', `UPDATE document SET generation = 0, status = 'embedding' WHERE id = $1`],
    ['failed', `UPDATE document SET generation = 0, status = 'failed', failure_code = 'x.y' WHERE id = $1`],
    ['quarantined', `UPDATE document SET status = 'failed', failure_code = 'document.quarantined' WHERE id = $1`],
    ['no_text', `DELETE FROM chunk WHERE document_id = $1`],
    ['disabled', `UPDATE chunk SET is_disabled = true WHERE document_id = $1`],
  ])('names the state of a document that no search can find: %s', async (stage, sql) => {
    await change(sql);
    expect(await explain()).toMatchObject({ found: false, stage, position: { fused: null } });
  });

  it('names the passage that stands in its place', async () => {
    const copy = await knowledge.document(collection, [TEXT], 'Copie');
    const stages = [await explain(), await explain({ expectedDocumentId: copy })];
    expect(stages.map(({ stage }) => stage).toSorted()).toEqual(['none', 'repetition']);
    const lost = stages.find(({ stage }) => stage === 'repetition')!;
    const [winner, loser] = lost.trace.candidates;
    expect(loser).toMatchObject({ lostAt: 'repetition', lostTo: winner?.chunkId });
  });

  it('gives the position behind the limit', async () => {
    const better = Array.from({ length: 20 }, (_, at) => `Congé de déménagement, déménagement, congé : règle ${at}.`);
    await knowledge.document(collection, better, 'Règles');
    expect(await explain({ limit: 3 })).toMatchObject({ stage: 'limit', place: null, position: { fused: 21 } });
  });

  it('gives the position beyond the candidates of the legs', async () => {
    const better = Array.from({ length: 120 }, (_, at) => `Congé de déménagement, déménagement, congé : règle ${at}.`);
    await knowledge.document(collection, better, 'Règles');
    const expectedDocumentId = await knowledge.document(
      collection,
      ['Ce très long chapitre parle de bien des choses et nomme une seule fois le mot de congé, tout à la fin.'],
      'Annexe',
    );
    const far = await explain({ expectedDocumentId });
    expect(far.stage).toBe('not_retrieved');
    expect(far.position.lexical).toBeGreaterThan(100);
    expect(far.trace.candidates.length).toBeLessThanOrEqual(58);
  });

  it('says that the answer would be that nobody knows, with the confidence and its threshold', async () => {
    const query = 'Quel est le tarif du parking souterrain pour les visiteurs du congé de dimanche ?';
    const unsure = await explain({ query });
    expect(unsure).toMatchObject({ found: false, stage: 'threshold', place: 1 });
    const { confidence, threshold } = unsure.trace.answer!;
    expect([confidence < threshold!, Math.round(threshold! * 100)]).toEqual([true, 54]);
    expect(unsure.explanation).toContain('(0,537)');
  });

  it('says that no sentence of what was found answers such a question', async () => {
    const query = 'Combien de jours de congé pour un déménagement ?';
    const numberless = await knowledge.document(
      collection,
      ['Le salarié a droit à des jours de congé pour un déménagement.'],
      'Note',
    );
    await knowledge.uow.query('UPDATE chunk SET is_disabled = true WHERE document_id = $1', [document]);
    const told = await explain({ query, expectedDocumentId: numberless });
    expect(told).toMatchObject({ found: false, stage: 'unanswered', place: 1 });
  });

  it('speaks the language of the caller', async () => {
    const { body } = (await ask({ expectedDocumentId: document }).set('Accept-Language', 'en').expect(200)) as {
      body: ExplanationView;
    };
    expect(body.explanation).toBe('This document is found, in place 1.');
  });

  it('says that it was not in the collections searched', async () => {
    const other = await knowledge.collection(alice);
    expect(await explain({ collectionIds: [other.id] })).toMatchObject({ stage: 'not_searched' });
  });

  it('knows no difference between a document the caller may not read and none, also for an administrator', async () => {
    const strangers = [
      await api.createUser('user', alice.organizationId),
      await api.createUser('admin', alice.organizationId),
      await api.createUser('superuser', await api.createOrganization()),
    ];
    const told = async (expectedDocumentId: string, as: TestUser): Promise<string> => {
      const { text } = await ask({ expectedDocumentId }, as).set('X-Request-Id', 'same').expect(404);
      return text.replaceAll(expectedDocumentId, 'ID');
    };
    for (const as of strangers) expect(await told(document, as)).toBe(await told(randomUUID(), as));
    await change('UPDATE document SET deleted_at = now() WHERE id = $1');
    await ask({ expectedDocumentId: document }).expect(404);
  });
});
