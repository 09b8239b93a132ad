import type { Words } from '../rules/certainty.js';
import { ORGANIZATION_KINDS, type OrganizationKind } from './tree.js';

/** Everything that can be permitted. What is not named here cannot be done by anybody. */
export const PERMISSIONS = [
  'organization.read',
  'organization.manage',
  'person.read',
  'person.invite',
  'role.grant',
  'delegation.create',
  'api-key.manage',
  'session.revoke',
  'case.read',
  'case.open',
  'case.act',
  'case.assign',
  'case.comment',
  'paper.read',
  'paper.add',
  'personal-data.erase',
  'plan.read',
  'plan.edit',
  'plan.adopt',
  'indicator.define',
  'indicator.report',
  'indicator.review',
  'task.read',
  'task.dispatch',
  'task.report',
  'task.review',
  'training.read',
  'training.manage',
  'training.enrol',
  'training.attend',
  'certificate.issue',
  'certificate.verify',
  'research.read',
  'research.edit',
  'inspection.read',
  'inspection.plan',
  'inspection.perform',
  'inspection.rectify',
  'inspection.close',
  'rule.read',
  'rule.edit',
  'dashboard.read',
  'export.run',
  'notice.read',
  'audit.read',
  'audit.verify',
  'job.read',
  'job.manage',
  'backup.run',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/**
 * How far a permission reaches. `own`: things the person made or that are about the person; `assigned`: things given to
 * the person to work on; `organization`: things of the organization the role is held in; `subtree`: of that one and all
 * under it; `public`: things marked public.
 */
export const SCOPES = ['own', 'assigned', 'organization', 'subtree', 'public'] as const;
export type Scope = (typeof SCOPES)[number];

type Grants = Partial<Record<Permission, readonly Scope[]>>;

/** A role: where it can be held, whether it can be lent, what it permits. */
export interface RoleDefinition {
  readonly title: Words;
  /** Kinds of organization it can be held in; held elsewhere it permits nothing. */
  readonly heldIn: readonly OrganizationKind[];
  readonly delegable: boolean;
  readonly grants: Grants;
}

const OWN: readonly Scope[] = ['own'];
const OWN_ASSIGNED: readonly Scope[] = ['own', 'assigned'];
const ASSIGNED: readonly Scope[] = ['assigned'];
const HERE: readonly Scope[] = ['organization'];
const HERE_ASSIGNED: readonly Scope[] = ['organization', 'assigned'];
const BELOW: readonly Scope[] = ['subtree'];
const PUBLIC: readonly Scope[] = ['public'];

/** What the staff of an office does in its own area; city and districts differ only in what they may decide. */
const OFFICE: Grants = {
  'organization.read': BELOW,
  'person.read': BELOW,
  'case.read': BELOW,
  'case.open': BELOW,
  'case.act': BELOW,
  'case.assign': BELOW,
  'case.comment': BELOW,
  'paper.read': BELOW,
  'paper.add': BELOW,
  'plan.read': BELOW,
  'indicator.report': HERE,
  'task.read': BELOW,
  'task.dispatch': BELOW,
  'task.report': HERE_ASSIGNED,
  'task.review': BELOW,
  'training.read': BELOW,
  'training.manage': BELOW,
  'training.enrol': BELOW,
  'certificate.issue': BELOW,
  'research.read': BELOW,
  'inspection.read': BELOW,
  'inspection.rectify': HERE_ASSIGNED,
  'dashboard.read': BELOW,
  'export.run': BELOW,
};

/** What an organization that takes part does with its own affairs. */
const PARTICIPANT: Grants = {
  'person.invite': HERE,
  'case.read': HERE_ASSIGNED,
  'case.open': HERE,
  'case.act': HERE_ASSIGNED,
  'case.comment': HERE_ASSIGNED,
  'paper.read': HERE_ASSIGNED,
  'paper.add': HERE_ASSIGNED,
  'task.read': HERE_ASSIGNED,
  'task.report': HERE_ASSIGNED,
  'training.enrol': HERE,
  'inspection.read': HERE,
  'inspection.rectify': HERE_ASSIGNED,
  'dashboard.read': HERE,
  'export.run': HERE,
};

/** Work on what one is given, and nothing else. */
const ASSIGNEE: Grants = {
  'case.read': ASSIGNED,
  'case.act': ASSIGNED,
  'case.comment': ASSIGNED,
  'paper.read': ASSIGNED,
  'paper.add': ASSIGNED,
  'task.read': ASSIGNED,
  'task.report': ASSIGNED,
};

const role = (
  zh: string,
  en: string,
  heldIn: readonly OrganizationKind[],
  grants: Grants,
  delegable = true,
): RoleDefinition => ({ title: { zh, en }, heldIn, delegable, grants });

/**
 * Who may do what, how far. `visitor` is everybody, signed in or not; `member` comes with any role in an organization.
 */
export const ROLES = {
  visitor: role(
    '访客',
    'Visitor',
    ORGANIZATION_KINDS,
    {
      'organization.read': PUBLIC,
      'training.read': PUBLIC,
      'certificate.verify': PUBLIC,
      'rule.read': PUBLIC,
      'dashboard.read': PUBLIC,
    },
    false,
  ),
  member: role(
    '成员',
    'Member',
    ORGANIZATION_KINDS,
    {
      'organization.read': HERE,
      'person.read': HERE,
      'delegation.create': OWN,
      'api-key.manage': OWN,
      'session.revoke': OWN,
      'case.read': OWN_ASSIGNED,
      'case.comment': OWN_ASSIGNED,
      'paper.read': OWN_ASSIGNED,
      'task.read': ASSIGNED,
      'task.report': ASSIGNED,
      'training.read': HERE,
      'training.attend': OWN,
      'notice.read': OWN,
    },
    false,
  ),
  'platform-admin': role(
    '平台管理员',
    'Platform administrator',
    ['city-office'],
    {
      'organization.read': BELOW,
      'organization.manage': BELOW,
      'person.read': BELOW,
      'person.invite': BELOW,
      'role.grant': BELOW,
      'api-key.manage': BELOW,
      'session.revoke': BELOW,
      'personal-data.erase': BELOW,
      'rule.edit': BELOW,
      'job.read': BELOW,
      'job.manage': BELOW,
      'backup.run': BELOW,
      'audit.verify': BELOW,
    },
    false,
  ),
  'city-officer': role('市局工作人员', 'City officer', ['city-office'], {
    ...OFFICE,
    'organization.manage': BELOW,
    'plan.edit': BELOW,
    'plan.adopt': HERE,
    'indicator.define': HERE,
    'indicator.review': BELOW,
    'research.edit': HERE,
    'inspection.plan': BELOW,
    'inspection.close': BELOW,
  }),
  'district-clerk': role('区县工作人员', 'District clerk', ['district-office'], {
    ...OFFICE,
    'plan.edit': HERE,
    'indicator.review': BELOW,
    'research.edit': HERE,
    'inspection.plan': BELOW,
  }),
  'carrier-clerk': role('园区和载体工作人员', 'Park or carrier clerk', ['carrier'], {
    'organization.read': BELOW,
    'person.read': BELOW,
    'person.invite': BELOW,
    'case.read': BELOW,
    'case.open': BELOW,
    'case.act': HERE_ASSIGNED,
    'case.comment': BELOW,
    'paper.read': HERE_ASSIGNED,
    'paper.add': HERE_ASSIGNED,
    'plan.read': BELOW,
    'indicator.report': HERE,
    'task.read': BELOW,
    'task.report': HERE_ASSIGNED,
    'training.read': BELOW,
    'training.enrol': BELOW,
    'inspection.read': HERE,
    'inspection.rectify': HERE_ASSIGNED,
    'dashboard.read': BELOW,
    'export.run': HERE,
  }),
  'service-staff': role('公共服务网点人员', 'Service-point staff', ['service-point', 'carrier', 'district-office'], {
    ...ASSIGNEE,
    'case.open': HERE,
    'case.read': HERE_ASSIGNED,
    'training.enrol': HERE,
    'dashboard.read': HERE,
  }),
  'ip-manager': role('企业知识产权经理', 'Company IP manager', ['company'], PARTICIPANT),
  'tech-transfer-officer': role('高校技术转移人员', 'Technology-transfer officer', ['university'], {
    ...PARTICIPANT,
    'indicator.report': HERE,
  }),
  'bank-officer': role('银行信贷人员', 'Bank officer', ['bank'], PARTICIPANT),
  'fund-manager': role('基金经理', 'Fund manager', ['fund'], PARTICIPANT),
  'agency-agent': role('代理机构代理师', 'Agent of an agency', ['agency'], ASSIGNEE),
  'authority-officer': role('相关部门工作人员', 'Officer of another authority', ['authority'], {
    ...ASSIGNEE,
    'plan.read': PUBLIC,
    'research.read': ASSIGNED,
    'inspection.read': ASSIGNED,
  }),
  examiner: role('审查员', 'Examiner', ['examination-centre'], ASSIGNEE),
  'centre-head': role('审查中心负责人', 'Head of an examination centre', ['examination-centre'], {
    'organization.read': BELOW,
    'person.read': BELOW,
    'person.invite': BELOW,
    'case.read': BELOW,
    'case.act': HERE_ASSIGNED,
    'case.assign': BELOW,
    'case.comment': BELOW,
    'paper.read': BELOW,
    'paper.add': HERE_ASSIGNED,
    'plan.read': HERE,
    'plan.edit': HERE,
    'indicator.report': HERE,
    'task.read': BELOW,
    'task.dispatch': BELOW,
    'task.report': HERE_ASSIGNED,
    'task.review': BELOW,
    'training.read': BELOW,
    'training.manage': HERE,
    'training.enrol': BELOW,
    'dashboard.read': BELOW,
    'export.run': HERE,
  }),
  trainer: role('培训讲师', 'Trainer', ORGANIZATION_KINDS, {
    'training.read': ASSIGNED,
    'training.manage': ASSIGNED,
    'certificate.issue': ASSIGNED,
  }),
  trainee: role(
    '学员',
    'Trainee',
    ORGANIZATION_KINDS,
    { 'training.read': ['organization', 'public'], 'training.attend': OWN, 'certificate.verify': OWN },
    false,
  ),
  inspector: role('督查人员', 'Inspector', ['city-office', 'district-office', 'authority'], {
    'inspection.read': ['assigned', 'subtree'],
    'inspection.perform': ASSIGNED,
    'inspection.close': ASSIGNED,
    'paper.read': ASSIGNED,
    'paper.add': ASSIGNED,
    'task.read': ASSIGNED,
  }),
  auditor: role(
    '审计人员',
    'Auditor',
    ['city-office', 'district-office', 'authority'],
    {
      'organization.read': BELOW,
      'person.read': BELOW,
      'case.read': BELOW,
      'paper.read': BELOW,
      'plan.read': BELOW,
      'task.read': BELOW,
      'training.read': BELOW,
      'research.read': BELOW,
      'inspection.read': BELOW,
      'dashboard.read': BELOW,
      'audit.read': BELOW,
      'audit.verify': BELOW,
    },
    false,
  ),
} as const satisfies Record<string, RoleDefinition>;
export type Role = keyof typeof ROLES;

/** All roles, in the order of the table. */
export const ROLE_IDS = Object.keys(ROLES) as readonly Role[];

/** How far a role's permission reaches; empty when it does not have it. */
export function scopesOf(role: Role, permission: Permission): readonly Scope[] {
  const grants: Grants = ROLES[role].grants;
  return grants[permission] ?? [];
}

/** Whether a role can be held in an organization of this kind. */
export function mayHold(role: Role, kind: OrganizationKind | undefined): boolean {
  const { heldIn }: RoleDefinition = ROLES[role];
  return kind !== undefined && heldIn.includes(kind);
}
