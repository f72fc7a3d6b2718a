import type { Locale } from '#libs/kernel';

import type { Feature } from './features';
import type { Scope } from './scopes';

/** From the least to the most powerful; a rule admits its role and every later one. */
export const ROLES = ['user', 'admin', 'superuser'] as const;
export type Role = (typeof ROLES)[number];

/** What the plan of an organization allows each of its callers. */
export interface PlanRights {
  readonly features: readonly Feature[];
  /** Null: as many as the installation allows. */
  readonly requestsPerMinute: number | null;
}

/** Who calls, as the rest of the product sees them. */
export interface Principal {
  readonly id: string;
  readonly organizationId: string;
  /** What the caller may do now. An API key without the scope `admin` acts as `user`, whoever owns it. */
  readonly role: Role;
  /** The session of a person; for an API key its own id, which is no session. */
  readonly sessionId: string;
  readonly locale: Locale;
  /** Undefined for work that nobody called for; whoever asks for a feature then is refused. */
  readonly plan?: PlanRights | undefined;
  /** Set when an API key calls in place of its owner `id`. */
  readonly apiKeyId?: string | undefined;
  /** What that key may do; undefined for a person, who may do all the role allows. */
  readonly scopes?: readonly Scope[] | undefined;
}

/** Whether `role` reaches `needed` in the order of {@link ROLES}. */
export const hasRole = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
