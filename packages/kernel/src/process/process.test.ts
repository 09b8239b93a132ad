import { describe, expect, it } from 'vitest';
import { actorOn, type Person } from '../policy/policy.js';
import { createOrganizationTree } from '../policy/tree.js';
import type { Result } from '../rules/refusal.js';
import { actorInCase } from './actor.js';
import { type CaseSnapshot, foldHistory } from './case.js';
import { clocks, expiryActions } from './clocks.js';
import { diagram } from './diagram.js';
import { amendCase, type CaseOutcome, completeTask, openCase, transition } from './engine.js';
import { rulesOfTime, withinDeadline } from './guards.js';
import { availableTransitions, simulate } from './preview.js';
import { asking, PEOPLE, SAMPLE } from './sample.testkit.js';
import { isJoined } from './tasks.js';

function take(result: Result<CaseOutcome>): CaseOutcome {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code} ${result.refusal.message}`);
  return result.value;
}
const codeOf = (result: Result<CaseOutcome>) => (result.ok ? 'accepted' : result.refusal.code);

const FORM = { id: 'p1', kind: 'form', hash: 'aa' };
const opened = take(
  openCase(SAMPLE, { id: 'c1', parties: { applicant: ['acme'] } }, asking(PEOPLE.applicant, '2026-03-02T01:00:00Z')),
);
const submitRequest = { transition: 'submit', expectedVersion: 1, fields: { subject: 'Copying' }, papers: [FORM] };
const submitted = take(
  transition(SAMPLE, opened.snapshot, submitRequest, asking(PEOPLE.applicant, '2026-03-02T02:00:00Z')),
);

/** Accepted with a handler named and the fee paid. */
function accepted(): CaseSnapshot {
  const paid = take(
    amendCase(
      SAMPLE,
      submitted.snapshot,
      { expectedVersion: 2, fields: { amount: 100 } },
      asking(PEOPLE.clerk, '2026-03-03T02:00:00Z'),
    ),
  );
  const request = { transition: 'accept', expectedVersion: 3, parties: { handler: ['han'] } };
  return take(transition(SAMPLE, paid.snapshot, request, asking(PEOPLE.clerk, '2026-03-04T02:00:00Z'))).snapshot;
}

describe('taking a step', () => {
  it('gives a new case, the audit facts and the effects, and leaves the old case alone', () => {
    expect(opened.snapshot).toMatchObject({ state: 'draft', version: 1, path: [] });
    expect(submitted.snapshot).toMatchObject({ state: 'submitted', version: 2, fields: { subject: 'Copying' } });
    expect(submitted.effects).toEqual([{ name: 'notify', params: { role: 'clerk' } }]);
    expect(submitted.audit).toEqual({
      action: 'case.moved',
      caseId: 'c1',
      at: '2026-03-02T02:00:00Z',
      by: { id: 'ann', onBehalfOf: null },
      step: 'submit',
      reason: null,
      before: { state: 'draft', fields: { subject: null } },
      after: { state: 'submitted', fields: { subject: 'Copying' } },
      papers: ['p1'],
      rules: [
        { ruleId: 'cn.adjudication.acceptance', version: 1, certainty: 'medium', article: null, startKnown: true },
      ],
    });
  });

  it('refuses with a reason for each way to be wrong', () => {
    const at = '2026-03-02T02:00:00Z';
    const submit = (more: object, actor: keyof typeof PEOPLE = 'applicant') =>
      codeOf(transition(SAMPLE, opened.snapshot, { ...submitRequest, ...more }, asking(PEOPLE[actor], at)));
    expect(submit({})).toBe('accepted');
    expect(submit({ transition: 'jump' })).toBe('case.unknown_transition');
    expect(submit({ expectedVersion: 0 })).toBe('case.version_conflict');
    expect(submit({ transition: 'decide', fields: { decision: 'granted' } })).toBe('case.wrong_state');
    expect(submit({}, 'stranger')).toBe('case.not_permitted');
    expect(submit({}, 'system')).toBe('case.not_permitted');
    expect(submit({ fields: {} })).toBe('case.field_missing');
    expect(submit({ fields: { subject: '  ' } })).toBe('case.field_missing');
    expect(submit({ fields: { subject: 3 } })).toBe('case.field_invalid');
    expect(submit({ fields: { subject: 'x', colour: 'red' } })).toBe('case.field_unknown');
    expect(submit({ fields: { subject: 'x', decision: 'granted' } })).toBe('case.field_not_here');
    expect(submit({ parties: { handler: ['ann'] } })).toBe('case.party_not_here');
    expect(submit({ papers: [] })).toBe('case.paper_missing');
    expect(submit({ papers: [FORM, { ...FORM, kind: 'photo' }] })).toBe('case.paper_unknown');
    const ask = { transition: 'ask', expectedVersion: 2 };
    expect(codeOf(transition(SAMPLE, submitted.snapshot, ask, asking(PEOPLE.clerk, at)))).toBe('case.reason_missing');
    const other = { ...SAMPLE, version: 2 };
    expect(() => transition(other, submitted.snapshot, ask, asking(PEOPLE.clerk, at))).toThrow(/runs by "dispute"/);
  });

  it('asks guards with the content of the request, and only for somebody who may act', () => {
    const accept = (actor: keyof typeof PEOPLE) =>
      transition(
        SAMPLE,
        submitted.snapshot,
        { transition: 'accept', expectedVersion: 2 },
        asking(PEOPLE[actor], '2026-03-03T02:00:00Z'),
      );
    const refusal = accept('clerk');
    expect(!refusal.ok && refusal.refusal).toEqual({
      code: 'dispute.fee_unpaid',
      message: 'The fee is not paid.',
      params: { least: 100 },
    });
    expect(codeOf(accept('applicant'))).toBe('case.not_permitted');
    const unpermitted = asking({ ...PEOPLE.clerk, permissions: [] }, '2026-03-03T02:00:00Z');
    const request = { transition: 'accept', expectedVersion: 2 };
    expect(codeOf(transition(SAMPLE, submitted.snapshot, request, unpermitted))).toBe('case.not_permitted');
  });

  it('does not start a deadline whose rule is not in force', () => {
    const early = asking(PEOPLE.applicant, '2024-06-03T02:00:00Z');
    expect(codeOf(transition(SAMPLE, opened.snapshot, submitRequest, early))).toBe('case.rule_missing');
  });

  it('amends only what may be amended, and never a case that has ended', () => {
    const amend = (snapshot: CaseSnapshot, fields: Record<string, string | number>) =>
      codeOf(
        amendCase(
          SAMPLE,
          snapshot,
          { expectedVersion: snapshot.version, fields },
          asking(PEOPLE.clerk, '2026-03-03T02:00:00Z'),
        ),
      );
    expect(amend(submitted.snapshot, { amount: 5 })).toBe('accepted');
    expect(amend(submitted.snapshot, { decision: 'granted' })).toBe('case.field_not_here');
    expect(amend(submitted.snapshot, { heardOn: '2026-02-30' })).toBe('case.field_invalid');
    const request = { transition: 'withdraw', expectedVersion: 2 };
    const ended = take(
      transition(SAMPLE, submitted.snapshot, request, asking(PEOPLE.applicant, '2026-03-03T02:00:00Z')),
    );
    expect(amend(ended.snapshot, { amount: 5 })).toBe('case.ended');
  });
});

describe('parallel tasks', () => {
  const done = (snapshot: CaseSnapshot, task: string, actor: keyof typeof PEOPLE, fields = {}) =>
    completeTask(
      SAMPLE,
      snapshot,
      { task, expectedVersion: snapshot.version, fields },
      asking(PEOPLE[actor], '2026-03-05T02:00:00Z'),
    );
  const decide = (snapshot: CaseSnapshot) =>
    transition(
      SAMPLE,
      snapshot,
      { transition: 'decide', expectedVersion: snapshot.version, fields: { decision: 'granted' } },
      asking(PEOPLE.handler, '2026-03-06T02:00:00Z'),
    );

  it('holds the step that joins them until all are done by those who may', () => {
    const review = accepted();
    expect(review.tasks.map((run) => run.id)).toEqual(['opinions/legal#1', 'opinions/technical#1']);
    expect(codeOf(decide(review))).toBe('case.tasks_open');
    expect(codeOf(done(review, 'opinions/technical#1', 'clerk', { opinion: 'x' }))).toBe('case.task_not_permitted');
    expect(codeOf(done(review, 'opinions/technical#1', 'expert'))).toBe('case.field_missing');
    expect(codeOf(done(review, 'opinions/technical#9', 'expert'))).toBe('case.task_unknown');
    const legal = take(done(review, 'opinions/legal#1', 'clerk')).snapshot;
    expect(codeOf(done(legal, 'opinions/legal#1', 'clerk'))).toBe('case.task_closed');
    expect(codeOf(decide(legal))).toBe('case.tasks_open');
    const both = take(done(legal, 'opinions/technical#1', 'expert', { opinion: 'same' })).snapshot;
    expect(take(decide(both)).snapshot.state).toBe('decided');
  });

  it('opens a new round when the state is entered again, and cancels what is open when the case ends', () => {
    const review = accepted();
    const legal = take(done(review, 'opinions/legal#1', 'clerk')).snapshot;
    const step = (snapshot: CaseSnapshot, name: string, actor: keyof typeof PEOPLE) =>
      take(
        transition(
          SAMPLE,
          snapshot,
          { transition: name, expectedVersion: snapshot.version },
          asking(PEOPLE[actor], '2026-03-07T02:00:00Z'),
        ),
      ).snapshot;
    const back = step(legal, 'reopen', 'clerk');
    expect(back.tasks.map((run) => run.status)).toEqual(['done', 'open']);
    const again = step(back, 'accept', 'clerk');
    expect(again.tasks).toHaveLength(2);
    const withdrawn = step(again, 'withdraw', 'applicant');
    expect(withdrawn.tasks.map((run) => run.status)).toEqual(['done', 'cancelled']);
    expect(withdrawn.tasks[1]).toMatchObject({ closedBy: { id: 'ann' } });
  });

  it('does not take tasks that never opened for closed ones', () => {
    const [group] = SAMPLE.taskGroups ?? [];
    expect(group && isJoined(group, [])).toBe(false);
  });

  it('joins any of several when one is done', () => {
    const any = { ...SAMPLE, taskGroups: SAMPLE.taskGroups?.map((group) => ({ ...group, join: 'any' as const })) };
    const context = asking(PEOPLE.clerk, '2026-03-05T02:00:00Z');
    const legal = take(completeTask(any, accepted(), { task: 'opinions/legal#1', expectedVersion: 4 }, context));
    const request = { transition: 'decide', expectedVersion: 5, fields: { decision: 'refused' } };
    const decided = take(transition(any, legal.snapshot, request, asking(PEOPLE.handler, '2026-03-06T02:00:00Z')));
    expect(decided.snapshot.tasks.map((run) => run.status)).toEqual(['done', 'cancelled']);
  });
});

describe('clocks', () => {
  const at = (snapshot: CaseSnapshot, now: string) => clocks(SAMPLE, snapshot, now, asking(PEOPLE.clerk, now).calendar);

  it('show the last day, what is left, the rule behind it and the notices', () => {
    const [acceptance] = at(submitted.snapshot, '2026-03-05T09:00:00Z');
    expect(acceptance).toMatchObject({
      status: 'running',
      start: '2026-03-02',
      due: '2026-03-09',
      daysLeft: 4,
      workingDaysLeft: 2,
      provisional: false,
      basis: { ruleId: 'cn.adjudication.acceptance', version: 1, certainty: 'medium' },
    });
    expect(acceptance?.escalations).toEqual([
      { key: 'acceptance#1:0', on: '2026-03-05', tell: ['clerk'], due: true },
      { key: 'acceptance#1:1', on: '2026-03-10', tell: ['officer', 'applicant'], due: false },
    ]);
    expect(at(submitted.snapshot, '2026-03-09T15:59:59Z')[0]?.status).toBe('running');
    expect(at(submitted.snapshot, '2026-03-09T16:00:00Z')[0]).toMatchObject({ status: 'expired', daysLeft: -1 });
  });

  it('rest in a waiting state, go on afterwards, and are met', () => {
    const ask = { transition: 'ask', expectedVersion: 2, reason: 'A page is missing' };
    const waiting = take(transition(SAMPLE, submitted.snapshot, ask, asking(PEOPLE.clerk, '2026-03-04T02:00:00Z')));
    expect(at(waiting.snapshot, '2026-03-20T02:00:00Z')).toMatchObject([
      { deadline: 'acceptance', status: 'stopped', due: null, leftWhenResumed: 4 },
      { deadline: 'correction', status: 'expired', due: '2026-03-19', basis: null },
    ]);
    expect(expiryActions(SAMPLE, waiting.snapshot, '2026-03-20T02:00:00Z', asking(PEOPLE.clerk, '').calendar)).toEqual([
      { clock: 'correction#1', deadline: 'correction', transition: 'lapse', effects: [{ name: 'notify' }] },
    ]);
    const correct = { transition: 'correct', expectedVersion: 3 };
    const back = take(transition(SAMPLE, waiting.snapshot, correct, asking(PEOPLE.applicant, '2026-03-11T02:00:00Z')));
    expect(at(back.snapshot, '2026-03-11T02:00:00Z')).toMatchObject([
      { status: 'running', due: '2026-03-16', stoppedDays: 5 },
      { status: 'met' },
    ]);
    const lapse = { transition: 'lapse', expectedVersion: 3 };
    const lapsed = take(transition(SAMPLE, waiting.snapshot, lapse, asking(PEOPLE.system, '2026-03-20T02:00:00Z')));
    expect(at(lapsed.snapshot, '2026-03-20T02:00:00Z').map((clock) => clock.status)).toEqual(['closed', 'closed']);
  });

  it('start from a date field and begin anew when it is corrected', () => {
    const amend = (snapshot: CaseSnapshot, heardOn: string) =>
      take(
        amendCase(
          SAMPLE,
          snapshot,
          { expectedVersion: snapshot.version, fields: { heardOn } },
          asking(PEOPLE.clerk, '2026-03-10T02:00:00Z'),
        ),
      ).snapshot;
    const once = amend(submitted.snapshot, '2026-03-06');
    expect(amend(once, '2026-03-06').clocks).toHaveLength(2);
    const twice = amend(once, '2026-03-09');
    expect(at(twice, '2026-03-10T02:00:00Z')).toMatchObject([
      { deadline: 'acceptance' },
      { id: 'decision#1', status: 'superseded' },
      { id: 'decision#2', status: 'running', start: '2026-03-09', due: '2026-06-09' },
    ]);
  });

  it('say when what they asked for came too late', () => {
    const late = take(
      amendCase(
        SAMPLE,
        submitted.snapshot,
        { expectedVersion: 2, fields: { amount: 100 } },
        asking(PEOPLE.clerk, '2026-03-10T02:00:00Z'),
      ),
    );
    const accept = { transition: 'accept', expectedVersion: 3 };
    const review = take(transition(SAMPLE, late.snapshot, accept, asking(PEOPLE.clerk, '2026-03-10T02:00:00Z')));
    expect(at(review.snapshot, '2026-03-10T02:00:00Z')[0]).toMatchObject({ status: 'met-late', daysLeft: null });
  });
});

describe('the actor of a case', () => {
  const tree = createOrganizationTree([
    { id: 'east', parent: null, kind: 'district-office' },
    { id: 'acme', parent: 'east', kind: 'company' },
  ]);
  const item = { id: 'c1', organization: 'acme' };
  const boss: Person = {
    id: 'boss',
    memberships: [{ organization: 'acme', role: 'ip-manager', from: null, to: null }],
  };
  const lent = { delegator: boss, delegate: 'ann', organization: 'acme', role: 'ip-manager' as const };
  const inCase = (person: Person) => {
    const delegations = [{ ...lent, from: '2026-01-01', to: '2026-12-31' }];
    return actorInCase(actorOn(person, '2026-06-01', tree, { delegations }), item, tree);
  };

  it('has the roles and permissions the policy gives on this case', () => {
    const found = inCase(boss);
    expect(found).toMatchObject({ id: 'boss', onBehalfOf: null, organizations: ['acme'] });
    expect(found.roles).toEqual(['member', 'ip-manager']);
    expect([found.permissions.includes('case.act'), found.permissions.includes('case.assign')]).toEqual([true, false]);
  });

  it('acts on behalf of the lender when nothing else counts', () => {
    expect(inCase({ id: 'ann', memberships: [] })).toMatchObject({ id: 'ann', onBehalfOf: 'boss' });
    expect(inCase({ ...boss, id: 'ann' }).onBehalfOf).toBe(null);
    const stranger = inCase({ id: 'sam', memberships: [] });
    expect([stranger.onBehalfOf, stranger.roles, stranger.organizations]).toEqual([null, [], []]);
  });
});

describe('guards and names that ship', () => {
  it('let an act pass in time only', () => {
    const guard = (snapshot: CaseSnapshot, now: string, deadline = 'acceptance') =>
      withinDeadline({ snapshot, params: { deadline }, context: asking(PEOPLE.clerk, now) })?.code ?? 'passes';
    expect(guard(submitted.snapshot, '2026-03-09T15:59:59Z')).toBe('passes');
    expect(guard(submitted.snapshot, '2026-03-09T16:00:00Z')).toBe('case.deadline_passed');
    expect(guard(submitted.snapshot, '2026-03-09T02:00:00Z', 'decision')).toBe('case.deadline_not_started');
    const ask = { transition: 'ask', expectedVersion: 2, reason: 'A page is missing' };
    const waiting = take(transition(SAMPLE, submitted.snapshot, ask, asking(PEOPLE.clerk, '2026-03-04T02:00:00Z')));
    expect(guard(waiting.snapshot, '2026-12-01T02:00:00Z')).toBe('passes');
  });

  it('know the rules a deadline may rest on', () => {
    const names = rulesOfTime(asking(PEOPLE.clerk, '').rules);
    expect([names.has('cn.adjudication.decision'), names.has('cn.annuity.design')]).toEqual([true, false]);
  });
});

describe('looking ahead', () => {
  it('lists the steps from here with the reasons why not', () => {
    const list = availableTransitions(SAMPLE, submitted.snapshot, asking(PEOPLE.clerk, '2026-03-03T02:00:00Z'));
    expect(list.map(({ id, allowed, refusals }) => [id, allowed, refusals.map((refusal) => refusal.code)])).toEqual([
      ['ask', true, []],
      ['accept', false, ['dispute.fee_unpaid']],
      ['withdraw', false, ['case.not_permitted']],
    ]);
    const draft = availableTransitions(SAMPLE, opened.snapshot, asking(PEOPLE.applicant, '2026-03-03T02:00:00Z'));
    expect(draft[0]).toMatchObject({ allowed: true, needs: { fields: ['subject'], papers: ['form'], reason: false } });
  });

  it('shows what would happen and stops at the first refusal', () => {
    const outcomes = simulate(
      SAMPLE,
      submitted.snapshot,
      [
        { do: { transition: 'ask' }, at: '2026-03-04T02:00:00Z', reason: 'A page is missing' },
        { do: { transition: 'correct' }, at: '2026-03-11T02:00:00Z', actor: PEOPLE.applicant },
        { do: { transition: 'accept' }, at: '2026-03-12T02:00:00Z' },
        { do: { task: 'opinions/legal#1' }, at: '2026-03-13T02:00:00Z' },
      ],
      asking(PEOPLE.clerk, '2026-03-03T02:00:00Z'),
    );
    expect(outcomes.map(({ result }) => codeOf(result))).toEqual(['accepted', 'accepted', 'dispute.fee_unpaid']);
    expect(outcomes[1]?.clocks[0]?.due).toBe('2026-03-16');
    expect(submitted.snapshot.version).toBe(2);
  });

  it('draws the path taken', () => {
    const review = accepted();
    const drawn = diagram(SAMPLE, review.path);
    expect(drawn.nodes.filter((node) => node.visits > 0).map((node) => [node.id, node.layer])).toEqual([
      ['draft', 0],
      ['submitted', 1],
      ['review', 2],
    ]);
    expect(drawn.nodes.find((node) => node.current)?.id).toBe('review');
    expect(drawn.edges.filter((edge) => edge.taken.length > 0).map((edge) => [edge.id, edge.taken])).toEqual([
      ['submit:draft', [1]],
      ['accept:submitted', [2]],
    ]);
    expect(drawn.edges.filter((edge) => edge.transition === 'withdraw')).toHaveLength(4);
    expect(diagram(SAMPLE).nodes.every((node) => !node.current && node.visits === 0)).toBe(true);
  });
});

describe('history', () => {
  it('is refused when it is empty, cut or out of order', () => {
    const events = [opened.event, submitted.event];
    expect(foldHistory(events)).toEqual(submitted.snapshot);
    expect(() => foldHistory([])).toThrow(/at least/);
    expect(() => foldHistory([submitted.event])).toThrow(/cut or out of order/);
    expect(() => foldHistory([opened.event, opened.event])).toThrow(/cut or out of order/);
    const forged = { ...submitted.event, from: 'review' } as typeof submitted.event;
    expect(() => foldHistory([opened.event, forged])).toThrow(/leaves the state/);
  });
});
