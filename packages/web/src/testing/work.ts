import type { CasePage, Me } from '@quanlian/contract';

/** Ids of tests: readable, and well-formed. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const words = (zh: string, en: string) => ({ zh, en });

/** Somebody signed in with some permissions. */
export const signedIn = (...permissions: string[]): { body: Me } => ({
  body: {
    id: idOf(1),
    name: 'Li Na',
    kind: 'user',
    email: 'li@example.org',
    language: 'en',
    twoFactor: false,
    demo: false,
    memberships: [{ organizationId: idOf(2), roles: ['city-officer'] }],
    permissions,
  },
});

/** What the server answers when nobody is signed in. */
export const SIGNED_OUT = {
  status: 401,
  body: { error: { code: 'access.sign_in_required', message: 'Sign in.' } },
};

/** A case that was sent back once, with one step that may be taken and one that may not. */
export const casePage = (part: Partial<CasePage> = {}): CasePage => ({
  case: {
    id: idOf(9),
    process: 'task',
    processTitle: words('任务', 'Task'),
    title: 'Visit ten companies',
    organizationId: idOf(2),
    state: 'reported',
    stateTitle: words('待审核', 'Waiting for review'),
    stateKind: 'waiting',
    version: 4,
    subject: null,
    nextDue: '2026-03-20',
    overdue: false,
    openedAt: '2026-03-01T01:00:00.000Z',
    changedAt: '2026-03-10T01:00:00.000Z',
    endedAt: null,
  },
  fields: [{ name: 'note', title: words('说明', 'Note'), type: 'text', options: null, amendable: false, value: null }],
  parties: [{ relation: 'handler', members: [{ id: idOf(1), name: 'Li Na' }] }],
  diagram: {
    nodes: [
      { id: 'open', title: words('进行中', 'In progress'), kind: 'initial', layer: 0, visits: 2, current: false },
      {
        id: 'reported',
        title: words('待审核', 'Waiting for review'),
        kind: 'waiting',
        layer: 1,
        visits: 2,
        current: true,
      },
      { id: 'closed', title: words('已完成', 'Closed'), kind: 'final', layer: 2, visits: 0, current: false },
    ],
    edges: [
      {
        id: 'report:open',
        transition: 'report',
        title: words('报告', 'Report'),
        from: 'open',
        to: 'reported',
        taken: [1, 3],
      },
      {
        id: 'return:reported',
        transition: 'return',
        title: words('退回', 'Send back'),
        from: 'reported',
        to: 'open',
        taken: [2],
      },
      {
        id: 'close:reported',
        transition: 'close',
        title: words('办结', 'Close'),
        from: 'reported',
        to: 'closed',
        taken: [],
      },
    ],
  },
  clocks: [
    {
      id: 'review#1',
      deadline: 'review',
      title: words('审核期限', 'Review'),
      status: 'running',
      start: '2026-03-10',
      due: '2026-03-20',
      daysLeft: 9,
      workingDaysLeft: 7,
      leftWhenResumed: null,
      stoppedDays: 0,
      period: { amount: 8, unit: 'working-days' },
      basis: { ruleId: 'house.review', version: 2, certainty: 'high', article: null, startKnown: true },
      basisTitle: words('审核', 'Time for review'),
      provisional: true,
      steps: [],
      escalations: [],
    },
  ],
  timeline: [],
  papers: [],
  paperKinds: [{ kind: 'proof', title: words('证明', 'Proof') }],
  comments: [],
  tasks: [],
  actions: [
    {
      id: 'return',
      title: words('退回', 'Send back'),
      to: 'open',
      allowed: false,
      refusals: [{ code: 'case.reason_missing', message: 'Give a reason.', params: { transition: 'return' } }],
      needs: { fields: ['note'], papers: [], reason: true, mayFill: [], mayName: [] },
    },
    {
      id: 'close',
      title: words('办结', 'Close'),
      to: 'closed',
      allowed: false,
      refusals: [{ code: 'case.not_permitted', message: 'You may not.', params: { transition: 'close' } }],
      needs: { fields: [], papers: [], reason: false, mayFill: [], mayName: [] },
    },
  ],
  may: { amend: false, comment: true, addPaper: true },
  ...part,
});
