import { createWorkingCalendar } from '../calendar/working.js';
import { createRuleBook } from '../rules/book.js';
import { refused } from '../rules/refusal.js';
import { shippedCalendars, shippedRules } from '../rules/shipped.testkit.js';
import type { ProcessActor, ProcessContext } from './actor.js';
import type { ProcessDefinition } from './definition.js';
import type { KnownNames } from './findings.js';

const words = (en: string) => ({ zh: en, en });

/** A small dispute procedure that uses every feature of the kernel. */
export const SAMPLE: ProcessDefinition = {
  id: 'dispute',
  version: 1,
  title: words('Dispute'),
  relations: ['applicant', 'handler'],
  fields: [
    { name: 'subject', title: words('Subject'), type: 'text' },
    { name: 'decision', title: words('Decision'), type: 'choice', options: ['granted', 'refused'] },
    { name: 'opinion', title: words('Opinion'), type: 'text' },
    { name: 'heardOn', title: words('Heard on'), type: 'date', amendable: true },
    { name: 'amount', title: words('Amount'), type: 'number', amendable: true },
    { name: 'urgent', title: words('Urgent'), type: 'boolean', amendable: true },
  ],
  papers: [
    { kind: 'form', title: words('Form') },
    { kind: 'decision', title: words('Decision') },
  ],
  states: [
    { id: 'draft', title: words('Draft'), kind: 'initial' },
    { id: 'submitted', title: words('Submitted'), kind: 'active' },
    { id: 'correction', title: words('Correction'), kind: 'waiting' },
    { id: 'review', title: words('Review'), kind: 'active' },
    { id: 'decided', title: words('Decided'), kind: 'final' },
    { id: 'withdrawn', title: words('Withdrawn'), kind: 'final' },
    { id: 'lapsed', title: words('Lapsed'), kind: 'final' },
  ],
  transitions: [
    {
      id: 'submit',
      title: words('Submit'),
      from: ['draft'],
      to: 'submitted',
      who: { relations: ['applicant'] },
      fields: ['subject'],
      papers: ['form'],
      effects: [{ name: 'notify', params: { role: 'clerk' } }],
    },
    {
      id: 'ask',
      title: words('Ask for correction'),
      from: ['submitted'],
      to: 'correction',
      who: { roles: ['clerk'] },
      reasonRequired: true,
    },
    {
      id: 'correct',
      title: words('Correct'),
      from: ['correction'],
      to: 'submitted',
      who: { relations: ['applicant'] },
    },
    {
      id: 'accept',
      title: words('Accept'),
      from: ['submitted'],
      to: 'review',
      who: { permission: 'case.act', roles: ['clerk'] },
      guards: [{ name: 'fee-paid', params: { least: 100 } }],
      mayName: ['handler'],
    },
    { id: 'reopen', title: words('Reopen'), from: ['review'], to: 'submitted', who: { roles: ['clerk'] } },
    {
      id: 'decide',
      title: words('Decide'),
      from: ['review'],
      to: 'decided',
      who: { relations: ['handler'] },
      joins: ['opinions'],
      fields: ['decision'],
    },
    {
      id: 'withdraw',
      title: words('Withdraw'),
      from: ['draft', 'submitted', 'correction', 'review'],
      to: 'withdrawn',
      who: { relations: ['applicant'] },
    },
    { id: 'lapse', title: words('Lapse'), from: ['correction'], to: 'lapsed', who: { system: true } },
  ],
  deadlines: [
    {
      id: 'acceptance',
      title: words('Acceptance'),
      starts: { transition: 'submit' },
      basis: 'cn.adjudication.acceptance',
      meets: { states: ['review'] },
      stopsIn: ['correction'],
      escalation: [
        { days: -2, unit: 'working-days', tell: ['clerk'] },
        { days: 1, unit: 'days', tell: ['officer', 'applicant'] },
      ],
    },
    {
      id: 'correction',
      title: words('Correction'),
      starts: { state: 'correction' },
      basis: null,
      period: { amount: 15, unit: 'days' },
      meets: { transitions: ['correct'] },
      onExpiry: { transition: 'lapse', effects: [{ name: 'notify' }] },
    },
    {
      id: 'decision',
      title: words('Decision'),
      starts: { field: 'heardOn' },
      basis: 'cn.adjudication.decision',
      meets: { states: ['decided'] },
    },
  ],
  taskGroups: [
    {
      id: 'opinions',
      opensIn: 'review',
      join: 'all',
      tasks: [
        { id: 'legal', title: words('Legal opinion'), who: { roles: ['clerk'] } },
        { id: 'technical', title: words('Technical opinion'), who: { roles: ['expert'] }, fields: ['opinion'] },
      ],
    },
  ],
};

/** The names the sample may use. */
export const KNOWN: KnownNames = {
  guards: new Set(['fee-paid']),
  effects: new Set(['notify']),
  permissions: new Set(['case.act']),
  roles: new Set(['clerk', 'officer', 'expert']),
  rules: new Set(['cn.adjudication.acceptance', 'cn.adjudication.decision']),
};

const somebody = { onBehalfOf: null, organizations: [], roles: [], permissions: [] };

/** People of the sample. The applicant acts for a company that is party to the case. */
export const PEOPLE = {
  applicant: { ...somebody, id: 'ann', organizations: ['acme'] },
  clerk: { ...somebody, id: 'cai', roles: ['clerk'], permissions: ['case.act'] },
  handler: { ...somebody, id: 'han' },
  expert: { ...somebody, id: 'eva', roles: ['expert'] },
  stranger: { ...somebody, id: 'sam' },
  system: { ...somebody, id: 'system', system: true },
} as const satisfies Record<string, ProcessActor>;

const calendar = createWorkingCalendar(shippedCalendars());
const rules = createRuleBook(Object.values(shippedRules()));

/** The context of a request by one of the people at an instant. */
export function asking(actor: ProcessActor, now: string): ProcessContext {
  return {
    actor,
    now,
    calendar,
    rules,
    guards: {
      'fee-paid': ({ snapshot, params }) => {
        const paid = Number(snapshot.fields['amount'] ?? 0);
        if (paid >= Number(params['least'])) return null;
        return refused('dispute.fee_unpaid', 'The fee is not paid.', { least: Number(params['least']) }).refusal;
      },
    },
  };
}
