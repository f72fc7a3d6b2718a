import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { RecordingNetwork, type Names } from '#test/support/recording-network';
import { answering, cut, dripping, endless, page, redirect, silent, WebSite } from '#test/support/web-site';

import { NameResolver } from './name-resolver';
import { Network } from './network';
import { OutboundHttp } from './outbound-http';
import type { OutboundRules } from './outbound-rules';

const RULES: OutboundRules = {
  allowedRanges: [],
  ports: [80, 443],
  maxRedirects: 5,
  timeoutMs: 5_000,
  maxBytes: 100_000,
};
const HASTY = { timeoutMs: 300 };
/** A public address of documentation's own server: nothing is ever sent there. */
const PUBLIC = '93.184.216.34';
const NAMES: Names = {
  'exemple.fr': [[PUBLIC]],
  'ailleurs.fr': [['8.8.8.8', '2606:4700::1111']],
  'intranet.fr': [['10.0.0.8']],
  'double.fr': [[PUBLIC, '127.0.0.1']],
  'vide.fr': [[]],
  'rebond.fr': [[PUBLIC], ['127.0.0.1']],
};
const BOMB = gzipSync(Buffer.alloc(20_000_000));
const SMALL = 'Le siège ouvre à neuf heures.';

describe('OutboundHttp', () => {
  const site = new WebSite();
  let network: RecordingNetwork;

  beforeAll(() => site.start());
  afterAll(() => {
    site.stop();
  });
  beforeEach(() => {
    network = new RecordingNetwork(() => site.port, NAMES);
    site.visits.length = 0;
  });

  const read = async (url: string, rules: Partial<OutboundRules> = {}, stop?: AbortSignal) => {
    using answer = await new OutboundHttp(network).open(
      { url, headers: { 'User-Agent': 'essai/1' } },
      { ...RULES, ...rules },
      stop,
    );
    return { status: answer.status, url: answer.url.href, body: await text(answer.body()) };
  };

  it('reads a page of a public address, with its headers and no others that tell of anybody', async () => {
    site.pages['/a?b=1'] = page(SMALL, { 'Set-Cookie': 'a=b' });
    expect(await read('http://exemple.fr/a?b=1#c')).toMatchObject({ status: 200, body: SMALL });
    expect(await read('http://exemple.fr/a?b=1')).toMatchObject({ status: 200 });
    expect(network.connections).toEqual([`${PUBLIC}:80`, `${PUBLIC}:80`]);
    for (const { headers } of site.visits) {
      expect(headers).toEqual({ host: 'exemple.fr', 'user-agent': 'essai/1', connection: 'close' });
    }
  });

  it('goes to the port and the addresses it has checked, over TLS where the URL says so', async () => {
    site.pages['/'] = page(SMALL);
    expect(await read('https://ailleurs.fr/')).toMatchObject({ status: 200 });
    expect(await read('http://[2606:4700::1111]:443/')).toMatchObject({ status: 200 });
    expect(network.connections).toEqual(['tls 8.8.8.8,2606:4700::1111:443', '2606:4700::1111:443']);
  });

  it.each([
    'http://[::1]:80/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:7f00:1::]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://[fe80::1%25eth0]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0251.0376.0251.0376/',
    'http://0xA9FEA9FE/',
    'http://2852039166/',
    'http://169.254.43518/',
    'http://0/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.0.0.1./',
    'http://127。0。0。1/',
    'http://①②⑦.0.0.1/',
    'http://100.64.0.1/',
    'http://198.18.0.1/',
    'http://192.0.2.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://intranet.fr/',
    'http://double.fr/',
    'http://vide.fr/',
    'http://user:pass@exemple.fr/',
    'http://user@exemple.fr/',
    'http://exemple.fr:5432/',
    'http://exemple.fr:22/',
    'https://exemple.fr:8443/',
    'gopher://exemple.fr:80/_x',
    'ftp://exemple.fr/',
    'file:///etc/passwd',
    'data:text/html,hi',
    'javascript:alert(1)',
    'unix:/var/run/docker.sock',
    'http:/127.0.0.1/',
    'http:127.0.0.1',
    '//127.0.0.1/',
    '/etc/passwd',
    'exemple.fr',
    '',
  ])('connects nowhere for %j', async (url) => {
    await expect(read(url)).rejects.toMatchObject({ failure: 'refused' });
    expect([network.connections, site.visits]).toEqual([[], []]);
  });

  it.each(['http://localhost/', 'http://LOCALHOST:80/', 'http://localhost./', 'http://ⓛocalhost/'])(
    'connects nowhere for %j, which this machine itself looks up',
    async (url) => {
      const connect = jest.spyOn(Network.prototype, 'connect');
      await expect(
        new OutboundHttp(new Network(new NameResolver())).open(
          { url, headers: {} },
          { ...RULES, allowedRanges: ['10.0.0.0/8'] },
        ),
      ).rejects.toMatchObject({ failure: expect.stringMatching(/refused|unresolvable/) as string });
      expect(connect).not.toHaveBeenCalled();
      connect.mockRestore();
    },
  );

  it('reaches what the operator allows, there and on these ports only', async () => {
    site.pages['/'] = page(SMALL);
    const rules = { allowedRanges: ['10.0.0.0/8'], ports: [80, 8080] };
    expect(await read('http://intranet.fr:8080/', rules)).toMatchObject({ body: SMALL });
    await expect(read('http://intranet.fr:8081/', rules)).rejects.toMatchObject({ failure: 'refused' });
    await expect(read('http://127.0.0.1:8080/', rules)).rejects.toMatchObject({ failure: 'refused' });
    expect(network.connections).toEqual(['10.0.0.8:8080']);
  });

  it('is not led astray by a name that leads elsewhere a moment later', async () => {
    site.pages['/'] = page(SMALL);
    expect(await read('http://rebond.fr/')).toMatchObject({ body: SMALL });
    expect([network.lookups, network.connections]).toEqual([['rebond.fr'], [`${PUBLIC}:80`]]);
    await expect(read('http://rebond.fr/')).rejects.toMatchObject({ failure: 'refused' });
    expect(network.connections).toHaveLength(1);
  });

  it('looks a name up anew for each redirection, which may have moved meanwhile', async () => {
    site.pages['/'] = redirect('http://rebond.fr/');
    await expect(read('http://rebond.fr/')).rejects.toMatchObject({ failure: 'refused' });
    expect([network.lookups, network.connections]).toEqual([['rebond.fr', 'rebond.fr'], [`${PUBLIC}:80`]]);
  });

  it.each([301, 302, 303, 307, 308])('follows a redirection of status %i and tells where it led', async (status) => {
    site.pages['/'] = redirect('//ailleurs.fr/page?x=1', status);
    site.pages['/page?x=1'] = page(SMALL);
    expect(await read('http://exemple.fr/')).toEqual({ status: 200, url: 'http://ailleurs.fr/page?x=1', body: SMALL });
    expect(site.visits.map(({ headers }) => headers.host)).toEqual(['exemple.fr', 'ailleurs.fr']);
  });

  it.each([
    'http://127.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://2130706433/',
    'http://intranet.fr/',
    'http://exemple.fr:6379/',
    'http://user:pass@exemple.fr/b',
    'file:///etc/passwd',
    'gopher://exemple.fr/',
    'http://',
  ])('follows no redirection to %s', async (location) => {
    site.pages['/'] = redirect(location);
    await expect(read('http://exemple.fr/')).rejects.toMatchObject({ failure: 'refused' });
    expect(network.connections).toEqual([`${PUBLIC}:80`]);
  });

  it('follows five redirections and no sixth', async () => {
    for (let step = 0; step < 6; step += 1) site.pages[`/${step}`] = redirect(`/${step + 1}`);
    site.pages['/6'] = page(SMALL);
    expect(await read('http://exemple.fr/1')).toMatchObject({ body: SMALL });
    await expect(read('http://exemple.fr/0')).rejects.toMatchObject({ failure: 'redirects' });
    site.pages['/boucle'] = redirect('/boucle');
    await expect(read('http://exemple.fr/boucle')).rejects.toMatchObject({ failure: 'redirects' });
  });

  it('hands a redirection on where none is to be followed, and one that says not where', async () => {
    site.pages['/'] = redirect('http://ailleurs.fr/');
    site.pages['/nulle-part'] = answering(302);
    expect(await read('http://exemple.fr/', { maxRedirects: 0 })).toMatchObject({ status: 302, body: 'moved' });
    expect(await read('http://exemple.fr/nulle-part')).toMatchObject({ status: 302 });
    expect(network.connections).toHaveLength(2);
  });

  it.each([
    ['gzip', gzipSync(SMALL)],
    ['x-gzip', gzipSync(SMALL)],
    ['GZIP', gzipSync(SMALL)],
    ['deflate', deflateSync(SMALL)],
    ['br', brotliCompressSync(SMALL)],
    ['identity', Buffer.from(SMALL)],
  ])('unpacks %s', async (encoding, body) => {
    site.pages['/'] = page(body, { 'Content-Encoding': encoding });
    expect(await read('http://exemple.fr/')).toMatchObject({ body: SMALL });
  });

  it.each([
    ['an endless body', endless(), 'too_large'],
    ['a body that says it is too long', page('', { 'Content-Length': '100001' }), 'too_large'],
    ['a gzip bomb', page(BOMB, { 'Content-Encoding': 'gzip' }), 'too_large'],
    [
      'a packed body that unpacks to nothing without end',
      endless({ 'Content-Encoding': 'gzip' }, gzipSync('')),
      'too_large',
    ],
    ['a body packed twice', page(gzipSync(BOMB), { 'Content-Encoding': 'gzip, gzip' }), 'unreadable'],
    ['a body that is not packed as it says', page(SMALL, { 'Content-Encoding': 'gzip' }), 'unreadable'],
    [
      'a packed body that breaks off',
      page(gzipSync(SMALL).subarray(0, 20), { 'Content-Encoding': 'gzip' }),
      'unreadable',
    ],
    ['brotli that is none', page(SMALL, { 'Content-Encoding': 'br' }), 'unreadable'],
    ['an unknown packing', page(SMALL, { 'Content-Encoding': 'rot13' }), 'unreadable'],
    ['a body cut short', cut, 'unreachable'],
    ['an answer whose head never ends', page('', { 'X-Long': 'a'.repeat(50_000) }), 'unreachable'],
  ])('gives up on %s', async (_, answer, failure) => {
    site.pages['/'] = answer;
    await expect(read('http://exemple.fr/')).rejects.toMatchObject({ failure });
  });

  it.each([
    ['says nothing', silent],
    ['sends a byte at a time', dripping],
  ])('bounds the time of a server that %s', async (_, answer) => {
    site.pages['/'] = answer;
    await expect(read('http://exemple.fr/', HASTY)).rejects.toMatchObject({ failure: 'timeout' });
  });

  it('bounds the time of a look-up that never ends', async () => {
    jest.spyOn(network, 'resolve').mockReturnValue(new Promise(() => undefined));
    await expect(read('http://exemple.fr/', HASTY)).rejects.toMatchObject({ failure: 'timeout' });
  });

  it('stops for the reason it is told to, before and during an answer', async () => {
    site.pages['/'] = dripping;
    const reason = new Error('stopping');
    await expect(read('http://exemple.fr/', {}, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const reading = read('http://exemple.fr/', {}, controller.signal);
    setTimeout(() => {
      controller.abort(reason);
    }, 50);
    await expect(reading).rejects.toBe(reason);
  });

  it('tells of a name that does not exist, a port nobody listens on, and what is no TLS', async () => {
    for (const url of ['http://personne.fr/', 'http://unix:/var/run/docker.sock:/containers/json']) {
      await expect(read(url)).rejects.toMatchObject({ failure: 'unresolvable' });
    }
    expect(network.connections).toEqual([]);
    const real = new OutboundHttp(new Network(new NameResolver()));
    const open = { ...RULES, allowedRanges: ['127.0.0.0/8'], ports: [1, site.port] };
    const failing = (url: string) => expect(real.open({ url, headers: {} }, open)).rejects;
    await failing('http://127.0.0.1:1/').toMatchObject({ failure: 'unreachable' });
    await failing('https://127.0.0.1:1/').toMatchObject({ failure: 'unreachable' });
    await failing(`https://127.0.0.1:${site.port}/`).toMatchObject({ failure: 'tls' });
    await failing(`https://localhost:${site.port}/`).toMatchObject({
      failure: expect.stringMatching(/tls|refused/) as string,
    });
  });
});
