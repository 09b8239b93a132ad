import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Actor,
  ANONYMOUS,
  actorOn,
  can,
  type Delegation,
  type Person,
  type PolicyItem,
  permissionsOn,
  rolesOn,
  scopeOf,
} from './policy.js';
import { mayHold, PERMISSIONS, type Permission, ROLE_IDS, ROLES, type Role, SCOPES, scopesOf } from './table.js';
import { createOrganizationTree, ORGANIZATION_KINDS, type OrganizationNode } from './tree.js';

/** A city with two districts; under the first a park with a company and one organization of every other kind. */
const NODES: OrganizationNode[] = [
  { id: 'city', parent: null, kind: 'city-office' },
  { id: 'east', parent: 'city', kind: 'district-office' },
  { id: 'west', parent: 'city', kind: 'district-office' },
  { id: 'park', parent: 'east', kind: 'carrier' },
  { id: 'acme', parent: 'park', kind: 'company' },
  { id: 'bolt', parent: 'west', kind: 'company' },
  { id: 'point', parent: 'east', kind: 'service-point' },
  { id: 'uni', parent: 'city', kind: 'university' },
  { id: 'bank', parent: 'city', kind: 'bank' },
  { id: 'agency', parent: 'city', kind: 'agency' },
  { id: 'fund', parent: 'city', kind: 'fund' },
  { id: 'court', parent: 'city', kind: 'authority' },
  { id: 'centre', parent: 'city', kind: 'examination-centre' },
];
const tree = createOrganizationTree(NODES);
const DAY = '2026-06-01';
const member = (
  id: string,
  role: Role,
  organization: string,
  from: string | null = null,
  to: string | null = null,
) => ({
  id,
  memberships: [{ role, organization, from, to }],
});
const actor = (person: Person, options = {}): Actor => actorOn(person, DAY, tree, options);

/** One thing for every organization and every relation to the person "me". */
const THINGS: PolicyItem[] = NODES.flatMap(({ id: organization }) => [
  { id: `${organization}:plain`, organization, owner: 'other', assignees: ['other'] },
  { id: `${organization}:own`, organization, owner: 'me' },
  { id: `${organization}:assigned`, organization, assignees: ['other', 'me'] },
  { id: `${organization}:public`, organization, public: true },
]);

describe('the table', () => {
  it('names only roles that exist, and grants every permission to somebody', () => {
    for (const permission of PERMISSIONS)
      expect([permission, ROLE_IDS.some((role) => scopesOf(role, permission).length > 0)]).toEqual([permission, true]);
    for (const role of ROLE_IDS) {
      expect(ROLES[role].title.zh.length * ROLES[role].title.en.length).toBeGreaterThan(0);
      expect(Object.keys(ROLES[role].grants).every((name) => PERMISSIONS.includes(name as Permission))).toBe(true);
      expect(
        Object.values(ROLES[role].grants)
          .flat()
          .every((scope) => SCOPES.includes(scope)),
      ).toBe(true);
    }
  });

  it('is reviewed as a whole', () => {
    const short = { own: 'o', assigned: 'a', organization: 'H', subtree: 'S', public: 'p' };
    const rows = ROLE_IDS.map((role) => {
      const cells = PERMISSIONS.filter((permission) => scopesOf(role, permission).length > 0).map(
        (permission) =>
          `${permission}:${scopesOf(role, permission)
            .map((scope) => short[scope])
            .join('')}`,
      );
      return `${role} = ${cells.join(' ')}`;
    });
    expect(rows.join('\n')).toMatchSnapshot();
  });

  it('keeps apart what must be kept apart', () => {
    const holders = (permission: Permission) => ROLE_IDS.filter((role) => scopesOf(role, permission).length > 0);
    for (const permission of ['backup.run', 'personal-data.erase', 'rule.edit', 'role.grant', 'job.manage'] as const)
      expect(holders(permission)).toEqual(['platform-admin']);
    expect(holders('audit.read')).toEqual(['auditor']);
    expect(holders('plan.adopt')).toEqual(['city-officer']);
    expect(Object.keys(ROLES.auditor.grants).every((name) => /\.(read|verify)$/.test(name))).toBe(true);
    expect(scopesOf('platform-admin', 'case.read')).toEqual([]);
    const outside = ['ip-manager', 'tech-transfer-officer', 'bank-officer', 'fund-manager', 'agency-agent'] as const;
    for (const role of [...outside, 'examiner', 'trainee', 'member', 'visitor'] as const)
      expect(PERMISSIONS.filter((permission) => scopesOf(role, permission).includes('subtree'))).toEqual([]);
  });
});

describe('who may do what', () => {
  it('is decided for every role, permission, organization and kind of relation as the table says', () => {
    for (const role of ROLE_IDS.filter((name) => name !== 'visitor' && name !== 'member')) {
      for (const { id: home, kind } of NODES) {
        const me = actor(member('me', role, home));
        const roles: Role[] = mayHold(role, kind) ? [role, 'member'] : [];
        for (const permission of PERMISSIONS) {
          const expected = THINGS.filter((thing) => {
            const [organization, relation] = thing.id.split(':') as [string, string];
            const scopes = roles.flatMap((name) => [...scopesOf(name, permission)]);
            const below = ((): boolean => {
              const path = [organization];
              for (let at = organization; at !== 'city'; path.push(at))
                at = NODES.find((node) => node.id === at)?.parent ?? 'city';
              return path.includes(home);
            })();
            return (
              (relation === 'own' && scopes.includes('own')) ||
              (relation === 'assigned' && scopes.includes('assigned')) ||
              (relation === 'public' && [...scopes, ...scopesOf('visitor', permission)].includes('public')) ||
              (organization === home && scopes.includes('organization')) ||
              (below && scopes.includes('subtree'))
            );
          }).map((thing) => thing.id);
          expect([role, home, permission, can(me, permission, THINGS, tree)]).toEqual([
            role,
            home,
            permission,
            expected,
          ]);
        }
      }
    }
  });

  it('is nothing by default', () => {
    const nobody = actor({ id: 'me', memberships: [] });
    for (const permission of PERMISSIONS) {
      const allowed = can(ANONYMOUS, permission, THINGS, tree);
      expect(can(nobody, permission, THINGS, tree)).toEqual(allowed);
      expect(allowed.every((id) => id.endsWith(':public'))).toBe(true);
    }
    expect(can(ANONYMOUS, 'certificate.verify', THINGS, tree)).toHaveLength(NODES.length);
    expect(can(ANONYMOUS, 'case.read', THINGS, tree)).toEqual([]);
    const lost = { id: 'lost', organization: 'nowhere', owner: 'other' };
    expect(can(actor(member('me', 'auditor', 'city')), 'case.read', [lost], tree)).toEqual([]);
  });

  it('lets each see just its own part of the city', () => {
    const see = (role: Role, organization: string) =>
      can(actor(member('me', role, organization)), 'case.read', THINGS, tree)
        .filter((id) => id.endsWith(':plain'))
        .map((id) => id.split(':')[0]);
    expect(see('city-officer', 'city')).toHaveLength(NODES.length);
    expect(see('district-clerk', 'east')).toEqual(['east', 'park', 'acme', 'point']);
    expect(see('district-clerk', 'west')).toEqual(['west', 'bolt']);
    expect(see('carrier-clerk', 'park')).toEqual(['park', 'acme']);
    expect(see('ip-manager', 'acme')).toEqual(['acme']);
    expect(see('tech-transfer-officer', 'uni')).toEqual(['uni']);
    expect(see('examiner', 'centre')).toEqual([]);
    expect(see('city-officer', 'acme')).toEqual([]);
  });

  it('ends with the role, and is narrowed by an API key', () => {
    const person = member('me', 'ip-manager', 'acme', '2026-01-01', '2026-05-31');
    const reads = (date: string) => can(actorOn(person, date, tree), 'case.read', THINGS, tree).length;
    expect([reads('2025-12-31'), reads('2026-01-01'), reads('2026-05-31'), reads('2026-06-01')].map(Boolean)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const key = actorOn(person, '2026-03-01', tree, { only: ['case.read'] });
    expect(permissionsOn(key, THINGS.find(({ id }) => id === 'acme:plain') as PolicyItem, tree)).toEqual(['case.read']);
  });

  it('is lent for a time, never lent on, and never more than the lender has', () => {
    const boss = member('boss', 'district-clerk', 'east', null, '2026-08-31');
    const lend = (more: Partial<Delegation> = {}): Delegation => ({
      delegator: boss,
      delegate: 'me',
      role: 'district-clerk',
      organization: 'east',
      from: '2026-05-01',
      to: '2026-09-30',
      ...more,
    });
    const me: Person = { id: 'me', memberships: [] };
    const reads = (date: string, delegation = lend()) =>
      can(actorOn(me, date, tree, { delegations: [delegation] }), 'case.read', THINGS, tree).length > 0;
    expect([reads('2026-04-30'), reads('2026-05-01'), reads('2026-08-31'), reads('2026-09-01')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(reads(DAY, lend({ delegate: 'other' }))).toBe(false);
    expect(reads(DAY, lend({ organization: 'west' }))).toBe(false);
    expect(reads(DAY, lend({ role: 'city-officer' }))).toBe(false);
    expect(reads(DAY, lend({ delegator: me }))).toBe(false);
    const auditor = member('boss', 'auditor', 'city');
    expect(reads(DAY, lend({ delegator: auditor, role: 'auditor', organization: 'city' }))).toBe(false);
    const agent = member('boss', 'agency-agent', 'agency');
    const stand = lend({ delegator: agent, role: 'agency-agent', organization: 'agency' });
    const given: PolicyItem[] = [{ id: 'x', organization: 'acme', assignees: ['boss'] }];
    expect(can(actorOn(me, DAY, tree, { delegations: [stand] }), 'case.act', given, tree)).toEqual(['x']);
  });

  it('counts roles from above and from an assignment', () => {
    const item: PolicyItem = { id: 'x', organization: 'acme', assignees: ['exa'] };
    expect(rolesOn(actor(member('me', 'district-clerk', 'east')), item, tree)).toEqual(['member', 'district-clerk']);
    expect(rolesOn(actor(member('me', 'district-clerk', 'west')), item, tree)).toEqual([]);
    expect(rolesOn(actor(member('exa', 'examiner', 'centre')), item, tree)).toContain('examiner');
  });
});

describe('the scope for a where-clause', () => {
  it('agrees with the decision on every thing, for anybody in any tree', () => {
    const size = 8;
    const trees = fc
      .array(fc.tuple(fc.nat(), fc.constantFrom(...ORGANIZATION_KINDS)), { minLength: size, maxLength: size })
      .map((list) =>
        list.map(([seed, kind], index): OrganizationNode => {
          const parent = index === 0 || seed % 5 === 0 ? null : `o${seed % index}`;
          return { id: `o${index}`, parent, kind };
        }),
      );
    const organization = fc.nat(size - 1).map((n) => `o${n}`);
    const who = fc.constantFrom('me', 'you', 'other');
    const roleName = fc.constantFrom(...ROLE_IDS);
    const memberships = fc.array(
      fc.record({ organization, role: roleName, from: fc.constant(null), to: fc.constant(null) }),
      {
        maxLength: 4,
      },
    );
    const things = fc.array(
      fc.record({
        organization: fc.oneof(organization, fc.constant('nowhere')),
        owner: fc.option(who),
        assignees: fc.array(who, { maxLength: 2 }),
        public: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    const permission = fc.constantFrom(...PERMISSIONS);
    const only = fc.option(fc.array(permission, { maxLength: 30 }), { nil: undefined });
    fc.assert(
      fc.property(
        trees,
        memberships,
        memberships,
        things,
        permission,
        only,
        (nodes, mine, yours, raw, asked, narrowed) => {
          const city = createOrganizationTree(nodes);
          const delegations = yours.map((membership) => ({
            ...membership,
            delegator: { id: 'you', memberships: yours },
            delegate: 'me',
            from: DAY,
            to: DAY,
          }));
          const options = { delegations, ...(narrowed ? { only: narrowed } : {}) };
          const me = actorOn({ id: 'me', memberships: mine }, DAY, city, options);
          const items = raw.map((thing, index) => ({ id: String(index), ...thing }));
          const scope = scopeOf(me, asked, city);
          const selected = items.filter(
            (item) =>
              scope.organizations.includes(item.organization) ||
              (item.owner !== null && scope.own.includes(item.owner)) ||
              item.assignees.some((assignee) => scope.assigned.includes(assignee)) ||
              (scope.public && item.public),
          );
          expect(can(me, asked, items, city)).toEqual(selected.map((item) => item.id));
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('the tree of organizations', () => {
  it('refuses circles, orphans and ids given twice', () => {
    const node = (id: string, parent: string | null): OrganizationNode => ({ id, parent, kind: 'company' });
    expect(() => createOrganizationTree([node('a', 'b'), node('b', 'a')])).toThrow(/under itself/);
    expect(() => createOrganizationTree([node('a', 'x')])).toThrow(/does not exist/);
    expect(() => createOrganizationTree([node('a', null), node('a', null)])).toThrow(/given twice/);
    expect([...createOrganizationTree([node('a', null)]).subtree('x')]).toEqual([]);
    expect(tree.isWithin('acme', 'east')).toBe(true);
    expect(tree.isWithin('east', 'acme')).toBe(false);
    expect(tree.isWithin('nowhere', 'city')).toBe(false);
  });
});
