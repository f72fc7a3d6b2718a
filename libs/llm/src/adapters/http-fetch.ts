import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { ProtocolError, StageTimeoutError, UpstreamStatusError } from '../resilience/upstream-errors';

export interface HttpFetchOptions {
  readonly connectTimeoutMs: number;
  /** Closes the connection, at any time. */
  readonly signal: AbortSignal;
  /** The body is one JSON value per line: any other line fails the call. */
  readonly ndjson?: boolean;
}

type Fetch = typeof fetch;

/** No line of the protocol comes near: a token is some bytes, and the last line some hundred. */
const MAX_LINE_CHARACTERS = 1_000_000;

/**
 * A `fetch` on `node:http` for the Ollama client. The built-in one cannot tell connecting from waiting, gives up after
 * 300 s whatever the settings say, and the client takes no signal per request; moreover the client prints what it cannot parse
 * on the console, so nothing but a success with well-formed lines reaches it.
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

const toResponse = (incoming: IncomingMessage, { ndjson }: HttpFetchOptions): Response => {
  const status = incoming.statusCode ?? 0;
  if (status < 200 || status > 299) throw new UpstreamStatusError(status);
  const body = ndjson ? Readable.from(wellFormedLines(incoming), { objectMode: false }) : incoming;
  return new Response(Readable.toWeb(body) as ReadableStream, { status });
};

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
