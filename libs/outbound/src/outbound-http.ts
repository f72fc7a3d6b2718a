import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

import { Injectable } from '@nestjs/common';

import { destinationOf } from './address-guard';
import { Deadline } from './deadline';
import { Network } from './network';
import { OutboundAnswer } from './outbound-answer';
import { OutboundError } from './outbound-error';
import type { OutboundRequest, OutboundRules } from './outbound-rules';

/** 304 answers a question that is never asked, 300 and 305 lead nowhere by themselves (RFC 9110, section 15.4). */
const REDIRECTIONS = new Set([301, 302, 303, 307, 308]);

interface Exchange {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

/**
 * The one way out to addresses that somebody else chose. A name is looked up once, every address it leads to is checked, and
 * the connection goes to those; each redirection is a new address. Nothing is remembered: no cookie, no connection, no proxy.
 */
@Injectable()
export class OutboundHttp {
  constructor(private readonly network: Network) {}

  /**
   * Returns with the head of the answer, whatever its status; its body is read within the same time and bounds.
   * @param stop ends the call, its body included, for its own reason
   * @throws OutboundError, or the reason of `stop`
   */
  async open(request: OutboundRequest, rules: OutboundRules, stop?: AbortSignal): Promise<OutboundAnswer> {
    const deadline = new Deadline(rules.timeoutMs, stop);
    try {
      return await this.follow(request, rules, deadline);
    } catch (error) {
      deadline[Symbol.dispose]();
      throw deadline.explain(error);
    }
  }

  private async follow(request: OutboundRequest, rules: OutboundRules, deadline: Deadline): Promise<OutboundAnswer> {
    let url = parse(request.url);
    for (let redirections = 0; redirections <= rules.maxRedirects; redirections += 1) {
      const exchange = await this.exchange(url, request, rules, deadline);
      const next = rules.maxRedirects > 0 ? redirectionOf(exchange.response) : undefined;
      if (next === undefined) {
        return new OutboundAnswer(url, exchange.request, exchange.response, deadline, rules.maxBytes);
      }
      exchange.request.destroy();
      url = parse(next, url);
    }
    throw new OutboundError('redirects');
  }

  private async exchange(
    url: URL,
    { headers, body }: OutboundRequest,
    rules: OutboundRules,
    deadline: Deadline,
  ): Promise<Exchange> {
    const destination = await deadline.over(destinationOf(url, rules, this.network, deadline.signal));
    const [send, defaultPort] = destination.isSecure ? [httpsRequest, 443] : [httpRequest, 80];
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = send(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...length },
      signal: deadline.signal,
      // Told by an agent, of which there is none; with it the Host header names no port that goes without saying.
      defaultPort,
      createConnection: () => this.network.connect(destination),
    });
    // A socket may break once the answer has begun; its reader is told, and an event nobody hears would end the process.
    request.on('error', () => undefined);
    const [response] = (await once(request.end(body), 'response')) as [IncomingMessage];
    return { request, response };
  }
}

const parse = (text: string, base?: URL): URL => {
  const url = URL.parse(text, base?.href);
  if (!url) throw new OutboundError('refused');
  return url;
};

const redirectionOf = ({ statusCode = 0, headers }: IncomingMessage): string | undefined =>
  REDIRECTIONS.has(statusCode) ? headers.location : undefined;
