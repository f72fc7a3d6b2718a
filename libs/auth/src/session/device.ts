import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/** Enough to recognize a device in a list; the rest of the header is noise. */
const USER_AGENT_LENGTH = 200;

/** From where somebody signs in. */
export interface Device {
  readonly userAgent: string | null;
  /** Full address of the client; used for the lockout and never stored with the session. */
  readonly ip: string;
}

/** The device of the request in progress, as a parameter of a handler. */
export const CurrentDevice = createParamDecorator((_: unknown, context: ExecutionContext): Device => {
  const { headers, ip } = context.switchToHttp().getRequest<FastifyRequest>();
  return { userAgent: headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null, ip };
});

/** Bits that are kept. An IPv4 /24 and an IPv6 /48 tell a town or a company, not a household. */
const KEPT = { ipv4: 24, ipv6: 48 } as const;

/** The network of an address: enough to recognize a place, less than personal data needs to be (GDPR, article 5.1.c). */
export const networkOf = (ip: string): string | null => {
  if (!ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  const bits = KEPT[address.kind()];
  const bytes = address.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
};
