import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';

import { literalAddress } from './literal-address';
import type { Destination, Network } from './network';
import { OutboundError } from './outbound-error';
import type { OutboundRules } from './outbound-rules';
import { isReachable } from './reachable-address';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The port of a URL that may be called by these rules at all, before any name is looked up. */
const portOf = (url: URL, { ports }: OutboundRules): number => {
  const standard = DEFAULT_PORTS[url.protocol];
  if (standard === undefined || url.username !== '' || url.password !== '') throw new OutboundError('refused');
  const port = url.port === '' ? standard : Number(url.port);
  if (ports && !ports.includes(port)) throw new OutboundError('refused');
  return port;
};

/**
 * Where a URL leads: every address of its host, looked up once and checked. The connection goes to these very addresses, so
 * a name that leads elsewhere a moment later (DNS rebinding) gains nothing. One refused address refuses the name.
 * @throws OutboundError `refused` @throws NodeJS.ErrnoException of the lookup
 */
export const destinationOf = async (
  url: URL,
  rules: OutboundRules,
  network: Network,
  signal: AbortSignal,
): Promise<Destination> => {
  const port = portOf(url, rules);
  const literal = literalAddress(url);
  const addresses: LookupAddress[] = literal
    ? [{ address: literal, family: isIP(literal) }]
    : await network.resolve(url.hostname, signal);
  const areReachable = addresses.every(({ address }) => isReachable(address, rules.allowedRanges));
  if (addresses.length === 0 || !areReachable) throw new OutboundError('refused');
  return { host: literal ?? url.hostname, port, isSecure: url.protocol === 'https:', addresses };
};
