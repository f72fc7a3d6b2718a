import { isIP } from 'node:net';

/** The address a URL names itself, without asking anybody; undefined for a name. */
export const literalAddress = ({ hostname }: URL): string | undefined => {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
};
