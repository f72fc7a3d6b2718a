import { randomUUID } from 'node:crypto';

import { administered, proven, recorded, type Routes } from './classified';
import type { Scene } from './scene';

const group = (scene: Scene): Promise<string> =>
  scene.make('/admin/groups', { name: randomUUID() }, scene.cast.superuser);

let ranges = 0;
/** Nobody calls from there (RFC 5737). */
const nextRange = (): string => `203.0.113.${(ranges += 1)}`;

const FLAG = { key: 'directory', audience: 'everybody' };
/** Of any former test; an organization has one row for each. */
const flag = async (scene: Scene): Promise<string> => {
  await scene.sql('DELETE FROM feature_flag', []);
  return scene.make('/admin/feature-flags', FLAG, scene.cast.superuser);
};

const BREAK_GLASS = { reason: 'Demande de l’inspection du travail.', minutes: 5 };

const conversation = (scene: Scene): Promise<string> =>
  scene.make('/admin/conversations', { userId: scene.cast.user.id }, scene.cast.superuser);

const answer = async (scene: Scene): Promise<string> => {
  const asked = await scene.api.http(scene.cast.user).post('/chat').send({ message: 'Où est l’accueil ?' }).expect(200);
  return (asked.body as { id: string }).id;
};

const goldenSet = async (scene: Scene): Promise<string> => {
  const collectionIds = [await scene.make('/collections', { name: randomUUID() }, scene.cast.superuser)];
  return scene.make('/admin/golden-sets', { name: randomUUID(), collectionIds }, scene.cast.superuser);
};

const goldenQuestion = async (scene: Scene): Promise<{ readonly id: string; readonly goldenSetId: string }> => {
  const goldenSetId = await goldenSet(scene);
  const question = { goldenSetId, question: 'Où est l’accueil ?' };
  return { id: await scene.make('/admin/golden-questions', question, scene.cast.superuser), goldenSetId };
};

/** One line for a resource on `AuditedCrudService`; what it can besides stands below it. */
export const ADMINISTRATION_ROUTES: Routes = {
  ...administered({
    path: 'groups',
    name: 'group',
    create: () => ({ name: randomUUID() }),
    change: { description: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'group.deleted' },
  }),
  'PUT /api/v1/admin/groups/:id/members/:userId': recorded('group.member_added', async (scene) =>
    scene.as(scene.cast.superuser).put(`/admin/groups/${await group(scene)}/members/${scene.cast.user.id}`),
  ),
  'POST /api/v1/admin/groups/:id/members/bulk': recorded('group.member_added', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post(`/admin/groups/${await group(scene)}/members/bulk`)
      .send({ action: 'add', ids: [scene.cast.user.id] }),
  ),
  'DELETE /api/v1/admin/groups/:id/members/:userId': recorded('group.member_removed', async (scene) => {
    const { superuser, user } = scene.cast;
    const path = `/admin/groups/${await group(scene)}/members/${user.id}`;
    await scene.api.http(superuser).put(path).expect(204);
    return scene.as(superuser).delete(path);
  }),
  ...administered({
    path: 'conversations',
    name: 'conversation',
    create: ({ cast }) => ({ userId: cast.user.id }),
    change: { title: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'conversation.deleted' },
  }),
  'GET /api/v1/admin/conversations': recorded('conversation.listed', (scene) =>
    scene.as(scene.cast.superuser).get('/admin/conversations'),
  ),
  'GET /api/v1/admin/conversations/:id': recorded('conversation.looked_up', async (scene) =>
    scene.as(scene.cast.superuser).get(`/admin/conversations/${await conversation(scene)}`),
  ),
  'POST /api/v1/admin/conversations/:id/break-glass': recorded('conversation.disclosed', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post(`/admin/conversations/${await conversation(scene)}/break-glass`)
      .send(BREAK_GLASS),
  ),
  'GET /api/v1/admin/conversations/:id/messages': recorded('conversation.read_disclosed', async (scene) => {
    const path = `/admin/conversations/${await conversation(scene)}`;
    await scene.api.http(scene.cast.superuser).post(`${path}/break-glass`).send(BREAK_GLASS).expect(201);
    return scene.as(scene.cast.superuser).get(`${path}/messages`);
  }),
  'GET /api/v1/admin/conversations/:id/messages/:messageId/trace': recorded(
    'conversation.read_disclosed',
    async (scene) => {
      const id = await conversation(scene);
      const path = `/admin/conversations/${id}`;
      const asked = scene.api
        .http(scene.cast.user)
        .post(`/conversations/${id}/messages`)
        .send({ content: 'Combien ?' });
      const { body } = (await asked) as { body: { id: string } };
      await scene.api.http(scene.cast.superuser).post(`${path}/break-glass`).send(BREAK_GLASS).expect(201);
      return scene.as(scene.cast.superuser).get(`${path}/messages/${body.id}/trace`);
    },
  ),
  'POST /api/v1/admin/retrieval/explain': recorded('retrieval.explained', async (scene) =>
    scene
      .as(scene.cast.admin)
      .post('/admin/retrieval/explain')
      .send({ userId: scene.cast.user.id, query: 'Bail', expectedDocumentId: await scene.document() }),
  ),
  'GET /api/v1/admin/disclosures/export': recorded('disclosure.exported', (scene) =>
    scene.as(scene.cast.superuser).get('/admin/disclosures/export'),
  ),
  'DELETE /api/v1/admin/disclosures/:id': recorded('disclosure.ended', async (scene) => {
    const { superuser } = scene.cast;
    const path = `/admin/conversations/${await conversation(scene)}/break-glass`;
    const opened = await scene.api.http(superuser).post(path).send(BREAK_GLASS).expect(201);
    return scene.as(superuser).delete(`/admin/disclosures/${(opened.body as { id: string }).id}`);
  }),
  'GET /api/v1/admin/messages': recorded('message.listed', (scene) =>
    scene.as(scene.cast.superuser).get('/admin/messages'),
  ),
  'GET /api/v1/admin/messages/export': recorded('message.exported', (scene) =>
    scene.as(scene.cast.superuser).get('/admin/messages/export'),
  ),
  'GET /api/v1/admin/messages/:id': recorded('message.read', async (scene) =>
    scene.as(scene.cast.superuser).get(`/admin/messages/${await answer(scene)}`),
  ),
  ...administered({
    path: 'feedback',
    name: 'feedback',
    make: async (scene) =>
      scene.make('/admin/feedback', { messageId: await answer(scene), rating: 'up' }, scene.cast.superuser),
    change: { status: 'seen' },
    bulk: { body: { action: 'delete' }, action: 'feedback.deleted' },
  }),
  'POST /api/v1/admin/feedback': recorded('feedback.created', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post('/admin/feedback')
      .send({ messageId: await answer(scene), rating: 'up' }),
  ),
  ...administered({
    path: 'model-prices',
    name: 'model-price',
    create: () => ({ provider: 'ollama', model: randomUUID() }),
    change: { perMinute: 0.1 },
  }),
  ...administered({
    path: 'budgets',
    name: 'budget',
    create: () => ({ name: 'Modèles en ligne', amount: 200 }),
    change: { amount: 300 },
  }),
  'GET /api/v1/admin/deletion-receipts/export': recorded('deletion-receipt.exported', (scene) =>
    scene.as(scene.cast.superuser).get('/admin/deletion-receipts/export'),
  ),
  'GET /api/v1/admin/usage/export': recorded('usage.exported', (scene) =>
    scene.as(scene.cast.superuser).get('/admin/usage/export'),
  ),
  ...administered({
    path: 'ip-rules',
    name: 'ip-rule',
    create: () => ({ range: nextRange(), action: 'deny' }),
    change: { note: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'ip-rule.deleted' },
  }),
  ...administered({
    path: 'feature-flags',
    name: 'feature-flag',
    make: (scene) => flag(scene),
    change: { note: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'feature-flag.deleted' },
  }),
  'POST /api/v1/admin/feature-flags': recorded('feature-flag.created', async (scene) => {
    await scene.sql('DELETE FROM feature_flag', []);
    return scene.as(scene.cast.superuser).post('/admin/feature-flags').send(FLAG);
  }),
  'POST /api/v1/admin/assistants/templates': recorded('assistant.created', (scene) =>
    scene.as(scene.cast.superuser).post('/admin/assistants/templates').send({ template: 'conseiller' }),
  ),
  ...administered({
    path: 'golden-sets',
    name: 'golden-set',
    make: goldenSet,
    change: { description: 'Autre' },
  }),
  'POST /api/v1/admin/golden-sets': recorded('golden-set.created', async (scene) => {
    const collectionIds = [await scene.make('/collections', { name: randomUUID() }, scene.cast.superuser)];
    return scene.as(scene.cast.superuser).post('/admin/golden-sets').send({ name: randomUUID(), collectionIds });
  }),
  'POST /api/v1/admin/golden-sets/:id/import': recorded('golden-set.imported', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post(`/admin/golden-sets/${await goldenSet(scene)}/import`)
      .send({ format: 'jsonl', questions: '{"question":"Où ?","answerable":false}' }),
  ),
  ...administered({
    path: 'golden-questions',
    name: 'golden-question',
    make: async (scene) => (await goldenQuestion(scene)).id,
    change: { expectedAnswers: ['Au rez-de-chaussée'] },
  }),
  'POST /api/v1/admin/golden-questions': recorded('golden-question.created', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post('/admin/golden-questions')
      .send({ goldenSetId: await goldenSet(scene), question: 'Où ?' }),
  ),
  'POST /api/v1/admin/golden-questions/from-feedback': proven(
    'golden-question.created',
    'test/evaluation/evaluations.e2e-spec.ts',
  ),
  'POST /api/v1/admin/evaluations': recorded('evaluation.created', async (scene) => {
    const { goldenSetId } = await goldenQuestion(scene);
    return scene.as(scene.cast.superuser).post('/admin/evaluations').send({ goldenSetId });
  }),
  'POST /api/v1/admin/evaluations/:id/apply': proven('evaluation.applied', 'test/evaluation/evaluations.e2e-spec.ts'),
  'DELETE /api/v1/admin/evaluations/:id': recorded('evaluation.deleted', async (scene) => {
    const { goldenSetId } = await goldenQuestion(scene);
    const id = randomUUID();
    await scene.sql(
      `INSERT INTO evaluation (id, organization_id, golden_set_id, status, question_count)
       SELECT $1, organization_id, id, 'complete', 1 FROM golden_set WHERE id = $2`,
      [id, goldenSetId],
    );
    return scene.as(scene.cast.superuser).delete(`/admin/evaluations/${id}`);
  }),
  ...administered({
    path: 'assistants',
    name: 'assistant',
    create: () => ({ name: randomUUID() }),
    change: { description: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'assistant.deleted' },
  }),
  ...administered({
    path: 'plans',
    name: 'plan',
    create: () => ({ code: `p-${randomUUID().slice(0, 8)}`, name: 'Essai' }),
    change: { messagesPerDay: 10 },
  }),
  ...administered({
    path: 'collections',
    name: 'collection',
    create: ({ cast }) => ({ name: randomUUID(), ownerId: cast.user.id }),
    change: { description: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'collection.deleted' },
  }),
  'PUT /api/v1/admin/collections/:id/grants': recorded('collection.granted', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .put(`/admin/collections/${await scene.collection()}/grants`)
      .send({ userId: scene.cast.user.id, role: 'reader' }),
  ),
  'DELETE /api/v1/admin/collections/:id/grants': recorded('collection.grant_removed', async (scene) => {
    const { admin, superuser, user } = scene.cast;
    const id = await scene.collection();
    await scene.api.http(admin).put(`/collections/${id}/grants`).send({ userId: user.id, role: 'reader' });
    return scene.as(superuser).delete(`/admin/collections/${id}/grants`).query({ userId: user.id });
  }),
  ...administered({
    path: 'documents',
    name: 'document',
    make: (scene) => scene.document(),
    change: { title: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'document.deleted' },
  }),
  'POST /api/v1/admin/documents': recorded('document.uploaded', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post('/admin/documents')
      .send({ collectionId: await scene.collection(), title: 'Bail', text: 'Un texte.' }),
  ),
  'POST /api/v1/admin/documents/:id/reindex': recorded('document.reindexed', async (scene) =>
    scene.as(scene.cast.superuser).post(`/admin/documents/${await scene.failedDocument()}/reindex`),
  ),
  'GET /api/v1/admin/documents/:id/screening': recorded('document.screening_read', async (scene) =>
    scene.as(scene.cast.superuser).get(`/admin/documents/${await scene.quarantinedDocument()}/screening`),
  ),
  'POST /api/v1/admin/documents/:id/release': recorded('document.released', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post(`/admin/documents/${await scene.quarantinedDocument()}/release`)
      .send({ reason: 'Exemples de notre guide.' }),
  ),
  'GET /api/v1/admin/audit-logs': recorded('audit-log.listed', (scene) =>
    scene.as(scene.cast.admin).get('/admin/audit-logs'),
  ),
  'GET /api/v1/admin/audit-logs/:id': recorded('audit-log.read', async (scene) => {
    const listed = await scene.api.http(scene.cast.admin).get('/admin/audit-logs').expect(200);
    const [entry] = (listed.body as { items: { id: string }[] }).items;
    return scene.as(scene.cast.admin).get(`/admin/audit-logs/${entry?.id}`);
  }),
  'GET /api/v1/admin/audit-logs/export': recorded('audit-log.exported', (scene) =>
    scene.as(scene.cast.admin).get('/admin/audit-logs/export').query({ format: 'json' }),
  ),
  'GET /api/v1/admin/audit-logs/verify': recorded('audit-log.verified', (scene) =>
    scene.as(scene.cast.admin).get('/admin/audit-logs/verify'),
  ),
};
