import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/*
 * A real HTTP server that speaks Ollama's protocol (https://github.com/ollama/ollama/blob/main/docs/api.md) and can be slow,
 * broken or hostile. Also a program, on Node 24 without a build (only erasable types here):
 *   node test/support/ollama-server.ts --port 11434 --ms-per-token 30
 */

/**
 * How /api/chat and /api/embed behave: `hang` accepts and says nothing, `stall` goes silent in the middle, `drop` cuts the
 * connection there, `truncate` ends there as if all were well, `garbage` is not JSON, `error` is a 500, `error-line` an error
 * inside the stream, `redirect` sends elsewhere; the last five are lies about vectors.
 */
export type OllamaMode =
  | 'ok'
  | 'hang'
  | 'stall'
  | 'drop'
  | 'truncate'
  | 'garbage'
  | 'error'
  | 'error-line'
  | 'redirect'
  | 'nan-vectors'
  | 'zero-vectors'
  | 'wrong-dimension'
  | 'ragged-vectors'
  | 'missing-vector';

export interface OllamaMessage {
  readonly role: string;
  readonly content: string;
}

export interface OllamaServerOptions {
  readonly port?: number;
  /** Names as `/api/tags` lists them. */
  readonly models?: readonly string[];
  /** Length of the vectors; default 64. */
  readonly dimension?: number;
  /** What its vectors see of a text; its words when absent. */
  readonly meaningOf?: (text: string) => readonly string[];
  readonly msPerToken?: number;
  /** The whole answer, or how to make one from the messages; default {@link quoteFirstSource}. */
  readonly answer?: string | ((messages: readonly OllamaMessage[]) => string);
  readonly mode?: OllamaMode;
}

export interface OllamaRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Record<string, unknown>;
  /** Resolves when the exchange is over: `early` when the client, or `kill`, closed it before the end. */
  readonly over: Promise<'finished' | 'early'>;
}

type Line = Record<string, unknown>;

const DEFAULT_MODELS = ['mistral:latest', 'nomic-embed-text-v2-moe:latest'];

/**
 * Answers with the first sentence of the source marked 1 and its marker: what an honest model would do. Finds the source by
 * the last line `[1]` or `<<<SOURCE 1 ...>>>` of the prompt; a title may follow on a line of its own, before a blank one.
 */
const quoteFirstSource = (messages: readonly OllamaMessage[]): string => {
  const prompt = messages.map(({ content }) => content).join('\n');
  const source = prompt.split(/^(?:<<<SOURCE 1 .*|\[1\]\s*)$/m).at(-1) ?? '';
  const [text = ''] = source.split(/^<<<END /m);
  const body = text.replace(/^\n[^\n]*\n\n/, '');
  const sentence = /[^\s<[#][^.!?\n]{20,}[.!?]/.exec(body)?.[0].trim();
  return sentence ? `${sentence} [1]` : 'The documents you can access do not answer this question.';
};

const hash = (word: string): number => {
  let value = 2_166_136_261;
  for (const letter of word) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return value;
};

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** A bag of hashed words: deterministic, and texts that share words are near. Not of unit length, like many real models. */
const vectorOf = (text: string, dimension: number, meaningOf = wordsOf): number[] => {
  const vector = new Array<number>(dimension).fill(0.01);
  for (const word of meaningOf(text.replace(/^search_(?:query|document): /, '').toLowerCase())) {
    const at = hash(word) % dimension;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  return vector;
};

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

export class OllamaProtocolServer {
  /** Every request in order, refused ones too. */
  readonly requests: OllamaRequest[] = [];
  /** May be changed while the server runs. */
  mode: OllamaMode;
  /** So many of the next chat or embed requests answer {@link failure}, whatever the mode. */
  failNext = 0;
  failure: { readonly status: number; readonly headers?: Readonly<Record<string, string>> } = { status: 503 };
  /** May be changed while the server runs. */
  window = 32_768;
  protected readonly options: OllamaServerOptions;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private port: number;
  /** Answers being written: what a measurement from outside asks for. */
  private openChats = 0;

  protected constructor(options: OllamaServerOptions) {
    this.options = options;
    this.mode = options.mode ?? 'ok';
    this.port = options.port ?? 0;
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Listens on 127.0.0.1, on a free port unless one is given. */
  static async start(options: OllamaServerOptions = {}): Promise<OllamaProtocolServer> {
    return new OllamaProtocolServer(options).listen();
  }

  /** Also again after {@link kill}, where it listened before. */
  async listen(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Requests to one path, e.g. `/api/chat`. */
  to(path: string): OllamaRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  /** Dies at once, like a killed process: nobody listens, every connection is cut. */
  kill(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.once('close', resolve));
    this.kill();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const over = new Promise<'finished' | 'early'>((resolve) =>
      response.once('close', () => resolve(response.writableFinished ? 'finished' : 'early')),
    );
    const body = await readBody(request);
    this.requests.push({ path, headers: request.headers, body, over });
    await this.answer(path, body, response);
  }

  protected async answer(path: string, body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    if (path === '/api/tags') sendJson(response, { models: this.models.map((name) => ({ name, model: name })) });
    else if (path === '/api/version') sendJson(response, { version: '0.12.0' });
    else if (path === '/api/show') this.show(body, response);
    else if (path === '/api/embed') this.embed(body, response);
    else if (path === '/test/open-chats') sendJson(response, { open: this.openChats });
    else if (path === '/api/chat') await this.chat(body, response);
    else sendJson(response, { error: 'not found' }, 404);
  }

  protected get models(): readonly string[] {
    return this.options.models ?? DEFAULT_MODELS;
  }

  private has(model: unknown): boolean {
    return this.models.some((name) => name === model || name === `${String(model)}:latest`);
  }

  private show({ model }: Record<string, unknown>, response: ServerResponse): void {
    if (this.has(model))
      sendJson(response, { model_info: { 'llama.context_length': this.window }, capabilities: ['completion'] });
    else sendJson(response, { error: `model '${String(model)}' not found` }, 404);
  }

  /** Misbehaviour that chat and embed share. True when the exchange is dealt with. */
  protected misbehaves({ model }: Record<string, unknown>, response: ServerResponse): boolean {
    if (!this.has(model)) sendJson(response, { error: `model '${String(model)}' not found` }, 404);
    else if (this.failNext > 0) {
      this.failNext -= 1;
      response.writeHead(this.failure.status, this.failure.headers).end('{"error":"server busy"}');
    } else if (this.mode === 'redirect') {
      response.writeHead(307, { location: `${this.url}/elsewhere` }).end();
    } else if (this.mode === 'error') sendJson(response, { error: 'llama runner process has terminated' }, 500);
    else if (this.mode === 'garbage') response.writeHead(200).end('<html>Bad gateway</html>\n');
    else return this.mode === 'hang';
    return true;
  }

  private embed(body: Record<string, unknown>, response: ServerResponse): void {
    if (this.misbehaves(body, response)) return;
    const texts = [body.input].flat().map(String);
    const text = JSON.stringify({ model: body.model, embeddings: this.vectors(texts) });
    this.sendVectors(text, response);
  }

  /** As JSON, whole or broken. */
  protected sendVectors(text: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (this.mode === 'drop' || this.mode === 'truncate' || this.mode === 'stall') {
      response.write(text.slice(0, text.length / 2), () => {
        if (this.mode === 'drop') response.destroy();
        if (this.mode === 'truncate') response.end();
      });
    } else response.end(this.mode === 'nan-vectors' ? text.replace('0.01', 'NaN') : text);
  }

  protected vectors(texts: readonly string[]): number[][] {
    const { dimension = 64, meaningOf } = this.options;
    const length = this.mode === 'wrong-dimension' ? dimension + 1 : dimension;
    const vectors = texts.map((text) => vectorOf(text, length, meaningOf));
    if (this.mode === 'missing-vector') vectors.pop();
    if (this.mode === 'ragged-vectors') vectors.at(-1)?.pop();
    return this.mode === 'zero-vectors' ? vectors.map((vector) => vector.map(() => 0)) : vectors;
  }

  private async chat(body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    if (this.misbehaves(body, response)) return;
    this.openChats += 1;
    response.once('close', () => (this.openChats -= 1));
    const tokens = this.tokens((body.messages ?? []) as OllamaMessage[]);
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (const [at, content] of tokens.entries()) {
      if (at >= tokens.length / 2 && this.breaksOff(response)) return;
      await this.pause();
      if (response.destroyed) return;
      this.line(response, { model: body.model, message: { role: 'assistant', content }, done: false });
    }
    const counts = { prompt_eval_count: 100, eval_count: tokens.length, done_reason: 'stop' };
    this.line(response, { model: body.model, message: { role: 'assistant', content: '' }, done: true, ...counts });
    response.end();
  }

  protected tokens(messages: readonly OllamaMessage[]): string[] {
    const { answer = quoteFirstSource } = this.options;
    return (typeof answer === 'string' ? answer : answer(messages)).match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  }

  protected async pause(): Promise<void> {
    const { msPerToken = 0 } = this.options;
    if (msPerToken > 0) await sleep(msPerToken);
  }

  /** True when the answer ends here, in the middle. */
  private breaksOff(response: ServerResponse): boolean {
    if (this.mode === 'drop') setImmediate(() => response.destroy());
    else if (this.mode === 'truncate') response.end('{"model":"mistral","message":{"role":"assi');
    else if (this.mode === 'error-line') response.end('{"error":"an error was encountered while running the model"}\n');
    else return this.mode === 'stall';
    return true;
  }

  private line(response: ServerResponse, value: Line): void {
    response.write(`${JSON.stringify({ created_at: new Date().toISOString(), ...value })}\n`);
  }
}

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const main = async (): Promise<void> => {
  const port = Number(argument('port') ?? 11_434);
  const msPerToken = Number(argument('ms-per-token') ?? 30);
  const mode = (argument('mode') ?? 'ok') as OllamaMode;
  const repeat = Number(argument('repeat') ?? 1);
  const answer = (messages: readonly OllamaMessage[]) => Array(repeat).fill(quoteFirstSource(messages)).join(' ');
  const server = await OllamaProtocolServer.start({ port, msPerToken, mode, dimension: 768, answer });
  console.log(`Ollama protocol server on ${server.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.kill());
};

// Not `require.main`: Node runs this file as an ES module, Jest as CommonJS.
if (process.argv[1]?.endsWith('ollama-server.ts')) {
  main().catch((error: unknown) => {
    console.error(String(error));
    process.exitCode = 1;
  });
}
