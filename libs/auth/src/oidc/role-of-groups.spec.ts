import { roleOfGroups } from './role-of-groups';

const MAP = ['it=admin', 'cn=ops=superuser', 'staff=user', 'it=user'];

describe('The role of groups', () => {
  it.each([
    [['it'], 'admin'],
    [['staff', 'it'], 'admin'],
    [['it', 'cn=ops'], 'superuser'],
    [['staff'], 'user'],
    [['IT', 'it ', 'it=admin', 'superuser', ''], 'user'],
    [[], 'user'],
  ])('of %j is %s', (groups, role) => {
    expect(roleOfGroups(groups, MAP)).toBe(role);
  });
});
