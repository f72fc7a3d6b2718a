import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';

import { boundedBody } from './bounded-body';
import type { Deadline } from './deadline';

/** What another server answered. Its connection lasts until it is disposed of. */
export class OutboundAnswer implements Disposable {
  constructor(
    /** The last one, when redirections were followed. */
    readonly url: URL,
    private readonly request: ClientRequest,
    private readonly response: IncomingMessage,
    private readonly deadline: Deadline,
    private readonly maxBytes: number,
  ) {}

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  /** Not to be trusted. */
  get headers(): IncomingHttpHeaders {
    return this.response.headers;
  }

  /** Unpacked, within the bounds of the rules; to be read once. @throws OutboundError, or the reason of the signal */
  async *body(): AsyncGenerator<Uint8Array> {
    try {
      yield* boundedBody(this.response, this.maxBytes);
    } catch (error) {
      throw this.deadline.explain(error);
    }
  }

  [Symbol.dispose](): void {
    this.request.destroy();
    this.deadline[Symbol.dispose]();
  }
}
