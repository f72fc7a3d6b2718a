/** How somebody is employed. */
export const CONTRACTS = [
  ...(['permanent', 'fixed_term', 'temporary', 'apprenticeship', 'internship'] as const),
  ...(['civil_servant', 'self_employed', 'other'] as const),
] as const;
export type Contract = (typeof CONTRACTS)[number];

/** What a user says of himself; null where he says nothing. */
export interface Profile {
  readonly profession: string | null;
  readonly seniorityYears: number | null;
  readonly site: string | null;
  readonly contract: Contract | null;
  readonly goals: string | null;
}

export const NO_PROFILE: Profile = { profession: null, seniorityYears: null, site: null, contract: null, goals: null };
