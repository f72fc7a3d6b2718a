import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { VectorStoreObserver, type VectorOperation } from '#libs/vector-store';

type Send = (status: number, body: string) => void;

/** Answers whatever it is told to, on the loopback. */
export class HostileServer {
  answer: (send: Send) => void = () => undefined;
  private readonly server: Server;

  constructor() {
    this.server = createServer((_request, response) => {
      this.answer((status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Keeps which calls went well. */
export class RecordingObserver extends VectorStoreObserver {
  readonly succeeded: VectorOperation[] = [];

  override observe(operation: VectorOperation, _seconds: number, succeeded: boolean): void {
    if (succeeded) this.succeeded.push(operation);
  }
}
