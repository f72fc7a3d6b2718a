import { randomUUID } from 'node:crypto';

import request from 'supertest';

import { Library } from '#test/ingestion/support/library';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

const METRICS_TOKEN = 'scraper-0123456789abcdef';

/** Words that stand in what people entrust to the product, and nowhere else. */
const SECRET = {
  document: 'Zanzibarium',
  question: 'Quidditchette',
  file: 'Xylophonique',
  title: 'Wombatesque',
} as const;

describe('What is told', () => {
  let api: TestApi;
  let user: TestUser;
  let log: string;

  /** One session of every kind at the most talkative level; the log is one per process, so it is made once. */
  beforeAll(async () => {
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    api = await TestApi.start({ LOG_LEVEL: 'trace', LOG_FORMAT: 'json', METRICS_TOKEN });
    user = await api.createUser('admin');
    await session();
    log = stdout.mock.calls.map(([chunk]) => chunk.toString()).join('');
  });
  afterAll(async () => {
    await api.close();
    jest.restoreAllMocks();
  });

  const session = async (): Promise<void> => {
    const library = new Library(api, user);
    const collection = await library.createCollection('private', SECRET.title);
    const id = await library.add(
      collection,
      `${SECRET.file}.md`,
      Buffer.from(`# ${SECRET.document}\n\nLe ${SECRET.document} est bleu.`),
    );
    await library.settled(id);
    const broken = await library.add(collection, `${SECRET.file}.pdf`, Buffer.from(`%PDF-1.7 ${SECRET.document}`));
    await library.settled(broken);
    const http = api.http(user);
    await http.post('/search').send({ query: SECRET.question });
    await http.get(`/documents?q=${SECRET.question}&filter[filename]=${SECRET.file}`);
    const answered = await http
      .post('/chat')
      .send({ message: `De quelle couleur est le ${SECRET.document} ? ${SECRET.question}` });
    const { id: message, conversationId } = answered.body as { id: string; conversationId: string };
    await http.put(`/messages/${message}/feedback`).send({ rating: 'down', comment: SECRET.question });
    await http.get(`/conversations/${conversationId}/export`);
    await http.post('/chat').send({ message: SECRET.question, [SECRET.question]: SECRET.question });
    await http.post(`/collections/${collection}/documents/text`).send({ title: SECRET.title, text: SECRET.document });
    await api
      .http()
      .post('/auth/login')
      .send({ email: user.email, password: `${TEST_PASSWORD} not` });
    await api.http().post('/auth/refresh').send({ refreshToken: user.refreshToken });
    await request(api.url).get(`/${SECRET.question}/${user.email}?token=${user.accessToken}`);
    await http.delete(`/documents/${id}`).expect(204);
  };

  it.each(Object.entries(SECRET))('no log line holds the %s', (_, word) => {
    expect(log.split('\n').filter((line) => line.includes(word))).toEqual([]);
  });

  it('no log line holds a password, a token or an e-mail address', () => {
    const words = [TEST_PASSWORD, user.accessToken, user.refreshToken, user.email, METRICS_TOKEN];
    for (const word of words) expect(log.split('\n').filter((line) => line.includes(word))).toEqual([]);
    expect(log).not.toMatch(/eyJ[\w-]{8,}\.|[\w.]+@exemple\.fr/);
  });

  it('every request has one line with its id', () => {
    const lines = log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ context }) => context === 'Request');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter(({ requestId }) => typeof requestId !== 'string')).toEqual([]);
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(lines.length);
  });

  describe('to a scraper', () => {
    const scrape = async (): Promise<string> =>
      (await request(api.url).get('/metrics').set('Authorization', `Bearer ${METRICS_TOKEN}`).expect(200)).text;

    it.each([undefined, 'Bearer wrong', `Basic ${METRICS_TOKEN}`, METRICS_TOKEN])(
      'is nothing without the token: %s',
      async (value) => {
        const asked = request(api.url).get(`/metrics?token=${METRICS_TOKEN}`);
        const { status, text } = await (value === undefined ? asked : asked.set('Authorization', value));
        expect(status).toBe(401);
        expect(text).not.toContain('http_request_duration');
      },
    );

    it('names no person, no document and no address, and no more series than there are routes', async () => {
      const countSeries = (text: string): number => text.match(/^http_request_duration_seconds_count/gm)?.length ?? 0;
      await request(api.url).get('/seen/once');
      await scrape();
      const before = countSeries(await scrape());
      for (let attempt = 0; attempt < 100; attempt += 1) {
        await request(api.url).get(`/${randomUUID()}/${SECRET.question}?${user.email}`);
        await api.http(user).get(`/documents/${randomUUID()}`);
      }
      const text = await scrape();
      // The one new answer: a document that is not there.
      expect(countSeries(text) - before).toBe(1);
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|@/);
      for (const word of Object.values(SECRET)) expect(text).not.toContain(word);
    });
  });
});
