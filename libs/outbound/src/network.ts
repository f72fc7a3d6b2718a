import type { LookupAddress } from 'node:dns';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

import { Injectable } from '@nestjs/common';

import { NameResolver } from './name-resolver';

/** Where a connection goes. */
export interface Destination {
  /** Name or address; what a certificate is checked against. */
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  /** The checked addresses of the host: the only ones that may be connected to. */
  readonly addresses: readonly LookupAddress[];
}

/** Hands on what was checked before, whatever the name leads to by now. */
const pinned =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };

/** The names and sockets of this machine: all that outgoing calls touch, so that tests can record it. */
@Injectable()
export class Network {
  constructor(private readonly names: NameResolver) {}

  /**
   * Every address of a name.
   * @param signal aborted when nobody waits any more
   * @throws NodeJS.ErrnoException such as ENOTFOUND
   */
  resolve(hostname: string, signal?: AbortSignal): Promise<LookupAddress[]> {
    return this.names.resolve(hostname, signal);
  }

  /** A socket that connects to one of the addresses and to nothing else; errors are events of it. */
  connect({ host, port, isSecure, addresses }: Destination): Socket {
    const options = { host, port, lookup: pinned(addresses) };
    return isSecure ? connectSecurely({ ...options, servername: isIP(host) === 0 ? host : '' }) : connect(options);
  }
}
