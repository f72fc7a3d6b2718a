import { ROLES, type Role } from '#libs/http';

/** `group=role`; the last `=` separates, because names of groups may hold one (LDAP). */
const split = (entry: string): readonly [string, string] => {
  const at = entry.lastIndexOf('=');
  return [entry.slice(0, at), entry.slice(at + 1)];
};

/** The highest role the groups give; `user` when they give none. Names are compared exactly. */
export const roleOfGroups = (groups: readonly string[], roleMap: readonly string[]): Role => {
  const given = new Set(roleMap.map(split).flatMap(([group, role]) => (groups.includes(group) ? [role] : [])));
  return ROLES.findLast((role) => given.has(role)) ?? 'user';
};
