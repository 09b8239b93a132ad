import { ROSTER_AUDIENCES, type RosterAudience, TRAINING_TIERS, type TrainingTier } from '@quanlian/contract';
import type { TableColumn, TableRow } from '@quanlian/formats/tables';

/** Headings of a roster, in both languages. */
export const ROSTER_COLUMNS: readonly TableColumn[] = [
  { key: 'code', names: ['code', 'staff number', '编号', '工号', '学号'], required: true },
  { key: 'name', names: ['name', '姓名'], required: true },
  { key: 'organization', names: ['organization', 'organisation', '单位', '所在单位', '单位代码'], required: false },
  { key: 'tier', names: ['tier', 'level', '层级'], required: true },
  { key: 'audience', names: ['audience', '对象', '人员类别', '培训对象'], required: true },
  { key: 'email', names: ['e-mail', 'email', '邮箱', '电子邮箱'], required: false },
];

/** Headings of an enrolment: the code is enough. */
export const ENROLMENT_COLUMNS: readonly TableColumn[] = ROSTER_COLUMNS.filter(({ key }) => key === 'code');

const TIER_NAMES: Readonly<Record<TrainingTier, readonly string[]>> = {
  city: ['市', '市级'],
  district: ['区', '县', '区县', '区级', '区县级'],
  park: ['园区', '载体', '园区级', 'carrier'],
  unit: ['单位', '企业', '基层', 'company'],
};

const AUDIENCE_NAMES: Readonly<Record<RosterAudience, readonly string[]>> = {
  officials: ['机关干部', '公务员', '工作人员', 'official'],
  managers: ['管理人员', '企业管理者', '负责人', 'manager'],
  'ip-staff': ['知识产权专员', '知识产权人员', 'ip staff'],
  researchers: ['研发人员', '科研人员', 'researcher'],
  agents: ['代理师', '代理人员', 'agent'],
  students: ['学生', 'student'],
};

function lookup<Key extends string>(
  keys: readonly Key[],
  names: Readonly<Record<Key, readonly string[]>>,
): ReadonlyMap<string, Key> {
  return new Map(keys.flatMap((key) => [key, ...names[key]].map((name) => [name.toLowerCase(), key] as const)));
}

const TIERS = lookup(TRAINING_TIERS, TIER_NAMES);
const AUDIENCES = lookup(ROSTER_AUDIENCES, AUDIENCE_NAMES);

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._@/-]{0,63}$/u;
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const LONGEST_NAME = 100;

/** Somebody's code as it is kept: the same whatever the case and width it was typed in. */
export function readCode(text: string): string | undefined {
  const code = text.normalize('NFKC').trim().toUpperCase();
  return CODE.test(code) ? code : undefined;
}

/** One row of a roster that says all it must. */
export interface RosterRow {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  /** Code or name of the organization; empty for the one the roster is for. */
  readonly organization: string;
  readonly tier: TrainingTier;
  readonly audience: RosterAudience;
  readonly email: string | null;
}

/** Reads a row, or says in a sentence what is wrong with it. */
export function readRosterRow({ line, cells }: TableRow): RosterRow | string {
  const code = readCode(cells['code'] ?? '');
  if (code === undefined)
    return 'The code is missing, longer than 64 or has other signs than letters, digits, . _ @ / -';
  const name = cells['name'] ?? '';
  if (name === '' || name.length > LONGEST_NAME) return `The name is missing or longer than ${LONGEST_NAME}.`;
  const tier = TIERS.get((cells['tier'] ?? '').toLowerCase());
  if (!tier) return `“${cells['tier']}” is no tier; write one of ${TRAINING_TIERS.join(', ')}.`;
  const audience = AUDIENCES.get((cells['audience'] ?? '').toLowerCase());
  if (!audience) return `“${cells['audience']}” is no audience; write one of ${ROSTER_AUDIENCES.join(', ')}.`;
  const email = (cells['email'] ?? '').toLowerCase();
  if (email !== '' && !EMAIL.test(email)) return `“${cells['email']}” is no e-mail address.`;
  return { line, code, name, organization: cells['organization'] ?? '', tier, audience, email: email || null };
}
