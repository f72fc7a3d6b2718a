import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How it answers: `silent` never, `dripping` a byte at a time without end, `endless` as fast as it is read, `cut` with a closed door. */
export type Manner = 'ok' | 'broken' | 'redirecting' | 'silent' | 'dripping' | 'endless' | 'cut';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const DRIP_MS = 20;
const CHUNK = Buffer.alloc(16_384, 'a');

/** Somebody's server that webhooks are sent to, on loopback. */
export class Receiver {
  readonly received: Received[] = [];
  private manner: Manner = 'ok';
  private readonly server: Server = createServer((request, response) => {
    this.take(request, response).catch(() => request.destroy());
  });

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/crochet`;
  }

  behave(manner: Manner): void {
    this.manner = manner;
  }

  /** Bodies of one type of event, in the order of arrival. */
  events(type: string): Record<string, unknown>[] {
    const bodies = this.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    return bodies.filter((body) => body['type'] === type);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const body = await text(request);
    this.received.push({ path: request.url ?? '', headers: request.headers, body });
    ANSWERS[this.manner](response, this.url);
  }
}

const ANSWERS: Readonly<Record<Manner, (response: ServerResponse, url: string) => void>> = {
  ok: (response) => response.end('ok'),
  broken: (response) => response.writeHead(500).end('no'),
  redirecting: (response, url) => response.writeHead(302, { Location: `${url}/ailleurs` }).end(),
  silent: () => undefined,
  dripping: (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('a'), DRIP_MS);
    response.on('close', () => {
      clearInterval(timer);
    });
  },
  endless: (response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(CHUNK));
    };
    response.on('drain', more);
    more();
  },
  cut: (response) => response.socket?.destroy(),
};
