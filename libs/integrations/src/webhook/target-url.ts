import ipaddr from 'ipaddr.js';

import { isReachable, literalAddress } from '#libs/outbound';

const LOOPBACK_NAME = 'localhost';
const LOOPBACK = '127.0.0.1';

const knownAddress = (url: URL): string | undefined =>
  url.hostname === LOOPBACK_NAME ? LOOPBACK : literalAddress(url);

const isPrivateOnTheWay = (url: URL): boolean => {
  if (url.protocol === 'https:') return true;
  const address = knownAddress(url);
  return url.protocol === 'http:' && address !== undefined && ipaddr.process(address).range() === 'loopback';
};

/**
 * Whether a URL may be given to a webhook: https; or http to this very machine, where nobody listens in. An address in it must
 * be reachable; a name is looked up with each delivery, because what it leads to may change.
 * @param allowed ranges of `WEBHOOK_ALLOWED_RANGES`
 */
export const isAcceptableTarget = (text: string, allowed: readonly string[]): boolean => {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '' || !isPrivateOnTheWay(url)) return false;
  const address = knownAddress(url);
  return address === undefined || isReachable(address, allowed);
};
