/**
 * Who may do what with a collection, as SQL. The one place for it: lists, searches, answers, single rows and the final join
 * of every search are all made of these pieces, so a grant counts everywhere from the next statement on.
 * docs/technical/access.md tells the same for people.
 */

/** From the least to the most: each may do what the ones before may. */
export const GRANT_ROLES = ['reader', 'editor', 'owner'] as const;
export type GrantRole = (typeof GRANT_ROLES)[number];

/** The grants that reach a caller: to the user, or to a group the user belongs to. */
const reaches = (grant: string, caller: string): string =>
  `(${grant}.user_id = ${caller}
    OR ${grant}.group_id IN (SELECT member.group_id FROM user_group_member member WHERE member.user_id = ${caller}))`;

/**
 * Whether a collection may be read: it lives, is of the caller's organization, and is visible to it or granted to the caller.
 * The granted ones are listed once per statement, not once per row (a hashed subplan; two index lookups).
 * @param collection alias of the table
 * @param organization placeholder of the caller's organization
 * @param caller placeholder of the caller's id
 */
export const readableCollection = (collection: string, organization: string, caller: string): string =>
  `${collection}.deleted_at IS NULL AND ${collection}.organization_id = ${organization}
   AND (${collection}.visibility = 'organization' OR ${collection}.id IN (${grantedCollections(caller)}))`;

const grantedCollections = (caller: string): string =>
  `SELECT granted.collection_id FROM collection_grant granted WHERE granted.user_id = ${caller}
   UNION ALL
   SELECT granted.collection_id FROM user_group_member member
     JOIN collection_grant granted ON granted.group_id = member.group_id
    WHERE member.user_id = ${caller}`;

/** The strongest role a caller was granted on a collection: null for none, also where it is visible to the organization. */
export const grantedRole = (collection: string, caller: string): string =>
  `(SELECT granted.role FROM collection_grant granted
     WHERE granted.collection_id = ${collection}.id AND ${reaches('granted', caller)}
     ORDER BY array_position(ARRAY['owner', 'editor', 'reader'], granted.role) LIMIT 1)`;

/** Whether the caller may take the text or the file away: one grant that allows it is enough, as is being a colleague. */
export const downloadableCollection = (collection: string, caller: string): string =>
  `(${collection}.visibility = 'organization' OR EXISTS (
     SELECT 1 FROM collection_grant granted
      WHERE granted.collection_id = ${collection}.id AND granted.may_download AND ${reaches('granted', caller)}))`;
