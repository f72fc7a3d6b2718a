import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

import { allEvents, openEvents } from '#test/chat/support/sse';
import { eventually, Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

const STREAMS_PER_CALLER = 50;

describe('Streams', () => {
  let api: TestApi;
  let user: TestUser;
  let path: string;

  beforeAll(async () => {
    // Without a worker a document stays queued, and whoever follows it waits.
    api = await TestApi.start({ WORKER: 'separate' });
    user = await api.createUser();
    const library = new Library(api, user);
    const collection = await library.createCollection('organization');
    path = `/documents/${await library.add(collection, 'a.txt', Buffer.from('En attente.'))}/events`;
  });
  afterAll(() => api.close());

  const open = async (as: TestUser): Promise<IncomingMessage> => {
    const headers = { Authorization: `Bearer ${as.accessToken}` };
    const [response] = (await once(get(`${api.url}/api/v1${path}`, { headers, agent: false }), 'response')) as [
      IncomingMessage,
    ];
    response.on('error', () => undefined);
    return response;
  };

  it('of one caller are bounded, also when 200 come together; nobody else notices, and closing makes room', async () => {
    const colleague = await api.createUser();
    const streams = await Promise.all(Array.from({ length: 200 }, () => open(user)));
    const [accepted, refused] = [200, 429].map((status) => streams.filter(({ statusCode }) => statusCode === status));
    expect([accepted?.length, refused?.length]).toEqual([STREAMS_PER_CALLER, 200 - STREAMS_PER_CALLER]);
    expect(refused?.[0]?.headers['retry-after']).toBe('10');
    const theirs = await open(colleague);
    expect(theirs.statusCode).toBe(200);
    // Other routes of the same caller are not touched.
    await api.http(user).get('/me').expect(200);
    for (const stream of [...streams, theirs]) stream.destroy();
    const again = await eventually(
      () => open(user),
      (stream) => {
        stream.destroy();
        return stream.statusCode === 200;
      },
    );
    expect(again.statusCode).toBe(200);
  });

  it.each(['-1', '1e9', '999999999', '9'.repeat(400), 'abc', '../1', '1; DROP TABLE message', '%00', '{}'])(
    'answer to the Last-Event-ID %.20s with what there is',
    async (lastEventId) => {
      const answered = await api.http(user).post('/chat').send({ message: 'Bonjour ?' }).expect(200);
      const url = `${api.url}/api/v1/messages/${(answered.body as { id: string }).id}/events`;
      const headers = { 'Last-Event-ID': lastEventId };
      const response = await openEvents({ method: 'GET', token: user.accessToken, headers }, url);
      expect(response.status).toBe(200);
      const types = (await allEvents(response)).map(({ type }) => type);
      // After an event that never was there is nothing; everything else means from the start.
      expect(lastEventId === '999999999' ? [] : ['message', 'sources', 'token', 'citations', 'done']).toEqual(
        types.filter((type, at) => types.indexOf(type) === at),
      );
    },
  );

  it('that begin with a refusal are a problem and no stream', async () => {
    const stranger = await api.createUser('user', await api.createOrganization());
    const response = await open(stranger);
    expect([response.statusCode, response.headers['content-type']]).toEqual([404, 'application/problem+json']);
    response.destroy();
  });

  it('carry no cacheable answer', async () => {
    const stream = await open(user);
    expect(stream.headers['cache-control']).toBe('no-store, no-transform');
    stream.destroy();
  });
});
