import { buffer } from 'node:stream/consumers';

import { Injectable } from '@nestjs/common';

import { WebhookConfig } from '#libs/config';
import { OutboundError, OutboundHttp, type OutboundFailure } from '#libs/outbound';

import { WebhookTransport, type AttemptFailure, type AttemptResult, type SignedRequest } from '../webhook-transport';

/** Milliseconds for all of it: name, connection, answer. As long as GitHub gives its receivers. */
const TIMEOUT_MS = 10_000;
/** Bytes of an answer that are read, and thrown away, before the connection is cut. */
const MAX_ANSWER = 65_536;

/** Over the one way out, which follows nothing here and keeps no connection. */
@Injectable()
export class OutboundWebhookTransport extends WebhookTransport {
  protected readonly timeoutMs: number = TIMEOUT_MS;

  constructor(
    private readonly http: OutboundHttp,
    private readonly config: WebhookConfig,
  ) {
    super();
  }

  override async post(request: SignedRequest, signal: AbortSignal): Promise<AttemptResult> {
    const start = performance.now();
    const elapsed = (): number => Math.round(performance.now() - start);
    try {
      const status = await this.exchange(request, signal);
      return { ...judge(status), status, durationMs: elapsed() };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { failure: FAILURES[error.failure], durationMs: elapsed() };
    }
  }

  private async exchange(request: SignedRequest, signal: AbortSignal): Promise<number> {
    const { allowedRanges } = this.config;
    const rules = { allowedRanges, maxRedirects: 0, timeoutMs: this.timeoutMs, maxBytes: MAX_ANSWER };
    using answer = await this.http.open(request, rules, signal);
    await drain(answer.body());
    return answer.status;
  }
}

/** An answer that goes on for too long, or is packed badly, is an answer all the same: its status counts. */
const drain = async (body: AsyncGenerator<Uint8Array>): Promise<void> => {
  try {
    await buffer(body);
  } catch (error) {
    if (!(error instanceof OutboundError) || !IGNORED.has(error.failure)) throw error;
  }
};

const IGNORED = new Set<OutboundFailure>(['too_large', 'unreadable']);

const judge = (status: number): { failure?: AttemptFailure } => {
  if (status >= 200 && status < 300) return {};
  return { failure: status >= 300 && status < 400 ? 'redirected' : 'status' };
};

const FAILURES: Readonly<Record<OutboundFailure, AttemptFailure>> = {
  refused: 'address_refused',
  unresolvable: 'unresolvable',
  unreachable: 'unreachable',
  tls: 'tls',
  timeout: 'timeout',
  redirects: 'redirected',
  too_large: 'unreachable',
  unreadable: 'unreachable',
};
