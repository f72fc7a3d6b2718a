import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Visit {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** How one address answers. */
export type Page = (response: ServerResponse) => void;

const CHUNK = Buffer.alloc(16_384, 'a');
const DRIP_MS = 20;

export const page =
  (body: string | Buffer, headers: Readonly<Record<string, string>> = { 'Content-Type': 'text/html' }): Page =>
  (response) =>
    void response.writeHead(200, headers).end(body);

export const redirect =
  (location: string, status = 302): Page =>
  (response) =>
    void response.writeHead(status, { Location: location }).end('moved');

export const answering =
  (status: number): Page =>
  (response) =>
    void response.writeHead(status).end('no');

/** As fast as it is read, without end. */
export const endless =
  (headers: Readonly<Record<string, string>> = {}, chunk = CHUNK): Page =>
  (response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.writeHead(200, headers).on('drain', more);
    more();
  };

/** A byte at a time, without end. */
export const dripping: Page = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write('a'), DRIP_MS);
  response.on('close', () => {
    clearInterval(timer);
  });
};

export const silent: Page = () => undefined;
/** Begins an answer and slams the door. */
export const cut: Page = (response) => {
  response.writeHead(200, { 'Content-Length': '1000' });
  response.write('a', () => response.socket?.destroy());
};

/** A site on loopback, and who came. */
export class WebSite {
  readonly visits: Visit[] = [];
  private readonly server: Server;

  /** @param pages by path; what is not there is 404. May be added to at any time. */
  constructor(readonly pages: Record<string, Page> = {}) {
    this.server = createServer((request, response) => {
      response.on('error', () => undefined);
      const path = request.url ?? '';
      this.visits.push({ path, headers: request.headers });
      (this.pages[path] ?? answering(404))(response);
    });
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path = '/'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** The environment that lets the product come here. */
  get allowance(): Readonly<Record<string, string>> {
    return { URL_ALLOWED_RANGES: '127.0.0.1/32', URL_ALLOWED_PORTS: String(this.port) };
  }
}
