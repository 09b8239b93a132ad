import { type Permission, type ProcessDefinition, refused, type Words } from '@quanlian/kernel';
import type { CaseProcess } from '../../../work/cases/case-process.js';
import { dayOf, type Environment } from '../../../work/environment.js';

const words = (zh: string, en: string): Words => ({ zh, en });

/** Roles and relations that are told when a clock runs out: who inspects, and the office of the area. */
const OFFICES = ['inspector', 'district-clerk', 'city-officer'];

const inspectionDefinition: ProcessDefinition = {
  id: 'inspection',
  version: 1,
  title: words('检查', 'Inspection'),
  relations: ['inspector', 'unit'],
  fields: [{ name: 'performedOn', title: words('检查日期', 'Performed on'), type: 'date' }],
  papers: [
    { kind: 'evidence', title: words('证据材料', 'Evidence') },
    { kind: 'record', title: words('检查记录', 'Record') },
  ],
  states: [
    { id: 'announced', title: words('已通知', 'Announced'), kind: 'initial' },
    { id: 'reported', title: words('已检查', 'Reported'), kind: 'active' },
    { id: 'rectifying', title: words('整改中', 'Rectifying'), kind: 'waiting' },
    { id: 'closed', title: words('已办结', 'Closed'), kind: 'final' },
    { id: 'cancelled', title: words('已取消', 'Cancelled'), kind: 'final' },
  ],
  transitions: [
    {
      id: 'report',
      title: words('提交检查结果', 'Report'),
      from: ['announced'],
      to: 'reported',
      who: { permission: 'inspection.perform' },
      fields: ['performedOn'],
      guards: [{ name: 'every-item-answered' }],
      effects: [{ name: 'tell', params: { to: 'unit', kind: 'inspection.reported' } }],
    },
    {
      id: 'order',
      title: words('下达整改通知', 'Order rectification'),
      from: ['reported'],
      to: 'rectifying',
      who: { permission: 'inspection.perform' },
      guards: [{ name: 'has-open-findings' }],
    },
    {
      id: 'close',
      title: words('办结', 'Close'),
      from: ['reported', 'rectifying'],
      to: 'closed',
      who: { permission: 'inspection.close' },
      guards: [{ name: 'no-open-findings' }],
      effects: [{ name: 'tell', params: { to: 'unit', kind: 'inspection.closed' } }],
    },
    {
      id: 'cancel',
      title: words('取消', 'Cancel'),
      from: ['announced'],
      to: 'cancelled',
      who: { permission: 'inspection.plan' },
      guards: [{ name: 'no-open-findings' }],
      reasonRequired: true,
    },
  ],
  deadlines: [
    {
      id: 'reporting',
      title: words('提交检查结果', 'Reporting'),
      starts: { state: 'announced' },
      basis: 'house.inspection.reporting',
      meets: { transitions: ['report'] },
      escalation: [
        { days: -3, unit: 'working-days', tell: ['inspector'] },
        { days: 1, unit: 'days', tell: OFFICES },
      ],
    },
  ],
};

const escalation = [
  { days: -3, unit: 'working-days' as const, tell: ['unit'] },
  { days: 1, unit: 'days' as const, tell: ['unit', ...OFFICES] },
];

/** A clock for one severity: its date field is filled when the order is issued. */
const clock = (severity: string, zh: string, en: string) => ({
  id: severity,
  title: words(zh, en),
  starts: { field: `${severity}Since` },
  basis: `house.rectification.${severity}`,
  meets: { transitions: ['submit-proof'] },
  escalation,
});

const rectificationDefinition: ProcessDefinition = {
  id: 'rectification',
  version: 1,
  title: words('整改', 'Rectification'),
  relations: ['inspector', 'unit'],
  fields: [
    { name: 'minorSince', title: words('一般问题起算日', 'Minor, counted from'), type: 'date' },
    { name: 'majorSince', title: words('较重问题起算日', 'Major, counted from'), type: 'date' },
    { name: 'criticalSince', title: words('严重问题起算日', 'Critical, counted from'), type: 'date' },
    { name: 'measures', title: words('整改措施', 'What was done'), type: 'text' },
    { name: 'recheckedOn', title: words('复查日期', 'Re-inspected on'), type: 'date' },
  ],
  papers: [{ kind: 'proof', title: words('整改证明', 'Proof of rectification') }],
  states: [
    { id: 'ordered', title: words('待整改', 'Ordered'), kind: 'initial' },
    { id: 'submitted', title: words('待复查', 'To be re-inspected'), kind: 'active' },
    { id: 'closed', title: words('已整改', 'Rectified'), kind: 'final' },
    { id: 'withdrawn', title: words('已撤销', 'Withdrawn'), kind: 'final' },
  ],
  transitions: [
    {
      id: 'submit-proof',
      title: words('提交整改证明', 'Submit proof'),
      from: ['ordered'],
      to: 'submitted',
      who: { permission: 'inspection.rectify' },
      fields: ['measures'],
      papers: ['proof'],
      effects: [{ name: 'tell', params: { to: 'inspector', kind: 'rectification.submitted' } }],
    },
    {
      id: 'reject',
      title: words('复查不合格', 'Re-inspected: not rectified'),
      from: ['submitted'],
      to: 'ordered',
      who: { permission: 'inspection.close' },
      fields: ['recheckedOn'],
      guards: [{ name: 'another-person', params: { transition: 'submit-proof' } }],
      reasonRequired: true,
      effects: [{ name: 'tell', params: { to: 'unit', kind: 'rectification.rejected' } }],
    },
    {
      id: 'accept',
      title: words('复查合格', 'Re-inspected: rectified'),
      from: ['submitted'],
      to: 'closed',
      who: { permission: 'inspection.close' },
      fields: ['recheckedOn'],
      guards: [{ name: 'another-person', params: { transition: 'submit-proof' } }],
      effects: [
        { name: 'close-finding', params: { state: 'closed' } },
        { name: 'tell', params: { to: 'unit', kind: 'rectification.accepted' } },
      ],
    },
    {
      id: 'withdraw',
      title: words('撤销整改通知', 'Withdraw the order'),
      from: ['ordered'],
      to: 'withdrawn',
      who: { permission: 'inspection.close' },
      reasonRequired: true,
      effects: [{ name: 'close-finding', params: { state: 'withdrawn' } }],
    },
  ],
  deadlines: [
    clock('minor', '一般问题整改', 'Rectification, minor'),
    clock('major', '较重问题整改', 'Rectification, major'),
    clock('critical', '严重问题整改', 'Rectification, critical'),
    {
      id: 'again',
      title: words('再次整改', 'Rectification once more'),
      starts: { transition: 'reject' },
      basis: 'house.rectification.again',
      meets: { transitions: ['submit-proof'] },
      escalation,
    },
  ],
};

const PERMISSIONS: Readonly<Record<'inspection' | 'rectification', CaseProcess['permissions']>> = {
  inspection: {
    read: 'inspection.read',
    open: 'inspection.plan',
    amend: 'inspection.perform',
    comment: 'inspection.read',
    addPaper: 'inspection.perform',
  },
  rectification: {
    read: 'inspection.read',
    open: 'inspection.perform',
    amend: 'inspection.close',
    comment: 'inspection.read',
    addPaper: 'inspection.rectify',
  },
};

const NOTICE = (zh: string, en: string) => ({
  title: { zh: `{title}：${zh}`, en: `{title}: ${en}` },
  text: { zh: `“{title}”${zh}。`, en: `“{title}”: ${en}.` },
});

/** The process of an inspection: its findings are counted before it is closed. */
export const INSPECTION_PROCESS: CaseProcess = {
  definition: inspectionDefinition,
  permissions: PERMISSIONS.inspection,
  openedElsewhere: true,
  notices: {
    'inspection.reported': NOTICE('检查结果已提交', 'the inspection was reported'),
    'inspection.closed': NOTICE('检查已办结', 'the inspection is closed'),
  },
  async facts({ trx, stored }) {
    const counts = await trx
      .selectFrom('inspection_finding')
      .select((eb) => eb.fn.countAll().filterWhere('state', 'in', ['open', 'ordered']).as('open'))
      .where('inspection_id', '=', stored.id)
      .executeTakeFirst();
    const row = await trx.selectFrom('inspection').select('results').where('id', '=', stored.id).executeTakeFirst();
    return { openFindings: Number(counts?.open ?? 0), answered: (row?.results ?? null) !== null };
  },
  guards: {
    'has-open-findings': ({ context: { facts } }) =>
      Number(facts?.['openFindings']) > 0
        ? null
        : refused('inspection.nothing_found', 'There is no open finding; close the inspection instead.').refusal,
    'no-open-findings': ({ context: { facts } }) =>
      Number(facts?.['openFindings']) === 0
        ? null
        : refused('inspection.open_findings', `${facts?.['openFindings']} findings are not closed yet.`).refusal,
    'every-item-answered': ({ context: { facts } }) =>
      facts?.['answered'] === true
        ? null
        : refused('inspection.not_answered', 'Report the inspection with a result for each item of its checklist.')
            .refusal,
  },
};

/** The process of an order to rectify one finding. */
export function rectificationProcess({ now }: Pick<Environment, 'now'>): CaseProcess {
  return {
    definition: rectificationDefinition,
    permissions: PERMISSIONS.rectification,
    openedElsewhere: true,
    notices: {
      'rectification.submitted': NOTICE('整改证明已提交，请复查', 'proof was submitted; please re-inspect'),
      'rectification.rejected': NOTICE('复查不合格，请继续整改', 'not rectified yet; please go on'),
      'rectification.accepted': NOTICE('复查合格', 'rectified'),
    },
    effects: {
      async 'close-finding'({ trx, stored, params }) {
        const state = params['state'] === 'withdrawn' ? 'withdrawn' : 'closed';
        await trx
          .updateTable('inspection_finding')
          .set({ state, closed_on: dayOf(now()) })
          .where('order_id', '=', stored.id)
          .execute();
      },
    },
  };
}

/** What a severity's clock starts with. */
export const clockField = (severity: string): string => `${severity}Since`;

/** What must be allowed to do each thing with an inspection besides its steps. */
export const PERFORM: Permission = 'inspection.perform';
