import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { RerankerUnavailableError } from '../llm.errors';
import { DEFAULT_RESILIENCE } from '../resilience/resilience-options';
import { HttpReranker, type HttpRerankerOptions } from './http-reranker';

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

const TEXTS = ['le chat', 'le chien', 'la mer'];
const CRISP = { ...DEFAULT_RESILIENCE, retries: 0, breakAfter: 3 };

describe('HttpReranker', () => {
  let server: Server;
  let asked: Asked[];
  let answer: (response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      receive(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
  });

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { url: path = '', headers } = request;
    asked.push({ path, authorization: headers.authorization, body: JSON.parse(text) as Asked['body'] });
    answer(response);
  };
  const json = (value: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(value));

  const reranker = (options: Partial<HttpRerankerOptions> = {}) =>
    new HttpReranker({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ...{ model: undefined, apiKey: undefined, connectTimeoutMs: 1_000, timeoutMs: 5_000, resilience: CRISP },
      ...options,
    });
  const failure = async (work: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(RerankerUnavailableError);
    return (error as RerankerUnavailableError).details['reason'];
  };

  it('speaks to Text Embeddings Inference, whose answer is in another order than the texts', async () => {
    answer = json([
      { index: 1, score: 0.9 },
      { index: 2, score: 0.4 },
      { index: 0, score: 0.1 },
    ]);
    expect(await reranker().score('chien', TEXTS)).toEqual([0.1, 0.9, 0.4]);
    expect(asked).toEqual([
      { path: '/rerank', authorization: undefined, body: { query: 'chien', texts: TEXTS, truncate: true } },
    ]);
  });

  it('names its model to servers that have several, with the key', async () => {
    answer = json({ results: TEXTS.map((_, index) => ({ index, relevance_score: -index })) });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/rerank/`;
    expect(await reranker({ url, model: 'bge-reranker-v2-m3', apiKey: 'k' }).score('chien', TEXTS)).toEqual([
      0, -1, -2,
    ]);
    const body = { model: 'bge-reranker-v2-m3', query: 'chien', documents: TEXTS, top_n: 3, return_documents: false };
    expect(asked).toEqual([{ path: '/v2/rerank', authorization: 'Bearer k', body }]);
  });

  it('cuts long passages and asks nothing for none', async () => {
    answer = json([{ index: 0, score: 1 }]);
    await reranker().score('chien', ['x'.repeat(9_000)]);
    expect(asked[0]?.body['texts']).toEqual(['x'.repeat(2_000)]);
    expect(await reranker().score('chien', [])).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['no JSON', (response: ServerResponse) => void response.end('<html>')],
    ['no ranking', json({ ranking: [] })],
    ['null', json(null)],
    ['too few scores', json([{ index: 0, score: 1 }])],
    ['a score that is no number', json(TEXTS.map((_, index) => ({ index, score: 'high' })))],
    ['one place twice', json(TEXTS.map(() => ({ index: 0, score: 1 })))],
    ['nothing but nulls', json([null, null, null])],
    ['an error', (response: ServerResponse) => void response.writeHead(500).end()],
    ['half an answer', (response: ServerResponse) => void (response.write('[{"index"'), response.destroy())],
  ])('takes %s for a server that cannot be used', async (_, given) => {
    answer = given;
    expect(['bad_response', 'unreachable']).toContain(await failure(reranker().score('chien', TEXTS)));
  });

  it('gives up on a server that does not answer in time', async () => {
    answer = () => undefined;
    expect(await failure(reranker({ timeoutMs: 60 }).score('chien', TEXTS))).toBe('timeout');
  });

  it('says that nobody is there, and that the caller left', async () => {
    expect(await failure(reranker({ url: 'http://127.0.0.1:9' }).score('chien', TEXTS))).toBe('unreachable');
    answer = () => undefined;
    const left = new AbortController();
    const asking = failure(reranker().score('chien', TEXTS, left.signal));
    left.abort();
    expect(await asking).toBe('aborted');
  });

  it('asks a server that failed several times no more', async () => {
    answer = (response) => void response.writeHead(503).end();
    const failing = reranker();
    for (let turn = 0; turn < 3; turn += 1) await failure(failing.score('chien', TEXTS));
    expect(await failure(failing.score('chien', TEXTS))).toBe('circuit_open');
    expect(asked).toHaveLength(3);
  });
});
