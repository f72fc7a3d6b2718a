import { because, proven, recorded, type Routes } from './classified';
import type { Scene } from './scene';

const USAGE = because('usage: what people ask is theirs');
/** Titles and comments; what leaves the product or disappears is recorded. */
const PRIVATE = because('a private note to oneself, of which nothing leaves');

const conversation = (scene: Scene): Promise<string> => scene.make('/conversations', { title: 'Mes soucis' });

/** A conversation with an answer in it. */
const answered = async (scene: Scene): Promise<string> => {
  const asked = await scene.api.http(scene.cast.admin).post('/chat').send({ message: 'Combien ?' }).expect(200);
  return (asked.body as { conversationId: string }).conversationId;
};
const share = async (scene: Scene): Promise<{ path: string; id: string; token: string }> => {
  const path = `/conversations/${await answered(scene)}/shares`;
  const made = await scene.api.http(scene.cast.admin).post(path).send({}).expect(201);
  return { path, ...(made.body as { id: string; token: string }) };
};

export const KNOWLEDGE_ROUTES: Routes = {
  'POST /api/v1/collections': recorded('collection.created', (scene) =>
    scene.as(scene.cast.admin).post('/collections').send({ name: 'Contrats' }),
  ),
  'PATCH /api/v1/collections/:id': recorded('collection.updated', async (scene) =>
    scene
      .as(scene.cast.admin)
      .patch(`/collections/${await scene.collection()}`)
      .send({ visibility: 'organization' }),
  ),
  'DELETE /api/v1/collections/:id': recorded('collection.deleted', async (scene) =>
    scene.as(scene.cast.admin).delete(`/collections/${await scene.collection()}`),
  ),
  'PUT /api/v1/collections/:id/grants': recorded('collection.granted', async (scene) =>
    scene
      .as(scene.cast.admin)
      .put(`/collections/${await scene.collection()}/grants`)
      .send({ userId: scene.cast.user.id, role: 'reader' }),
  ),
  'DELETE /api/v1/collections/:id/grants': recorded('collection.grant_removed', async (scene) => {
    const { admin, user } = scene.cast;
    const path = `/collections/${await scene.collection()}/grants`;
    await scene.api.http(admin).put(path).send({ userId: user.id, role: 'reader' });
    return scene.as(admin).delete(path).query({ userId: user.id });
  }),
  'POST /api/v1/collections/:id/documents': recorded('document.uploaded', async (scene) =>
    scene
      .as(scene.cast.admin)
      .post(`/collections/${await scene.collection()}/documents`)
      .attach('files', Buffer.from('Un texte.'), 'a.txt'),
  ),
  'POST /api/v1/collections/:id/documents/text': recorded('document.uploaded', async (scene) =>
    scene
      .as(scene.cast.admin)
      .post(`/collections/${await scene.collection()}/documents/text`)
      .send({ title: 'Bail', text: 'Un texte.' }),
  ),
  'POST /api/v1/collections/:id/documents/url': recorded('document.uploaded', async (scene) =>
    scene
      .as(scene.cast.admin)
      .post(`/collections/${await scene.collection()}/documents/url`)
      .send({ url: `http://127.0.0.1:${scene.api.env['URL_ALLOWED_PORTS'] ?? ''}/` }),
  ),
  'GET /api/v1/documents/:id/file': recorded('document.downloaded', async (scene) =>
    scene.as(scene.cast.admin).get(`/documents/${await scene.document()}/file`),
  ),
  'POST /api/v1/documents/:id/reindex': recorded('document.reindexed', async (scene) =>
    scene.as(scene.cast.admin).post(`/documents/${await scene.failedDocument()}/reindex`),
  ),
  'PATCH /api/v1/documents/:id/chunks/:chunkId': recorded('chunk.edited', async (scene) =>
    scene
      .as(scene.cast.admin)
      .patch(await scene.passage())
      .send({ disabled: true }),
  ),
  'POST /api/v1/documents/:id/chunks/:chunkId/reembed': recorded('chunk.reembedded', async (scene) =>
    scene.as(scene.cast.admin).post(`${await scene.passage()}/reembed`),
  ),
  'POST /api/v1/documents/:id/cancel': recorded('document.cancelled', async (scene) =>
    scene.as(scene.cast.admin).post(`/documents/${await scene.document()}/cancel`),
  ),
  'POST /api/v1/collections/:id/reembed': recorded('collection.reembedding', async (scene) => {
    const id = await scene.collection();
    await scene.sql(`UPDATE collection SET embedding_model = 'ollama:left' WHERE id = $1`, [id]);
    return scene.as(scene.cast.admin).post(`/collections/${id}/reembed`);
  }),
  'PUT /api/v1/collections/:id/ingestion': recorded('collection.paused', async (scene) =>
    scene
      .as(scene.cast.admin)
      .put(`/collections/${await scene.collection()}/ingestion`)
      .send({ paused: true }),
  ),
  'DELETE /api/v1/documents/:id': recorded('document.deleted', async (scene) =>
    scene.as(scene.cast.admin).delete(`/documents/${await scene.document()}`),
  ),
  'POST /api/v1/search': USAGE,
  'POST /api/v1/retrieval/explain': USAGE,
  'POST /api/v1/chat': USAGE,
  'POST /openai/v1/chat/completions': USAGE,
  'POST /openai/v1/embeddings': USAGE,
  'POST /api/v1/conversations': PRIVATE,
  'POST /api/v1/conversation-folders': PRIVATE,
  'PATCH /api/v1/conversation-folders/:id': PRIVATE,
  'DELETE /api/v1/conversation-folders/:id': PRIVATE,
  'POST /api/v1/conversations/:id/shares': recorded('conversation.shared', async (scene) =>
    scene
      .as(scene.cast.admin)
      .post(`/conversations/${await answered(scene)}/shares`)
      .send({}),
  ),
  'DELETE /api/v1/conversations/:id/shares/:shareId': recorded('conversation.share_revoked', async (scene) => {
    const { path, id } = await share(scene);
    return scene.as(scene.cast.admin).delete(`${path}/${id}`);
  }),
  'POST /api/v1/shares/open': recorded('conversation.share_opened', async (scene) => {
    const { token } = await share(scene);
    return scene.as(scene.cast.user).post('/shares/open').send({ token });
  }),
  'POST /api/v1/shares/open-public': proven('conversation.share_opened', 'test/chat/sharing.e2e-spec.ts'),
  'PATCH /api/v1/conversations/:id': PRIVATE,
  'DELETE /api/v1/conversations/:id': recorded('conversation.deleted', async (scene) =>
    scene.as(scene.cast.admin).delete(`/conversations/${await conversation(scene)}`),
  ),
  'GET /api/v1/conversations/:id/export': recorded('conversation.exported', async (scene) =>
    scene
      .as(scene.cast.admin)
      .get(`/conversations/${await conversation(scene)}/export`)
      .query({ format: 'md' }),
  ),
  'POST /api/v1/conversations/:id/messages': USAGE,
  'POST /api/v1/messages/:id/edit': USAGE,
  'POST /api/v1/messages/:id/regenerate': USAGE,
  'POST /api/v1/messages/:id/stop': USAGE,
  'PUT /api/v1/messages/:id/feedback': USAGE,
};
