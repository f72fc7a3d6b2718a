import { WebhookConfig } from '#libs/config';
import { NameResolver, Network, OutboundHttp } from '#libs/outbound';
import { Receiver } from '#test/integrations/support/receiver';

import { OutboundWebhookTransport } from './outbound-webhook-transport';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

class HastyTransport extends OutboundWebhookTransport {
  protected override readonly timeoutMs = 200;
}

const transport = (allowedRanges: string[] = LOOPBACK): OutboundWebhookTransport =>
  new HastyTransport(
    new OutboundHttp(new Network(new NameResolver())),
    Object.assign(new WebhookConfig(), { allowedRanges }),
  );

describe('The transport of webhooks', () => {
  const receiver = new Receiver();
  const never = new AbortController().signal;

  beforeAll(() => receiver.start());
  afterAll(() => receiver.stop());
  beforeEach(() => {
    receiver.behave('ok');
  });

  const post = (url = receiver.url, ranges = LOOPBACK) =>
    transport(ranges).post({ url, headers: { 'X-Test': 'a' }, body: '{"é":1}' }, never);

  it('carries body and headers, and tells the status', async () => {
    expect(await post()).toMatchObject({ status: 200 });
    expect(receiver.received.at(-1)).toMatchObject({ body: '{"é":1}', headers: { 'x-test': 'a' } });
  });

  it.each([
    ['broken', { failure: 'status', status: 500 }],
    ['redirecting', { failure: 'redirected', status: 302 }],
    ['silent', { failure: 'timeout' }],
    ['dripping', { failure: 'timeout' }],
    ['cut', { failure: 'unreachable' }],
  ] as const)('tells of a receiver that is %s', async (manner, expected) => {
    receiver.behave(manner);
    expect(await post()).toMatchObject(expected);
  });

  it('follows no redirection', async () => {
    const before = receiver.received.length;
    receiver.behave('redirecting');
    await post();
    expect(receiver.received).toHaveLength(before + 1);
  });

  it('does not read an answer without end', async () => {
    receiver.behave('endless');
    expect(await post()).toMatchObject({ status: 200 });
  });

  it('connects to no address that is not allowed, whether it is written or looked up', async () => {
    const before = receiver.received.length;
    const named = receiver.url.replace('127.0.0.1', 'localhost');
    for (const url of [receiver.url, named]) expect(await post(url, [])).toMatchObject({ failure: 'address_refused' });
    expect(receiver.received).toHaveLength(before);
  });

  it('tells of a name that does not exist, a port nobody listens on, and what is no TLS', async () => {
    expect(await post('https://nirgends.invalid/')).toMatchObject({ failure: 'unresolvable' });
    expect(await post('http://127.0.0.1:1/')).toMatchObject({ failure: 'unreachable' });
    expect(await post(receiver.url.replace('http:', 'https:'))).toMatchObject({ failure: 'tls' });
  });

  it('leaves the attempt to another process when this one stops', async () => {
    receiver.behave('silent');
    const stopping = AbortSignal.abort(new Error('stopping'));
    await expect(transport().post({ url: receiver.url, headers: {}, body: '{}' }, stopping)).rejects.toThrow(
      'stopping',
    );
  });
});
