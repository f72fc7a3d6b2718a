import type { Locale } from '#libs/kernel';

/** From the least to the most powerful; a rule admits its role and every later one. */
export const ROLES = ['user', 'admin', 'superuser'] as const;
export type Role = (typeof ROLES)[number];

/** Who calls, as the rest of the product sees them. */
export interface Principal {
  readonly id: string;
  readonly organizationId: string;
  readonly role: Role;
  readonly sessionId: string;
  readonly locale: Locale;
}

/** Whether `role` reaches `needed` in the order of {@link ROLES}. */
export const hasRole = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
