import { type ProcessDefinition, refused } from '@quanlian/kernel';
import { CASE_PERMISSIONS, type CaseProcess } from './case-process.js';

const words = (en: string) => ({ zh: `${en}（测试）`, en });

const definition: ProcessDefinition = {
  id: 'test-request',
  version: 1,
  title: words('Request'),
  relations: ['handler', 'applicant'],
  fields: [
    { name: 'note', title: words('Note'), type: 'text', amendable: true },
    { name: 'decision', title: words('Decision'), type: 'choice', options: ['granted', 'refused'] },
    { name: 'blocked', title: words('Blocked'), type: 'boolean', amendable: true },
  ],
  papers: [{ kind: 'proof', title: words('Proof') }],
  states: [
    { id: 'draft', title: words('Draft'), kind: 'initial' },
    { id: 'submitted', title: words('Submitted'), kind: 'active' },
    { id: 'waiting', title: words('Waiting'), kind: 'waiting' },
    { id: 'decided', title: words('Decided'), kind: 'final' },
    { id: 'lapsed', title: words('Lapsed'), kind: 'final' },
  ],
  transitions: [
    {
      id: 'submit',
      title: words('Submit'),
      from: ['draft'],
      to: 'submitted',
      who: { permission: 'case.act' },
      mayName: ['handler'],
      effects: [{ name: 'tell', params: { to: 'handler', kind: 'test.submitted' } }],
    },
    {
      id: 'ask',
      title: words('Ask'),
      from: ['submitted'],
      to: 'waiting',
      who: { permission: 'case.act' },
      reasonRequired: true,
    },
    { id: 'answer', title: words('Answer'), from: ['waiting'], to: 'submitted', who: { permission: 'case.act' } },
    { id: 'lapse', title: words('Lapse'), from: ['waiting'], to: 'lapsed', who: { system: true } },
    {
      id: 'decide',
      title: words('Decide'),
      from: ['submitted'],
      to: 'decided',
      who: { permission: 'case.act' },
      guards: [{ name: 'not-blocked' }, { name: 'another-person', params: { transition: 'submit' } }],
      joins: ['opinions'],
      fields: ['decision'],
      papers: ['proof'],
    },
  ],
  deadlines: [
    {
      id: 'handling',
      title: words('Handling'),
      starts: { transition: 'submit' },
      basis: 'cn.adjudication.acceptance',
      meets: { states: ['decided'] },
      stopsIn: ['waiting'],
      escalation: [
        { days: -2, unit: 'working-days', tell: ['handler'] },
        { days: 1, unit: 'days', tell: ['district-clerk'] },
      ],
    },
    {
      id: 'answering',
      title: words('Answering'),
      starts: { state: 'waiting' },
      basis: null,
      period: { amount: 10, unit: 'days' },
      meets: { transitions: ['answer'] },
      onExpiry: { transition: 'lapse', effects: [{ name: 'tell', params: { to: 'handler', kind: 'test.lapsed' } }] },
    },
  ],
  taskGroups: [
    {
      id: 'opinions',
      opensIn: 'submitted',
      join: 'all',
      tasks: [{ id: 'legal', title: words('Legal opinion'), who: { relations: ['handler'] }, mayFill: ['note'] }],
    },
  ],
};

const NOTICE = {
  title: { zh: '{title}', en: '{title}' },
  text: { zh: '{title}：{state}', en: '{title}: {state}' },
};

/** A small request procedure that uses tasks, papers, rules, stop-clock and a step on expiry, for tests. */
export const SAMPLE_PROCESS: CaseProcess = {
  definition,
  permissions: CASE_PERMISSIONS,
  notices: { 'test.submitted': NOTICE, 'test.lapsed': NOTICE },
  guards: {
    'not-blocked': ({ snapshot }) =>
      snapshot.fields['blocked'] === true ? refused('test.blocked', 'The request is blocked.').refusal : null,
  },
};

/** Two states and one step that everybody who may act can take, for races. */
export const RACE_PROCESS: CaseProcess = {
  definition: {
    id: 'test-race',
    version: 1,
    title: words('Race'),
    states: [
      { id: 'start', title: words('Start'), kind: 'initial' },
      { id: 'lap', title: words('Lap'), kind: 'active' },
      { id: 'end', title: words('End'), kind: 'final' },
    ],
    transitions: [
      { id: 'go', title: words('Go'), from: ['start', 'lap'], to: 'lap', who: { permission: 'case.act' } },
      { id: 'stop', title: words('Stop'), from: ['lap'], to: 'end', who: { permission: 'case.act' } },
    ],
  },
  permissions: CASE_PERMISSIONS,
};
