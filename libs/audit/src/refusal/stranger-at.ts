import { isIPv6 } from 'node:net';

/** What an IPv6 subscriber gets at least: every address of it is the same caller (RFC 6177). */
const IPV6_GROUPS = 4;

const groups = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  if (tail === undefined || !before || !after) return head.split(':');
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
};

/** One name for one stranger: an IPv4 address, or the /64 of an IPv6 address. */
export const strangerAt = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? groups(address).slice(0, IPV6_GROUPS).join(':').toLowerCase() : address;
};
