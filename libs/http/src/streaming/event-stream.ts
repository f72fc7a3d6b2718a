import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { trackStream } from './open-streams';

/** Proxies close idle connections after 30 to 60 seconds; the contract promises a sign of life every 15. */
const HEARTBEAT_MS = 15_000;

/** Heartbeats in a row that find what was sent before still unread; then the client counts as gone, a minute after it stopped. */
const UNREAD_HEARTBEATS = 4;

/** An open stream of server-sent events. */
export interface EventStream {
  /** Aborted when the client goes away or the stream ends; hand it to whatever produces the events. */
  readonly closed: AbortSignal;

  /**
   * Sends one event and waits while the client is slower than we are. After the client has gone it does nothing.
   *
   * @param id what the client sends back as `Last-Event-ID`; undefined for none
   * @param data anything JSON can say
   */
  send(id: string | number | undefined, event: string, data: unknown): Promise<void>;

  /** Sends one event that is nothing but its data, as it stands, for contracts whose events have no names. @param data one line */
  sendData(data: string): Promise<void>;

  end(): void;
}

/** Line breaks would start a field of their own. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]/g, '');

const frameOf = (id: string | number | undefined, event: string, data: unknown): string => {
  const idLine = id === undefined ? '' : `id: ${oneLine(String(id))}\n`;
  return `${idLine}event: ${oneLine(event)}\ndata: ${JSON.stringify(data ?? null)}\n\n`;
};

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  Connection: 'keep-alive',
  'X-Accel-Buffering': 'no',
};

/** Waits until the socket takes more, or until there is nobody left to wait for. */
const drained = async (raw: ServerResponse, closed: AbortSignal): Promise<void> => {
  if (closed.aborted) return;
  await once(raw, 'drain', { signal: closed }).catch(() => undefined);
};

const closeSignal = (raw: ServerResponse): AbortSignal => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  raw.once('close', abort);
  raw.once('error', abort);
  if (raw.destroyed || raw.socket?.destroyed) abort();
  return controller.signal;
};

const begin = (reply: FastifyReply): void => {
  reply.hijack();
  reply.raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...HEADERS });
  reply.raw.flushHeaders();
  reply.raw.socket?.setNoDelay(true);
};

/** Nothing is added to what a client leaves unread; a client that leaves it for good is let go of. */
const keepAlive = (raw: ServerResponse, write: (text: string) => boolean): (() => void) => {
  let unread = 0;
  return () => {
    unread = raw.writableNeedDrain ? unread + 1 : 0;
    if (unread === 0) write(': heartbeat\n\n');
    else if (unread >= UNREAD_HEARTBEATS) raw.destroy();
  };
};

/**
 * Takes the reply over from Fastify and turns it into a stream of server-sent events; headers set on the reply so far
 * (CORS, request id, security) go out with it. The handler keeps its `@Res({ passthrough: true })` reply and may still
 * return a value: it is not sent.
 */
export const openEventStream = (
  reply: FastifyReply,
  request: FastifyRequest,
  { heartbeatMs = HEARTBEAT_MS } = {},
): EventStream => {
  const { raw } = reply;
  const closed = closeSignal(raw);
  begin(reply);
  const write = (text: string): boolean => closed.aborted || raw.writableEnded || raw.write(text);
  const heartbeat = setInterval(keepAlive(raw, write), heartbeatMs);
  const writeAll = async (text: string): Promise<void> => {
    if (!write(text)) await drained(raw, closed);
  };
  const stream: EventStream = {
    closed,
    send: (id, event, data) => writeAll(frameOf(id, event, data)),
    sendData: (data) => writeAll(`data: ${oneLine(data)}\n\n`),
    end() {
      clearInterval(heartbeat);
      if (!raw.writableEnded) raw.end();
    },
  };
  const forget = trackStream(request, stream);
  closed.addEventListener('abort', () => {
    clearInterval(heartbeat);
    forget();
  });
  return stream;
};
