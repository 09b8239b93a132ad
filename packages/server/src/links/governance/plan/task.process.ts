import {
  addDays,
  type Guard,
  isIsoDate,
  type ProcessDefinition,
  refused,
  type WhoMay,
  type Words,
} from '@quanlian/kernel';
import type { CaseProcess } from '../../../work/cases/case-process.js';

const words = (zh: string, en: string): Words => ({ zh, en });

/** Whoever has to do the task: people of the leading unit, and those it is given to. */
const DOER: WhoMay = { permission: 'task.report', relations: ['lead', 'handler'] };
/** Whoever gave it out: people of the dispatching organization who may review. */
const DISPATCHER: WhoMay = { permission: 'task.review', relations: ['dispatcher'] };

export const TASK_PROCESS = 'plan-task';
export const MEASURE_KIND = 'measure';

const definition: ProcessDefinition = {
  id: TASK_PROCESS,
  version: 1,
  title: words('计划任务', 'Task of the plan'),
  relations: ['dispatcher', 'lead', 'handler', 'partner'],
  fields: [
    { name: 'deliverable', title: words('交付成果', 'Deliverable'), type: 'text' },
    { name: 'dueOn', title: words('完成期限', 'Due on'), type: 'date' },
    { name: 'clockFrom', title: words('期限起算日', 'The day the time counts from'), type: 'date' },
    { name: 'progress', title: words('进度（%）', 'Progress (%)'), type: 'number' },
    { name: 'summary', title: words('完成情况', 'What was done'), type: 'text' },
  ],
  papers: [{ kind: 'evidence', title: words('完成证明', 'Proof of completion') }],
  states: [
    { id: 'draft', title: words('未启动', 'Not started'), kind: 'initial' },
    { id: 'dispatched', title: words('待签收', 'Waiting to be signed for'), kind: 'waiting' },
    { id: 'in-progress', title: words('进行中', 'In progress'), kind: 'active' },
    { id: 'reported', title: words('待审核', 'Waiting for review'), kind: 'waiting' },
    { id: 'closed', title: words('已完成', 'Closed'), kind: 'final' },
    { id: 'withdrawn', title: words('已撤回', 'Withdrawn'), kind: 'final' },
  ],
  transitions: [
    {
      id: 'dispatch',
      title: words('下达', 'Dispatch'),
      from: ['draft'],
      to: 'dispatched',
      who: { permission: 'task.dispatch', relations: ['dispatcher'] },
      fields: ['deliverable', 'dueOn', 'clockFrom'],
      mayName: ['handler', 'partner'],
      guards: [{ name: 'clock-fits' }],
      effects: [{ name: 'tell', params: { to: 'lead,handler', kind: 'task.dispatched' } }],
    },
    {
      id: 'sign',
      title: words('签收', 'Sign for'),
      from: ['dispatched'],
      to: 'in-progress',
      who: DOER,
      mayName: ['handler'],
    },
    {
      id: 'progress',
      title: words('报告进度', 'Report progress'),
      from: ['in-progress'],
      to: 'in-progress',
      who: DOER,
      fields: ['progress'],
      mayFill: ['summary'],
    },
    {
      id: 'report',
      title: words('报送完成', 'Report as done'),
      from: ['in-progress'],
      to: 'reported',
      who: DOER,
      fields: ['summary'],
      mayFill: ['progress'],
      effects: [{ name: 'tell', params: { to: 'dispatcher', kind: 'task.reported' } }],
    },
    {
      id: 'return',
      title: words('退回', 'Send back'),
      from: ['reported'],
      to: 'in-progress',
      who: DISPATCHER,
      reasonRequired: true,
      effects: [{ name: 'tell', params: { to: 'lead,handler', kind: 'task.returned' } }],
    },
    {
      id: 'close',
      title: words('审核办结', 'Review and close'),
      from: ['reported'],
      to: 'closed',
      who: DISPATCHER,
      guards: [{ name: 'another-person', params: { transition: 'report' } }],
      papers: ['evidence'],
    },
    {
      id: 'postpone',
      title: words('调整期限', 'Change the due date'),
      from: ['in-progress'],
      to: 'in-progress',
      who: DISPATCHER,
      fields: ['dueOn', 'clockFrom'],
      guards: [{ name: 'clock-fits' }],
      reasonRequired: true,
    },
    {
      id: 'supervise',
      title: words('督办', 'Supervise'),
      from: ['in-progress'],
      to: 'in-progress',
      who: DISPATCHER,
      reasonRequired: true,
      effects: [{ name: 'tell', params: { to: 'lead,handler', kind: 'task.supervised' } }],
    },
    {
      id: 'withdraw',
      title: words('撤回', 'Withdraw'),
      from: ['draft', 'dispatched', 'in-progress'],
      to: 'withdrawn',
      who: DISPATCHER,
      reasonRequired: true,
    },
  ],
  deadlines: [
    {
      id: 'sign-for',
      title: words('签收期限', 'Signing for it'),
      starts: { state: 'dispatched' },
      basis: 'house.supervision.sign-for',
      meets: { transitions: ['sign'] },
      escalation: [{ days: 1, unit: 'working-days', tell: ['lead', 'dispatcher'] }],
    },
    {
      id: 'delivery',
      title: words('完成期限', 'Completion'),
      // A period begins the day after it starts: from the day before, one day ends on the due date itself.
      starts: { field: 'clockFrom' },
      basis: null,
      period: { amount: 1, unit: 'days' },
      meets: { states: ['closed'] },
      stopsIn: ['reported'],
      escalation: [
        { days: -7, unit: 'days', tell: ['lead', 'handler'] },
        { days: 1, unit: 'days', tell: ['lead', 'handler', 'dispatcher'] },
        { days: 7, unit: 'days', tell: ['dispatcher', 'city-officer'] },
      ],
    },
  ],
};

const said = (zh: string, en: string) => ({
  title: { zh: `{title}：${zh}`, en: `{title}: ${en}` },
  text: { zh: `任务“{title}”${zh}（{state}）。`, en: `The task “{title}”: ${en} ({state}).` },
});

/** The two dates of a task say the same: the clock counts from the day before the due date. */
const clockFits: Guard = ({ snapshot: { fields } }) => {
  const { dueOn, clockFrom } = fields;
  if (typeof dueOn === 'string' && isIsoDate(dueOn) && clockFrom === addDays(dueOn, -1)) return null;
  return refused('task.clock_differs', 'The clock has to count from the day before the due date.').refusal;
};

/** Tasks: dispatched, signed for, reported, reviewed, and closed only with proof. */
export const taskProcess: CaseProcess = {
  definition,
  permissions: {
    read: 'task.read',
    open: 'task.dispatch',
    amend: 'task.dispatch',
    comment: 'case.comment',
    addPaper: 'paper.add',
  },
  guards: { 'clock-fits': clockFits },
  notices: {
    'task.dispatched': said('已下达，请签收', 'dispatched, please sign for it'),
    'task.reported': said('已报送完成，请审核', 'reported as done, please review'),
    'task.returned': said('被退回', 'sent back'),
    'task.supervised': said('被督办，请抓紧办理', 'under supervision, please see to it'),
  },
  openedElsewhere: true,
};
