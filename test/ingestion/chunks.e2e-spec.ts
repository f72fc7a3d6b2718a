import { TestApi, type TestUser } from '#test/support/api';

import { eventually, Library, type ChunkBody } from './support/library';

interface Hit {
  readonly chunkId: string;
  readonly documentId: string;
  readonly text: string;
}

const filler = (topic: string) =>
  Array.from(
    { length: 40 },
    (_, place) => `Phrase ${String(place)} qui parle longuement de ${topic} et de rien d’autre.`,
  ).join(' ');
const HANDBOOK = `# Accueil\n\nLe standard ouvre à neuf heures.\n\n${filler('l’accueil')}\n\n# Parking\n\n${filler('le parking')}\n`;

describe('Passages over HTTP', () => {
  let api: TestApi;
  let owner: TestUser;
  let library: Library;
  let collectionId: string;

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.createUser();
    library = new Library(api, owner);
  });
  beforeEach(async () => {
    collectionId = await library.createCollection('organization');
  });
  afterAll(() => api.close());

  const addHandbook = async (): Promise<[string, ChunkBody[]]> => {
    const id = await library.add(collectionId, 'livret.md', Buffer.from(HANDBOOK));
    expect((await library.settled(id)).status).toBe('ready');
    return [id, await library.chunks(id)];
  };
  const search = async (query: string, mode = 'hybrid'): Promise<Hit[]> => {
    const response = await api
      .http(owner)
      .post('/search')
      .send({ query, collectionIds: [collectionId], mode });
    return (response.body as { hits: Hit[] }).hits;
  };
  const edit = (id: string, chunkId: string, change: object, by = owner) =>
    api.http(by).patch(`/documents/${id}/chunks/${chunkId}`).send(change);

  it('a disabled passage is found by no search, and found again once enabled', async () => {
    const [id, [first]] = await addHandbook();
    const found = async (mode: string) =>
      (await search('standard neuf heures', mode)).some(({ chunkId }) => chunkId === first!.id);
    expect(await found('lexical')).toBe(true);
    const disabled = await edit(id, first!.id, { disabled: true }).expect(200);
    expect(disabled.body).toMatchObject({ disabled: true, text: first!.text });
    for (const mode of ['hybrid', 'lexical', 'dense']) expect(await found(mode)).toBe(false);
    await edit(id, first!.id, { disabled: false }).expect(200);
    for (const mode of ['hybrid', 'lexical', 'dense']) expect(await found(mode)).toBe(true);
  });

  it('a corrected passage is found by its new words, and still quotes the document', async () => {
    const [id, chunks] = await addHandbook();
    const last = chunks.at(-1)!;
    expect(await search('zibeline', 'lexical')).toEqual([]);
    await edit(id, last.id, { searchText: 'Stationnement des visiteurs : zibeline.' }).expect(200);
    expect(await search('zibeline', 'lexical')).toMatchObject([{ chunkId: last.id, text: last.text }]);
    // Its vector follows by a job.
    await eventually(
      () => search('Stationnement des visiteurs : zibeline', 'dense'),
      ([best]) => best?.chunkId === last.id,
    );
    await edit(id, last.id, { searchText: null }).expect(200);
    expect(await search('zibeline', 'lexical')).toEqual([]);
  });

  it('edits outlive a reindexing where the passage reads the same', async () => {
    const [id, [first]] = await addHandbook();
    await edit(id, first!.id, { disabled: true, searchText: 'Zibeline.' }).expect(200);
    await api.http(owner).post(`/documents/${id}/reindex`).expect(202);
    await library.settled(id);
    const [again, second] = await library.chunks(id);
    expect(again).toMatchObject({ disabled: true, searchText: 'Zibeline.', text: first!.text });
    expect(again!.id).not.toBe(first!.id);
    expect(second).toMatchObject({ disabled: false, searchText: null });
    // The former identifier leads nowhere any more.
    const gone = await edit(id, first!.id, { disabled: false }).expect(404);
    expect(gone.body).toMatchObject({ code: 'chunk.not_found' });
  });

  it('re-embeds one passage', async () => {
    const [id, [first]] = await addHandbook();
    const accepted = await api.http(owner).post(`/documents/${id}/chunks/${first!.id}/reembed`).expect(202);
    expect(accepted.body).toMatchObject({ id: first!.id });
  });

  it('only those who may write change passages', async () => {
    const [id, [first]] = await addHandbook();
    const colleague = await api.createUser();
    const asReader = await edit(id, first!.id, { disabled: true }, colleague).expect(403);
    expect(asReader.body).toMatchObject({ code: 'collection.read_only' });
    await api.http(owner).patch(`/collections/${collectionId}`).send({ visibility: 'private' }).expect(200);
    await edit(id, first!.id, { disabled: true }, colleague).expect(404);
    await edit(id, id, { disabled: true }).expect(404);
    for (const change of [{ searchText: ' ' }, { searchText: 'x'.repeat(4_001) }, { disabled: null }, { text: 'x' }]) {
      await edit(id, first!.id, change).expect(400);
    }
  });

  it('tells which passages nearly repeat each other', async () => {
    const [first, [chunk]] = await addHandbook();
    const second = await library.add(
      collectionId,
      'copie.md',
      Buffer.from(HANDBOOK.replace('neuf heures', 'dix heures')),
    );
    await library.settled(second);
    const answer = await api.http(owner).get(`/collections/${collectionId}/near-duplicates`).expect(200);
    const { items, total } = answer.body as {
      items: { passages: { documentId: string; chunkId: string }[] }[];
      total: number;
    };
    expect(total).toBe(items.length);
    const group = items.find(({ passages }) => passages.some(({ chunkId }) => chunkId === chunk!.id));
    expect(group?.passages.map(({ documentId }) => documentId)).toEqual([first, second]);
  });

  it('a collection says how its documents are cut', async () => {
    const created = await api.http(owner).post('/collections').send({ name: 'FAQ', chunking: 'markdown' }).expect(201);
    const { id } = created.body as { id: string };
    expect(created.body).toMatchObject({ chunking: 'markdown' });
    const faq = ['Horaires', 'Accès', 'Tarifs'].map(
      (title) => `## ${title}\n\nUne réponse brève mais entière, à propos de ${title} et de rien d’autre.`,
    );
    const document = await library.add(id, 'faq.md', Buffer.from(faq.join('\n\n')));
    expect((await library.settled(document)).chunkCount).toBe(3);
    await api.http(owner).patch(`/collections/${id}`).send({ chunking: 'semantic' }).expect(200);
    await api.http(owner).post(`/documents/${document}/reindex`).expect(202);
    expect((await library.settled(document)).chunkCount).toBe(1);
    await api.http(owner).patch(`/collections/${id}`).send({ chunking: 'random' }).expect(400);
  });
});
