import { createHash } from 'node:crypto';

import fc from 'fast-check';

/** Sizes of a drawn world; the people stay, what they may do is drawn. */
export const USERS_PER_ORGANIZATION = 4;
export const GROUPS_PER_ORGANIZATION = 2;
export const COLLECTIONS_PER_ORGANIZATION = 3;
export const ORGANIZATIONS = 2;

export interface DrawnGrant {
  readonly to: 'user' | 'group';
  /** Which user or group of the organization. */
  readonly who: number;
  readonly role: 'owner' | 'editor' | 'reader';
  readonly mayDownload: boolean;
}

export interface DrawnCollection {
  readonly visibility: 'private' | 'organization';
  readonly isDeleted: boolean;
  readonly isDocumentDeleted: boolean;
  readonly grants: readonly DrawnGrant[];
}

export interface DrawnOrganization {
  /** For each group, which users belong to it. */
  readonly members: readonly (readonly number[])[];
  readonly collections: readonly DrawnCollection[];
}

const grant: fc.Arbitrary<DrawnGrant> = fc
  .record({
    to: fc.constantFrom('user', 'group'),
    who: fc.nat(USERS_PER_ORGANIZATION - 1),
    role: fc.constantFrom('owner', 'editor', 'reader', 'reader'),
    mayDownload: fc.boolean(),
  })
  .map(({ to, who, role, mayDownload }) => ({
    ...{ to, role },
    who: to === 'group' ? who % GROUPS_PER_ORGANIZATION : who,
    mayDownload: mayDownload || role !== 'reader',
  }));

const seldom = fc.nat(5).map((roll) => roll === 0);

const collection: fc.Arbitrary<DrawnCollection> = fc.record({
  visibility: fc.constantFrom('private', 'private', 'organization'),
  isDeleted: seldom,
  isDocumentDeleted: seldom,
  grants: fc.uniqueArray(grant, { maxLength: 4, selector: ({ to, who }) => `${to} ${who}` }),
});

const listOf = <T>(item: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength: length, maxLength: length });

export const drawnWorld: fc.Arbitrary<readonly DrawnOrganization[]> = listOf(
  fc.record({
    members: listOf(
      fc.uniqueArray(fc.nat(USERS_PER_ORGANIZATION - 1), { maxLength: USERS_PER_ORGANIZATION }),
      GROUPS_PER_ORGANIZATION,
    ),
    collections: listOf(collection, COLLECTIONS_PER_ORGANIZATION),
  }),
  ORGANIZATIONS,
);

/** What a user may do with a collection, told a second time and in other words than the product's SQL. */
export interface Expected {
  readonly mayRead: boolean;
  readonly mayDownload: boolean;
}

const NOTHING: Expected = { mayRead: false, mayDownload: false };

export const expectedFor = (
  organization: DrawnOrganization,
  collectionAt: number,
  person: { readonly isColleague: boolean; readonly at: number },
): Expected => {
  const drawn = organization.collections[collectionAt];
  if (!drawn || !person.isColleague || drawn.isDeleted) return NOTHING;
  if (drawn.visibility === 'organization') return { mayRead: true, mayDownload: true };
  const reaching = drawn.grants.filter(({ to, who }) =>
    to === 'user' ? who === person.at : (organization.members[who] ?? []).includes(person.at),
  );
  return { mayRead: reaching.length > 0, mayDownload: reaching.some(({ mayDownload }) => mayDownload) };
};

/** A word nobody would write by accident, of letters only so that it is one token everywhere. */
export const secretWord = (seed: string): string => {
  const digits = createHash('sha256').update(seed).digest('hex').slice(0, 14);
  return `zq${digits.replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
};
