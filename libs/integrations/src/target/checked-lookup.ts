import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

import { isReachable } from './reachable-address';

/** The address of a receiver is one the product must not connect to. */
export class AddressRefusedError extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const resolveAll: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

/**
 * Looks a name up and hands on what was checked: the socket connects to these very addresses, so a name that leads elsewhere a
 * moment later (DNS rebinding) gains nothing. One refused address refuses the name.
 * @param allowed ranges of `WEBHOOK_ALLOWED_RANGES`
 * @param resolve how names are looked up; the system's resolver unless a test says otherwise
 */
export const checkedLookup =
  (allowed: readonly string[], resolve: Resolve = resolveAll): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => isReachable(address, allowed))) {
          callback(new AddressRefusedError('Refused'), []);
        } else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, []);
      },
    );
  };
