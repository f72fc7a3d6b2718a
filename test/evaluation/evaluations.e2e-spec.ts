import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import type { MessageView } from '#libs/chat';
import { addHandbook } from '#test/chat/support/handbook';
import { eventually } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

import { RunEvaluation } from '../../libs/evaluation/src/evaluation/run-evaluation';
import { GoldenQuestionData } from '../../libs/evaluation/src/golden-question/golden-question-data';

interface Evaluation {
  readonly id: string;
  readonly status: string;
  readonly doneCount: number;
  readonly failureCode: string | null;
  readonly figures: Readonly<Record<string, number | null>> | null;
}

const QUESTIONS = [
  { question: 'Combien de jours de congés annuels ?', expectedDocuments: ['conges.md'], expectedAnswers: ['25 jours'] },
  {
    question: 'Quel est le délai de préavis des cadres ?',
    expectedDocuments: ['preavis'],
    expectedAnswers: ['trois mois'],
  },
  { question: 'What is the limit for a hotel in Paris?', expectedDocuments: ['travel'], expectedAnswers: ['€180'] },
  { question: 'Où se trouve la piscine municipale ?', answerable: false },
];
const jsonl = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

describe('Evaluations', () => {
  let api: TestApi;
  let admin: TestUser;
  let collectionId: string;
  let documents: Readonly<Record<string, string>>;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
    admin = await api.createUser('admin', await api.createOrganization());
    const { library, collectionId: made } = await addHandbook(api, admin);
    collectionId = made;
    const listed = await api.http(admin).get('/documents').expect(200);
    expect(library).toBeDefined();
    const { items } = listed.body as { items: { id: string; filename: string }[] };
    documents = Object.fromEntries(items.map(({ id, filename }) => [filename, id]));
  });
  afterAll(() => api.close());

  const post = async <T>(path: string, body: object, status = 201, as = admin): Promise<T> => {
    const answer = await api.http(as).post(path).send(body);
    expect([status, answer.body]).toEqual([answer.status, answer.body]);
    return answer.body as T;
  };
  const makeSet = async (): Promise<string> =>
    (await post<{ id: string }>('/admin/golden-sets', { name: `Jeu ${randomUUID()}`, collectionIds: [collectionId] }))
      .id;
  const filledSet = async (rows: readonly object[] = QUESTIONS): Promise<string> => {
    const id = await makeSet();
    await post(`/admin/golden-sets/${id}/import`, { format: 'jsonl', questions: jsonl(rows) }, 200);
    return id;
  };
  const read = async (id: string): Promise<Evaluation> =>
    (await api.http(admin).get(`/admin/evaluations/${id}`).expect(200)).body as Evaluation;
  const run = async (goldenSetId: string, settings?: object): Promise<Evaluation> => {
    const { id, status } = await post<Evaluation>(
      '/admin/evaluations',
      { goldenSetId, ...(settings && { settings }) },
      202,
    );
    expect(status).toBe('waiting');
    return eventually(
      () => read(id),
      (evaluation) => ['complete', 'failed'].includes(evaluation.status),
    );
  };
  const entries = async (action: string, resourceId: string): Promise<number> =>
    (
      await api.app
        .get(UnitOfWork)
        .query('SELECT FROM audit_log WHERE action = $1 AND resource_id = $2', [action, resourceId])
    ).length;
  const ask = async (message: string): Promise<MessageView> =>
    (
      await api
        .http(admin)
        .post('/chat')
        .send({ message, collectionIds: [collectionId] })
        .expect(200)
    ).body as MessageView;

  it('ask every question with the rights of who asks, and tell how the answers fared', async () => {
    const evaluation = await run(await filledSet());
    expect(evaluation).toMatchObject({ status: 'complete', doneCount: 4, failureCode: null });
    expect(evaluation.figures).toMatchObject({
      ...{ questions: 4, answerable: 3, hitAt1: 1, ndcgAt10: 1, meanReciprocalRank: 1 },
      ...{ citationPrecision: 1, goldContained: 1, coverage: 0.75, risk: 0, abstentionAuc: 1 },
    });
    const [kept] = await api.app
      .get(UnitOfWork)
      .query<{ figures: string }>("SELECT string_agg(figures::text, ' ') AS figures FROM evaluation_answer");
    expect(kept?.figures).not.toContain('25 jours');
  });

  it('bring settings into force that are not worse, and refuse those that are', async () => {
    const goldenSetId = await filledSet();
    const baseline = await run(goldenSetId);
    const silent = await run(goldenSetId, { minConfidence: 1 });
    expect(silent.figures).toMatchObject({ coverage: 0, goldContained: 0 });
    const compared = await api.http(admin).get(`/admin/evaluations/${silent.id}/comparison?baselineId=${baseline.id}`);
    expect(compared.body).toMatchObject({ worse: 3, better: 0, same: 1, difference: { goldContained: -1 } });
    const refused = await post<object>(`/admin/evaluations/${silent.id}/apply`, { baselineId: baseline.id }, 409);
    expect(refused).toMatchObject({ code: 'evaluation.worse' });
    expect((await ask(QUESTIONS[0]!.question)).sources.length).toBe(3);

    const fewer = await run(goldenSetId, { passages: 1 });
    await post(`/admin/evaluations/${fewer.id}/apply`, { baselineId: baseline.id }, 200);
    expect(await entries('evaluation.applied', fewer.id)).toBe(1);
    expect((await ask(QUESTIONS[0]!.question)).sources.length).toBe(1);
    const shipped = await run(goldenSetId, {});
    await post(`/admin/evaluations/${shipped.id}/apply`, { baselineId: baseline.id }, 200);
    expect((await ask(QUESTIONS[0]!.question)).sources.length).toBe(3);
  });

  it('are neither compared nor applied when there is nothing to compare or apply', async () => {
    const [one, other] = [await run(await filledSet()), await run(await filledSet())];
    const path = `/admin/evaluations/${one.id}`;
    const compared = await api.http(admin).get(`${path}/comparison?baselineId=${other.id}`).expect(409);
    expect(compared.body).toMatchObject({ code: 'evaluation.not_comparable' });
    const nothing = await post<object>(`${path}/apply`, { baselineId: one.id }, 409);
    expect(nothing).toMatchObject({ code: 'evaluation.nothing_to_apply' });
  });

  it('need questions, and end with a reason when who asked no longer administers', async () => {
    const empty = await post<object>('/admin/evaluations', { goldenSetId: await makeSet() }, 409);
    expect(empty).toMatchObject({ code: 'evaluation.no_questions' });
    const other = await api.createUser('admin', admin.organizationId);
    await api.http(admin).put(`/collections/${collectionId}/grants`).send({ userId: other.id, role: 'reader' });
    const goldenSetId = await filledSet();
    const uow = api.app.get(UnitOfWork);
    await uow.query('UPDATE app_user SET disabled_at = now() WHERE id = $1', [other.id]);
    const id = randomUUID();
    await uow.query(
      `INSERT INTO evaluation (id, organization_id, golden_set_id, requested_by, status, question_count)
       VALUES ($1, $2, $3, $4, 'waiting', 4)`,
      [id, admin.organizationId, goldenSetId, other.id],
    );
    await api.app.get(RunEvaluation).execute(id, new AbortController().signal);
    expect(await read(id)).toMatchObject({ status: 'failed', failureCode: 'evaluation.evaluator_gone' });
  });

  it('import the layout of BEIR, documents by file name, and say what was not found', async () => {
    const id = await makeSet();
    const questions = jsonl([
      { _id: 'q1', text: 'Combien de congés ?', metadata: { answers: ['25 jours'] } },
      { _id: 'q2', text: 'Où est la cantine ?' },
      { _id: 'q3', text: 'Not judged' },
    ]);
    const judgements = 'query-id\tcorpus-id\tscore\nq1\tconges\t1\nq2\tcantine\t1\n';
    const result = await post<object>(
      `/admin/golden-sets/${id}/import`,
      { format: 'beir', questions, judgements },
      200,
    );
    expect(result).toEqual({ imported: 1, withoutDocument: 1 });
    const listed = await api.http(admin).get(`/admin/golden-questions?filter[goldenSetId]=${id}`).expect(200);
    expect(listed.body).toMatchObject({
      items: [{ language: 'fr', expectedDocumentIds: [documents['conges.md']], expectedAnswers: ['25 jours'] }],
    });
    const refused = await post<object>(`/admin/golden-sets/${id}/import`, { format: 'jsonl', questions: '[]' }, 422);
    expect(refused).toMatchObject({ code: 'evaluation.import_refused' });
  });

  it('take questions from feedback: the own at once, those of others only when opened, and erase them with their owner', async () => {
    const goldenSetId = await makeSet();
    const user = await api.createUser('user', admin.organizationId);
    await api.http(admin).put(`/collections/${collectionId}/grants`).send({ userId: user.id, role: 'reader' });
    const asked = await api
      .http(user)
      .post('/chat')
      .send({ message: QUESTIONS[0]!.question, collectionIds: [collectionId] })
      .expect(200);
    const { id: messageId, conversationId } = asked.body as MessageView;
    await api.http(user).put(`/messages/${messageId}/feedback`).send({ rating: 'up' }).expect(200);
    const [feedback] = await api.app
      .get(UnitOfWork)
      .query<{ id: string }>('SELECT id FROM feedback WHERE message_id = $1', [messageId]);
    const body = { goldenSetId, feedbackId: feedback!.id, expectedAnswers: ['25 jours'] };
    const sealed = await post<object>('/admin/golden-questions/from-feedback', body, 403);
    expect(sealed).toMatchObject({ code: 'evaluation.feedback_sealed' });

    const reason = { reason: 'Revue de la qualité des réponses', minutes: 5 };
    await post(`/admin/conversations/${conversationId}/break-glass`, reason);
    const promoted = await post<{ id: string }>('/admin/golden-questions/from-feedback', body);
    expect(promoted).toMatchObject({
      ...{ question: QUESTIONS[0]!.question, origin: 'feedback', expectedAnswers: ['25 jours'] },
      expectedDocumentIds: [documents['conges.md']],
    });
    expect(await entries('golden-question.created', promoted.id)).toBe(1);
    const own = api.app.get(GoldenQuestionData);
    const [section] = own.sections(user.id);
    expect(await Array.fromAsync(section!.rows)).toMatchObject([{ question: QUESTIONS[0]!.question }]);
    expect(await own.erase(user.id)).toEqual({ goldenQuestions: 1 });
  });

  it('do not exist for other organizations, nor for users', async () => {
    const goldenSetId = await filledSet();
    const evaluation = await run(goldenSetId);
    const stranger = await api.createUser('admin', await api.createOrganization('Ailleurs'));
    for (const path of [`golden-sets/${goldenSetId}`, `evaluations/${evaluation.id}`]) {
      await api.http(stranger).get(`/admin/${path}`).expect(404);
      await api.http(stranger).delete(`/admin/${path}`).expect(404);
    }
    await post('/admin/evaluations', { goldenSetId }, 404, stranger);
    await post('/admin/golden-questions', { goldenSetId, question: 'Qui ?' }, 404, stranger);
    await post(`/admin/golden-sets/${goldenSetId}/import`, { format: 'jsonl', questions: '{}' }, 422, stranger);
    await api
      .http(await api.createUser('user', admin.organizationId))
      .get('/admin/evaluations')
      .expect(403);
    await api.http(admin).delete(`/admin/golden-sets/${goldenSetId}`).expect(204);
    await api.http(admin).get(`/admin/evaluations/${evaluation.id}`).expect(404);
  });
});
