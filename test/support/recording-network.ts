import type { LookupAddress } from 'node:dns';
import { isIPv6, type Socket } from 'node:net';

import { NameResolver, Network, type Destination } from '#libs/outbound';

/** Addresses each name leads to, look-up after look-up; the last ones stay. */
export type Names = Readonly<Record<string, readonly (readonly string[])[]>>;

/** Writes down what would be looked up and connected to; every connection ends at one site on loopback, which has no TLS. */
export class RecordingNetwork extends Network {
  readonly lookups: string[] = [];
  readonly connections: string[] = [];

  constructor(
    private readonly sitePort: () => number,
    private readonly zone: Names = {},
  ) {
    super(new NameResolver());
  }

  override resolve(hostname: string): Promise<LookupAddress[]> {
    const answers = this.zone[hostname] ?? [];
    const before = this.lookups.filter((name) => name === hostname).length;
    this.lookups.push(hostname);
    const found = answers[Math.min(before, answers.length - 1)];
    if (!found) return Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    return Promise.resolve(found.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 })));
  }

  override connect({ addresses, port, isSecure }: Destination): Socket {
    this.connections.push(`${isSecure ? 'tls ' : ''}${addresses.map(({ address }) => address).join(',')}:${port}`);
    return super.connect({ host: '127.0.0.1', port: this.sitePort(), isSecure: false, addresses: [] });
  }
}
