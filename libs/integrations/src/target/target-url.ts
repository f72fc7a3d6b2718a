import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

import { isReachable } from './reachable-address';

const LOOPBACK_NAME = 'localhost';
const LOOPBACK = '127.0.0.1';

/** The address a URL names itself, without asking anybody; undefined for a name. */
export const literalAddress = ({ hostname }: URL): string | undefined => {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
};

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
