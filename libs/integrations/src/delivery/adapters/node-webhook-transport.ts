import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

import { Injectable } from '@nestjs/common';

import { WebhookConfig } from '#libs/config';

import { AddressRefusedError, checkedLookup } from '../../target/checked-lookup';
import { isReachable } from '../../target/reachable-address';
import { literalAddress } from '../../target/target-url';
import { WebhookTransport, type AttemptFailure, type AttemptResult, type SignedRequest } from '../webhook-transport';

/** Milliseconds for all of it: name, connection, answer. As long as GitHub gives its receivers. */
const TIMEOUT_MS = 10_000;
/** Bytes of an answer that are read, and thrown away, before the connection is cut. */
const MAX_ANSWER = 65_536;

/** Over Node's own HTTP client, which follows nothing by itself and takes a lookup of ours. No connection is kept. */
@Injectable()
export class NodeWebhookTransport extends WebhookTransport {
  protected readonly timeoutMs: number = TIMEOUT_MS;

  constructor(private readonly config: WebhookConfig) {
    super();
  }

  override async post(request: SignedRequest, signal: AbortSignal): Promise<AttemptResult> {
    const start = performance.now();
    const elapsed = (): number => Math.round(performance.now() - start);
    const timeout = AbortSignal.timeout(this.timeoutMs);
    try {
      const status = await this.exchange(request, AbortSignal.any([signal, timeout]));
      return { ...judge(status), status, durationMs: elapsed() };
    } catch (error) {
      signal.throwIfAborted();
      return { failure: timeout.aborted ? 'timeout' : failureOf(error), durationMs: elapsed() };
    }
  }

  private async exchange({ url, headers, body }: SignedRequest, signal: AbortSignal): Promise<number> {
    const target = new URL(url);
    const { allowedRanges } = this.config;
    const literal = literalAddress(target);
    // A socket looks no address up that it is given as such.
    if (literal !== undefined && !isReachable(literal, allowedRanges)) throw new AddressRefusedError('Refused');
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(target, {
      ...{ method: 'POST', agent: false, signal, lookup: checkedLookup(allowedRanges) },
      headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
    });
    return readStatus(sent.end(body));
  }
}

const readStatus = async (request: ClientRequest): Promise<number> => {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_ANSWER) break; // Ends the connection.
  }
  return response.statusCode ?? 0;
};

const judge = (status: number): { failure?: AttemptFailure } => {
  if (status >= 200 && status < 300) return {};
  return { failure: status >= 300 && status < 400 ? 'redirected' : 'status' };
};

const FAILURES: readonly (readonly [RegExp, AttemptFailure])[] = [
  [/^ADDRESS_REFUSED$/, 'address_refused'],
  [/^(?:ENOTFOUND|EAI_\w+|ENODATA)$/, 'unresolvable'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/TLS|CERT|SSL|^EPROTO$|SIGNATURE|ISSUER|CHAIN/, 'tls'],
];

const failureOf = (error: unknown): AttemptFailure => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return FAILURES.find(([pattern]) => pattern.test(code))?.[1] ?? 'unreachable';
};
