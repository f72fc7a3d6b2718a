/** How often something may fail, and how the wait grows from then on. */
export interface DelayPolicy {
  /** Attempts without any wait. */
  readonly free: number;
  /** Wait after the last free one, in seconds; doubles with each further failure. */
  readonly firstSeconds: number;
  readonly maxSeconds: number;
}

/**
 * OWASP (Authentication Cheat Sheet, "Account Lockout") asks for growing delays rather than a lock an attacker could close.
 * One account from one address waits first and longest: that is where guessing happens. The account as a whole waits
 * later and a minute at most, since a stranger can cause it; addresses its owner signed in from are spared. An address
 * waits after as many failures as an office behind one address makes in an hour.
 */
export const DELAYS = {
  pair: { free: 5, firstSeconds: 30, maxSeconds: 900 },
  account: { free: 20, firstSeconds: 1, maxSeconds: 60 },
  address: { free: 50, firstSeconds: 5, maxSeconds: 900 },
} as const satisfies Record<string, DelayPolicy>;

/** Seconds of quiet after which failures are forgotten. */
export const FORGET_AFTER_SECONDS = 3_600;

/** Seconds to wait after `failures` failed attempts. */
export const delaySeconds = ({ free, firstSeconds, maxSeconds }: DelayPolicy, failures: number): number =>
  failures < free ? 0 : Math.min(maxSeconds, firstSeconds * 2 ** Math.min(failures - free, 20));
