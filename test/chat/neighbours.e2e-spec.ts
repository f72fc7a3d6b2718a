import type { MessageView } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import type { RetrievalTraceView, SearchResult } from '#libs/retrieval';
import { Library, type ChunkBody, type ContentBody } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { until } from '#test/support/until';

const WORDS = 'tonneau girafe lavande piston cerise marmite violon hamac boussole escargot tambour cascade'.split(' ');
/** Sentences that share no word with the question: what stands beside the answer is not found by itself. */
const around = (topic: number): string =>
  Array.from({ length: 40 }, (_, at) => {
    const word = (step: number): string => WORDS[(at * step + topic) % WORDS.length] ?? '';
    return `Le ${word(1)} ${at} range un ${word(5)} derrière chaque ${word(7)}.`;
  }).join(' ');

const MANUAL = `# Laboratoire\n\n${around(0)}\n\nLa zéolithe se commande sous douze jours au magasin central.\n\n${around(4)}\n`;
const OTHERS = Array.from({ length: 12 }, (_, at): [string, Buffer] => [
  `note-${at}.md`,
  Buffer.from(
    `# Note ${at}\n\nSous combien de jours la commande ${WORDS[at] ?? ''} arrive-t-elle ? Sous ${at + 3} jours.\n`,
  ),
]);

describe('An answer from a passage that was cut in the middle of its section', () => {
  let api: TestApi;
  let user: TestUser;
  let manualId: string;
  let answer: MessageView;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
    const library = new Library(api, user);
    const collectionId = await library.createCollection();
    const { items } = await library.upload(collectionId, {
      'laboratoire.md': Buffer.from(MANUAL),
      ...Object.fromEntries(OTHERS),
    });
    for (const { id } of items) expect(await library.settled(id)).toMatchObject({ status: 'ready' });
    manualId = items.find(({ filename }) => filename === 'laboratoire.md')?.id ?? '';
    const message = 'Sous combien de jours la zéolithe se commande-t-elle ?';
    answer = (await api.http(user).post('/chat').send({ message }).expect(200)).body as MessageView;
  });
  afterAll(() => api.close());

  const get = async <T>(path: string): Promise<T> => (await api.http(user).get(path).expect(200)).body as T;

  it('rests on what stands directly before and after it as well, numbered behind what was found', async () => {
    expect(answer.content).toContain('douze jours');
    const [best, before, after] = [answer.sources.at(0)!, answer.sources.at(-2)!, answer.sources.at(-1)!];
    expect(best.documentId).toBe(manualId);
    const beside = { score: 0, neighbourOf: best.chunkId };
    expect(before).toMatchObject({ ...beside, marker: answer.sources.length - 1 });
    expect(after).toMatchObject({ ...beside, marker: answer.sources.length });
    const { text } = await get<ContentBody>(`/documents/${manualId}/content`);
    expect(text.slice(before.end, best.start).trim()).toBe('');
    expect(text.slice(best.end, after.start).trim()).toBe('');
    expect(text.slice(after.start, after.end)).toMatch(/^Le \w+ \d+ .*\.$/su);
  });

  it('names the passages they were cut out of', async () => {
    const { items } = await get<{ items: ChunkBody[] }>(`/documents/${manualId}/chunks`);
    const passages = new Map(items.map((chunk) => [chunk.id, chunk]));
    const beside = answer.sources.slice(-2);
    expect(beside.map(({ chunkId, start }) => passages.get(chunkId)!.start <= start)).toEqual([true, true]);
    expect(beside.map(({ chunkId, end }) => passages.get(chunkId)!.end >= end)).toEqual([true, true]);
  });

  it('tells them in its trace, until the document is erased', async () => {
    const { neighbours } = await get<RetrievalTraceView>(`/messages/${answer.id}/trace`);
    const [best, ...rest] = answer.sources;
    const expected = rest.flatMap(({ chunkId, neighbourOf }) => (neighbourOf ? [chunkId] : []));
    expect(neighbours).toEqual(
      expected.map((chunkId) => ({ documentId: manualId, chunkId, neighbourOf: best?.chunkId })),
    );
    const stored = async (): Promise<string> =>
      JSON.stringify(
        await api.app.get(UnitOfWork).query('SELECT trace FROM retrieval_trace WHERE message_id = $1', [answer.id]),
      );
    expect(await stored()).toContain(manualId);
    await api.http(user).delete(`/documents/${manualId}?erase=true`).expect(204);
    await until(async () => ((await stored()).includes(manualId) ? undefined : true));
  });

  it('is what a plain search does without', async () => {
    const query = 'commande sous quelques jours';
    const { body } = (await api.http(user).post('/search').send({ query }).expect(200)) as { body: SearchResult };
    expect(body.hits.every((hit) => !('neighbourOf' in hit))).toBe(true);
  });
});
