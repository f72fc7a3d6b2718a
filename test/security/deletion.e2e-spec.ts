import { readdir } from 'node:fs/promises';

import { StorageConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { eventually, Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

const SECRET = 'Le code du coffre de la direction est le 4711-Zanzibar.';
const QUESTION = 'Quel est le code du coffre de la direction ?';

interface Answer {
  readonly id: string;
  readonly conversationId: string;
  readonly content: string;
  readonly citations: readonly { readonly documentId: string; readonly quote: string; readonly source: string }[];
  readonly grounded: boolean;
}

/** Five ingestions in one test. Milliseconds. */
jest.setTimeout(120_000);

describe('A deleted document', () => {
  let api: TestApi;
  let user: TestUser;
  let library: Library;
  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
    library = new Library(api, user);
  });
  afterAll(() => api.close());

  const ask = async (body: object): Promise<Answer> =>
    (
      await api
        .http(user)
        .post('/chat')
        .send({ message: QUESTION, ...body })
        .expect(200)
    ).body as Answer;
  const search = async (): Promise<string> =>
    (await api.http(user).post('/search').send({ query: QUESTION, limit: 50 })).text;

  const expectGone = async (id: string): Promise<void> => {
    for (const path of ['', '/content', '/chunks', '/file', '/events'])
      await api.http(user).get(`/documents/${id}${path}`).expect(404);
    await api.http(user).post(`/documents/${id}/reindex`).expect(404);
    await api.http(user).delete(`/documents/${id}`).expect(404);
    expect(await search()).not.toContain('4711');
    const answer = await ask({});
    expect(answer.citations.filter(({ documentId }) => documentId === id)).toEqual([]);
    expect(answer.content).not.toContain('4711');
  };
  const tracesOf = async (id: string): Promise<number> => {
    const [row] = await api.app.get(UnitOfWork).query<{ rows: string }>(
      `SELECT (SELECT count(*) FROM document WHERE id = $1) + (SELECT count(*) FROM document_content WHERE document_id = $1)
            + (SELECT count(*) FROM chunk WHERE document_id = $1) AS rows`,
      [id],
    );
    const files = await readdir(api.app.get(StorageConfig).filesDirectory, { recursive: true });
    return Number(row?.rows) + files.filter((name) => name.includes(id)).length;
  };

  it('is found, cited and read by nobody any more, and nothing of it is kept', async () => {
    const collection = await library.createCollection();
    const id = await library.add(collection, 'coffre.txt', Buffer.from(SECRET));
    await library.settled(id);
    const cited = await ask({});
    expect(cited.citations.map(({ documentId }) => documentId)).toContain(id);
    await api.http(user).delete(`/documents/${id}`).expect(204);
    await expectGone(id);
    // Neither does the conversation that cited it bring it back: its words are history, not a source.
    const next = await ask({ conversationId: cited.conversationId });
    expect([next.citations, next.grounded]).toEqual([[], false]);
    const again = await api.http(user).post(`/messages/${cited.id}/regenerate`).expect(200);
    expect((again.body as Answer).citations).toEqual([]);
    await eventually(
      () => tracesOf(id),
      (traces) => traces === 0,
    );
    // What was answered before keeps what it quoted then, and says that the source is withdrawn.
    const stored = (await api.http(user).get(`/messages/${cited.id}`).expect(200)).body as Answer;
    expect(stored.content).toBe(cited.content);
    expect(stored.citations).toEqual(cited.citations.map((citation) => ({ ...citation, source: 'withdrawn' })));
    // Only to those who may still read its collection.
    await api.http(user).delete(`/collections/${collection}`).expect(204);
    const withheld = (await api.http(user).get(`/messages/${cited.id}`).expect(200)).body as Answer;
    expect(withheld).toMatchObject({ citations: [], withheld: true });
    expect(JSON.stringify(withheld)).not.toContain('4711');
  });

  it('takes what answers quoted of it along when it is erased', async () => {
    const collection = await library.createCollection();
    const id = await library.add(collection, 'coffre.txt', Buffer.from(SECRET));
    await library.settled(id);
    const cited = await ask({});
    await api.http(user).delete(`/documents/${id}?erase=peut-être`).expect(400);
    await api.http(user).delete(`/documents/${id}?erase=true`).expect(204);
    const stored = (await api.http(user).get(`/messages/${cited.id}`).expect(200)).body as Answer;
    expect(stored).toMatchObject({ citations: [], withheld: true });
    expect(JSON.stringify(stored)).not.toContain('4711');
    const kept = async () => {
      const [row] = await api.app
        .get(UnitOfWork)
        .query<{ text: string }>(
          `SELECT content || citations::text || sources::text AS text FROM message WHERE id = $1`,
          [cited.id],
        );
      return row?.text ?? '';
    };
    await eventually(kept, (text) => !text.includes('4711') && !text.includes(id));
  });

  it('says of a quote that the document says something else by now', async () => {
    const collection = await library.createCollection();
    const id = await library.add(collection, 'coffre.txt', Buffer.from(SECRET));
    await library.settled(id);
    const cited = await ask({ collectionIds: [collection] });
    const sources = async () =>
      ((await api.http(user).get(`/messages/${cited.id}`).expect(200)).body as Answer).citations.map(
        ({ source }) => source,
      );
    expect(await sources()).toEqual(cited.citations.map(() => 'current'));
    await api.http(user).post(`/documents/${id}/reindex`).expect(202);
    await library.settled(id);
    // The same words under new passages.
    expect(await sources()).toEqual(cited.citations.map(() => 'current'));
    await api.app
      .get(UnitOfWork)
      .query(`UPDATE document_content SET text = 'Tout autre chose.' WHERE document_id = $1`, [id]);
    await api.app.get(UnitOfWork).query(`UPDATE document SET generation = generation + 1 WHERE id = $1`, [id]);
    await api.app
      .get(UnitOfWork)
      .query(`UPDATE document_content SET generation = generation + 1 WHERE document_id = $1`, [id]);
    expect(await sources()).toEqual(cited.citations.map(() => 'changed'));
  });

  it('goes with its conversation, replays included', async () => {
    const collection = await library.createCollection();
    const id = await library.add(collection, 'coffre.txt', Buffer.from(SECRET));
    await library.settled(id);
    const key = { 'Idempotency-Key': 'asked-once' };
    const first = await api.http(user).post('/chat').set(key).send({ message: QUESTION }).expect(200);
    const { conversationId, id: message } = first.body as Answer;
    await api.http(user).delete(`/documents/${id}`).expect(204);
    await api.http(user).delete(`/conversations/${conversationId}`).expect(204);
    await api.http(user).get(`/messages/${message}`).expect(404);
    await api.http(user).get(`/messages/${message}/events`).expect(404);
    const replayed = await api.http(user).post('/chat').set(key).send({ message: QUESTION });
    expect(replayed.text).not.toContain('4711');
  });

  it('stays deleted when it goes in the middle of its ingestion', async () => {
    const collection = await library.createCollection();
    const long = `${SECRET}\n\n${'Une phrase parmi beaucoup d’autres, pour que cela dure. '.repeat(4000)}`;
    const added: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const id = await library.add(collection, `coffre-${round}.txt`, Buffer.from(`${round} ${long}`));
      // A little further each time: before, during and after its steps.
      await eventually(
        () => library.document(id),
        ({ progress }) => progress >= round / 5,
      );
      await api.http(user).delete(`/documents/${id}`).expect(204);
      added.push(id);
      await expectGone(id);
    }
    for (const id of added)
      await eventually(
        () => tracesOf(id),
        (traces) => traces === 0,
      );
    expect(await search()).not.toContain('4711');
  });
});
