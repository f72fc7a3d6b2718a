import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

import { Injectable } from '@nestjs/common';

/** Milliseconds a name server has, twice. */
const TIMEOUT_MS = 2_000;
/** What leaves it to the system: the name may be in its hosts file, or it may know servers that we do not. */
const NOT_IN_DNS = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED']);

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

/**
 * Looks up names that somebody else chose. The system's own look-up takes a thread of the few that files and all other
 * look-ups of the process need, as long as a name server likes to keep it; so DNS is asked without threads, and the system
 * only for names that are not in it, one at a time.
 */
@Injectable()
export class NameResolver {
  protected readonly dns: Resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
  private turn: Promise<unknown> = Promise.resolve();

  /**
   * Every address of a name, IPv4 first.
   * @param signal aborted when nobody waits any more
   * @throws NodeJS.ErrnoException such as ENOTFOUND
   */
  async resolve(hostname: string, signal?: AbortSignal): Promise<LookupAddress[]> {
    const name = hostname.replace(/\.$/, '');
    if (!name.includes('.')) return this.ask(name, signal);
    try {
      return await this.query(name);
    } catch (error) {
      if (!NOT_IN_DNS.has(String(codeOf(error)))) throw error;
      return this.ask(name, signal);
    }
  }

  /** What the system says of a name. */
  protected system(name: string): Promise<LookupAddress[]> {
    return lookup(name, { all: true });
  }

  private async query(name: string): Promise<LookupAddress[]> {
    const [v4, v6] = await Promise.allSettled([this.dns.resolve4(name), this.dns.resolve6(name)]);
    const addresses = [
      ...addressesIn(v4).map((address) => ({ address, family: 4 })),
      ...addressesIn(v6).map((address) => ({ address, family: 6 })),
    ];
    if (addresses.length === 0 && v4.status === 'rejected') throw v4.reason;
    return addresses;
  }

  private ask(name: string, signal?: AbortSignal): Promise<LookupAddress[]> {
    const answer = this.turn.then(() => {
      signal?.throwIfAborted();
      return this.system(name);
    });
    this.turn = answer.catch(() => undefined);
    return answer;
  }
}

const addressesIn = (found: PromiseSettledResult<string[]>): string[] =>
  found.status === 'fulfilled' ? found.value : [];
