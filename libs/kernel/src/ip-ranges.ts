import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

/** ::ffff:0:0/96 holds IPv4 (RFC 4291, section 2.5.5.2). */
const MAPPED_BITS = 96;

/** An address without zone, and the length of a CIDR range without leading zeros. */
const RANGE = /^([^/%]+)(?:\/(0|[1-9]\d{0,2}))?$/;

const bitsOf = (address: string): number => (isIP(address) === 4 ? 32 : 128);

const networkOf = (address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string => {
  const cidr = `${address.toString()}/${String(bits)}`;
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${String(bits)}`;
};

/** Address and length of the network; undefined unless both are written in full. */
const parseRange = (text: string): readonly [string, number] | undefined => {
  const [, address = '', length] = RANGE.exec(text.trim()) ?? [];
  if (isIP(address) === 0) return undefined;
  const bits = Number(length ?? bitsOf(address));
  return bits > bitsOf(address) ? undefined : [address, bits];
};

/**
 * A range in the one form it is stored and compared in: `10.1.2.3/8` becomes `10.0.0.0/8`, an address a range of one, and
 * a range of IPv4-mapped IPv6 addresses the IPv4 range it stands for.
 * @returns undefined for what is no address or CIDR range; short, octal and scoped forms are none
 */
export const normalizeIpRange = (text: string): string | undefined => {
  const range = parseRange(text);
  if (!range) return undefined;
  const [address, bits] = range;
  const ip = ipaddr.parse(address);
  const isMapped = ip instanceof ipaddr.IPv6 && ip.isIPv4MappedAddress() && bits >= MAPPED_BITS;
  return isMapped ? networkOf(ip.toIPv4Address(), bits - MAPPED_BITS) : networkOf(ip, bits);
};

/** A range that can be asked. */
export interface IpRange {
  /** Length of the network part: the more bits, the fewer addresses. An IPv4 range has 0 to 32, an IPv6 range 0 to 128. */
  readonly bits: number;
  /** @param address as the socket or a trusted proxy tells it; IPv4-mapped IPv6 counts as IPv4. What is no address is in no range. */
  contains(address: string): boolean;
}

/** @param normalized as {@link normalizeIpRange} gives it @throws Error for anything else */
export const readIpRange = (normalized: string): IpRange => {
  const [network, bits] = ipaddr.parseCIDR(normalized);
  return {
    bits,
    contains: (address) => {
      if (!ipaddr.isValid(address)) return false;
      const ip = ipaddr.process(address);
      return network.kind() === ip.kind() && ip.match(network, bits);
    },
  };
};

/** Whether an address lies in one of the ranges. @param ranges as an operator wrote them, or normalized */
export const isAddressIn = (address: string, ranges: readonly string[]): boolean =>
  normalizeIpRanges(ranges).some((range) => readIpRange(range).contains(address));

/** The same for a list of those who may enter, which admits every address when it is empty. */
export const isAddressAllowed = (address: string, ranges: readonly string[]): boolean =>
  ranges.length === 0 || isAddressIn(address, ranges);

/** Each range once, in that form; what is none is left out. */
export const normalizeIpRanges = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => normalizeIpRange(text) ?? [])),
];
