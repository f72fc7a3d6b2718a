import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { parseRetryAfter } from '../resilience/retry-after';
import { ProtocolError, StageTimeoutError, UpstreamStatusError } from '../resilience/upstream-errors';

export interface HttpFetchOptions {
  readonly connectTimeoutMs: number;
  /** Closes the connection, at any time. */
  readonly signal: AbortSignal;
  /**
   * What the body consists of: `ndjson` one JSON value per line, any other line fails the call; `lines` text, of which no line
   * may be endless; a bounded whole otherwise.
   */
  readonly body?: 'ndjson' | 'lines' | undefined;
}

type Fetch = typeof fetch;

/** No line of the protocol comes near: a token is some bytes, and the last line some hundred. */
const MAX_LINE_CHARACTERS = 1_000_000;
/** 32 vectors of 4,096 numbers are 3 MB of JSON. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * A `fetch` on `node:http` for the clients of model servers. The built-in one cannot tell connecting from waiting, gives up after
 * 300 s whatever the settings say, and follows redirects: a prompt and its API key go where the operator said or nowhere. The
 * Ollama client takes no signal per request and prints what it cannot parse on the console, so nothing but a success with
 * well-formed lines reaches it.
 */
export const httpFetch =
  (options: HttpFetchOptions): Fetch =>
  (input, init = {}) =>
    new Promise<Response>((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const { request: send } = url.protocol === 'https:' ? https : http;
      const headers = Object.fromEntries(new Headers(init.headers).entries());
      const request = send(url, { method: init.method ?? 'GET', headers, agent: false }, (incoming) => {
        try {
          resolve(toResponse(incoming, options));
        } catch (error) {
          request.destroy();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      request.on('error', reject);
      limitConnecting(request, options.connectTimeoutMs);
      closeOnAbort(request, options.signal);
      request.end(typeof init.body === 'string' ? init.body : undefined);
    });

const limitConnecting = (request: http.ClientRequest, milliseconds: number): void => {
  const timer = setTimeout(() => request.destroy(new StageTimeoutError('connect', milliseconds)), milliseconds);
  const stop = () => clearTimeout(timer);
  request.once('socket', (socket) => socket.once('connect', stop));
  request.once('close', stop);
};

const closeOnAbort = (request: http.ClientRequest, signal: AbortSignal): void => {
  const close = () => request.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  request.once('close', () => signal.removeEventListener('abort', close));
};

const toResponse = (incoming: IncomingMessage, { body }: HttpFetchOptions): Response => {
  const status = incoming.statusCode ?? 0;
  const { 'retry-after': retryAfter, 'content-type': type = '' } = incoming.headers;
  if (status < 200 || status > 299) throw new UpstreamStatusError(status, parseRetryAfter(retryAfter, Date.now()));
  const readable = Readable.from(READERS[body ?? 'whole'](incoming), { objectMode: false });
  return new Response(Readable.toWeb(readable) as ReadableStream, { status, headers: { 'content-type': type } });
};

async function* bounded(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  let left = MAX_BODY_BYTES;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    left -= chunk.length;
    if (left < 0) throw new ProtocolError('The answer is too long');
    yield chunk;
  }
}

const NEWLINE = 10;

async function* withoutEndlessLine(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  let line = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(NEWLINE);
    line = end < 0 ? line + chunk.length : chunk.length - end;
    if (line > MAX_LINE_CHARACTERS) throw new ProtocolError('A line of the answer never ends');
    yield chunk;
  }
}

async function* wellFormedLines(incoming: IncomingMessage): AsyncGenerator<string> {
  incoming.setEncoding('utf8');
  let rest = '';
  for await (const chunk of incoming as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARACTERS) throw new ProtocolError('A line of the answer never ends');
    const text = lines.filter(isMessage).join('\n');
    if (text !== '') yield `${text}\n`;
  }
  if (isMessage(rest)) yield `${rest}\n`;
}

const READERS = { whole: bounded, lines: withoutEndlessLine, ndjson: wellFormedLines } as const;

/** @throws ProtocolError for a line that is neither blank nor a JSON object */
const isMessage = (line: string): boolean => {
  if (line.trim() === '') return false;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return true;
  } catch (cause) {
    throw new ProtocolError('A line of the answer is not JSON', { cause });
  }
  throw new ProtocolError('A line of the answer is not an object');
};
