import ipaddr from 'ipaddr.js';

import { isAddressIn } from '#libs/kernel';

/** Global unicast (RFC 4291, section 2.4): everything else of IPv6 is special, old or leads into IPv4 by translation. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

const isPublic = (ip: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  ip.range() === 'unicast' && (ip instanceof ipaddr.IPv4 || ip.match(GLOBAL_UNICAST));

/**
 * Whether the product may connect to an address that somebody else chose: a public one, or one the operator allows. Loopback,
 * private, link-local (with the metadata services of clouds), shared, multicast, reserved and translated addresses are not public.
 * @param address IPv4 or IPv6; IPv4-mapped IPv6 counts as IPv4
 * @param allowed ranges the operator allows besides, such as `WEBHOOK_ALLOWED_RANGES`
 */
export const isReachable = (address: string, allowed: readonly string[]): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return isPublic(ip) || isAddressIn(address, allowed);
};
