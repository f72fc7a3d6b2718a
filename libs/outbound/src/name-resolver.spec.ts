import { createSocket, type Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';

import { NameResolver } from './name-resolver';

const HEADER_BYTES = 12;
const TYPE_A = 1;
const TYPE_AAAA = 28;
const NO_SUCH_NAME = 3;
const SERVER_FAILED = 2;

/** Answers by number of record type; a number instead is the error code of the answer, and what is not there is never answered. */
type Zone = Readonly<Record<string, Readonly<Record<number, readonly number[][] | number>>>>;

const ZONE: Zone = {
  'exemple.fr': { [TYPE_A]: [[93, 184, 216, 34]], [TYPE_AAAA]: [[0x26, 6, 0x47, 0, ...Array<number>(11).fill(0), 1]] },
  'quatre.fr': { [TYPE_A]: [[8, 8, 8, 8]], [TYPE_AAAA]: [] },
  'boiteux.fr': { [TYPE_A]: [[8, 8, 4, 4]], [TYPE_AAAA]: SERVER_FAILED },
  'hosts.fr': { [TYPE_A]: NO_SUCH_NAME, [TYPE_AAAA]: NO_SUCH_NAME },
  'casse.fr': { [TYPE_A]: SERVER_FAILED, [TYPE_AAAA]: SERVER_FAILED },
  'muet.fr': {},
};

const nameIn = (query: Buffer): { readonly name: string; readonly end: number } => {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
};

/** RFC 1035, section 4.1: one question and its answers, whose names point at the question's. */
const answerTo = (query: Buffer): Buffer | undefined => {
  const { name, end } = nameIn(query);
  const type = query.readUInt16BE(end);
  const found = ZONE[name]?.[type];
  if (found === undefined) return undefined;
  const records = typeof found === 'number' ? [] : found;
  const head = Buffer.from(query.subarray(0, end + 4));
  head.writeUInt16BE(0x8180 | (typeof found === 'number' ? found : 0), 2);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8);
  const answers = records.map((data) => Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, data.length, ...data]));
  return Buffer.concat([head, ...answers]);
};

class TestResolver extends NameResolver {
  protected override readonly dns = new Resolver({ timeout: 100, tries: 2 });
  readonly asked: string[] = [];
  answer = Promise.resolve<LookupAddress[]>([{ address: '10.0.0.1', family: 4 }]);

  constructor(port: number) {
    super();
    this.dns.setServers([`127.0.0.1:${port}`]);
  }

  protected override system(name: string): Promise<LookupAddress[]> {
    this.asked.push(name);
    return this.answer;
  }
}

describe('NameResolver', () => {
  let server: Socket;
  let names: TestResolver;

  beforeAll(async () => {
    server = createSocket('udp4').on('message', (query, { port, address }) => {
      const answer = answerTo(query);
      if (answer) server.send(answer, port, address);
    });
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    names = new TestResolver(server.address().port);
  });

  it('finds every address of a name, without the system', async () => {
    expect(await names.resolve('exemple.fr')).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ]);
    expect(await names.resolve('exemple.fr.')).toHaveLength(2);
    expect(await names.resolve('quatre.fr')).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(await names.resolve('boiteux.fr')).toEqual([{ address: '8.8.4.4', family: 4 }]);
    expect(names.asked).toEqual([]);
  });

  it('leaves names that are not in DNS to the system: of one label, or of its hosts file', async () => {
    for (const name of ['intranet', 'localhost.', 'hosts.fr']) {
      expect(await names.resolve(name)).toEqual([{ address: '10.0.0.1', family: 4 }]);
    }
    expect(names.asked).toEqual(['intranet', 'localhost', 'hosts.fr']);
  });

  it('does not ask the system what a name server fails to answer, or never answers', async () => {
    await expect(names.resolve('casse.fr')).rejects.toMatchObject({ code: 'ESERVFAIL' });
    await expect(names.resolve('muet.fr')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(names.asked).toEqual([]);
  });

  it('asks the system one name at a time, and not for those who have given up', async () => {
    const { promise, reject } = Promise.withResolvers<LookupAddress[]>();
    names.answer = promise;
    const gone = new AbortController();
    const first = names.resolve('premier');
    const second = names.resolve('second', gone.signal);
    const third = names.resolve('troisieme');
    await new Promise(setImmediate);
    expect(names.asked).toEqual(['premier']);
    gone.abort(new Error('gone'));
    names.answer = Promise.resolve([]);
    reject(new Error('no'));
    expect(await Promise.allSettled([first, second, third])).toMatchObject([
      { status: 'rejected', reason: { message: 'no' } },
      { status: 'rejected', reason: { message: 'gone' } },
      { status: 'fulfilled', value: [] },
    ]);
    expect(names.asked).toEqual(['premier', 'troisieme']);
  });
});
