import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/date.js';
import type { Result } from '../rules/refusal.js';
import type { ProcessActor, ProcessContext } from './actor.js';
import { type CaseEvent, type CaseSnapshot, foldHistory } from './case.js';
import { clocks } from './clocks.js';
import { amendCase, type CaseOutcome, completeTask, openCase, transition } from './engine.js';
import { availableTransitions } from './preview.js';
import { asking, PEOPLE, SAMPLE } from './sample.testkit.js';

type Attempt =
  | { readonly kind: 'step'; readonly step: string; readonly filled: boolean }
  | { readonly kind: 'wise'; readonly pick: number }
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'amend'; readonly amount: number; readonly heardOn: number | null };

/** Who may take each step, for attempts that are meant to succeed. */
const FITTING: Record<string, ProcessActor> = {
  submit: PEOPLE.applicant,
  correct: PEOPLE.applicant,
  withdraw: PEOPLE.applicant,
  ask: PEOPLE.clerk,
  accept: PEOPLE.clerk,
  reopen: PEOPLE.clerk,
  decide: PEOPLE.handler,
  lapse: PEOPLE.system,
  'opinions/legal': PEOPLE.clerk,
  'opinions/technical': PEOPLE.expert,
};

const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wise' as const), pick: fc.nat(11) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      step: fc.constantFrom(...SAMPLE.transitions.map(({ id }) => id)),
      filled: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      task: fc.constantFrom('opinions/legal#1', 'opinions/technical#1', 'opinions/legal#2', 'opinions/technical#2'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('amend' as const),
      amount: fc.constantFrom(50, 100),
      heardOn: fc.option(fc.integer({ min: 0, max: 3 })),
    }),
  },
);
const person = fc.constantFrom(...Object.values(PEOPLE));
const attempts = fc.array(fc.tuple(attempt, person, fc.integer({ min: 0, max: 6 })), { maxLength: 40, size: 'max' });

const CONTENT: Record<string, object> = {
  submit: { fields: { subject: 'Copying' }, papers: [{ id: 'p', kind: 'form', hash: 'aa' }] },
  accept: { parties: { handler: ['han'] } },
  decide: { fields: { decision: 'granted' } },
};

function perform(snapshot: CaseSnapshot, what: Attempt, context: ProcessContext): Result<CaseOutcome> {
  const expectedVersion = snapshot.version;
  if (what.kind === 'wise') {
    const tasks = snapshot.tasks.filter((run) => run.status === 'open').map((run) => run.id);
    const steps = SAMPLE.transitions.filter((step) => step.from.includes(snapshot.state)).map(({ id }) => id);
    // Giving up is always possible; taken as often as the rest, few walks would get far.
    const choices = [...tasks, ...steps].filter((name) => name !== 'withdraw' || what.pick === 11);
    const chosen = choices[what.pick % choices.length] ?? 'submit';
    const actor = FITTING[chosen.replace(/#.*/, '')] ?? context.actor;
    const next: Attempt = tasks.includes(chosen)
      ? { kind: 'task', task: chosen }
      : { kind: 'step', step: chosen, filled: true };
    return perform(snapshot, next, { ...context, actor });
  }
  if (what.kind === 'task')
    return completeTask(SAMPLE, snapshot, { task: what.task, expectedVersion, fields: opinion(what.task) }, context);
  if (what.kind === 'amend') {
    const heardOn: Record<string, string> =
      what.heardOn === null ? {} : { heardOn: addDays('2026-03-02', what.heardOn) };
    return amendCase(SAMPLE, snapshot, { expectedVersion, fields: { amount: what.amount, ...heardOn } }, context);
  }
  const content = what.filled ? { reason: 'because', ...CONTENT[what.step] } : {};
  return transition(SAMPLE, snapshot, { transition: what.step, expectedVersion, ...content }, context);
}

function opinion(task: string): Record<string, string> {
  return task.includes('technical') ? { opinion: 'same' } : {};
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}

/** Takes the attempts one after another on frozen cases; refused ones change nothing. */
function walk(list: [Attempt, (typeof PEOPLE)[keyof typeof PEOPLE], number][]) {
  let now = Date.parse('2026-03-02T02:00:00Z');
  const first = openCase(
    SAMPLE,
    { id: 'c1', parties: { applicant: ['acme'] } },
    asking(PEOPLE.applicant, new Date(now).toISOString()),
  );
  if (!first.ok) throw new Error('the sample opens');
  const events: CaseEvent[] = [first.value.event];
  const states: CaseSnapshot[] = [freeze(first.value.snapshot)];
  let refusals = 0;
  for (const [what, actor, days] of list) {
    now += days * 86_400_000;
    const context = asking(actor, new Date(now).toISOString());
    const result = perform(states.at(-1) as CaseSnapshot, what, context);
    if (!result.ok) refusals += 1;
    else {
      events.push(result.value.event);
      states.push(freeze(result.value.snapshot));
    }
  }
  return { events, states, refusals, last: states.at(-1) as CaseSnapshot, now: new Date(now).toISOString() };
}

describe('any course of a case', () => {
  it('is the fold of its history, also after storage', () => {
    fc.assert(
      fc.property(attempts, (list) => {
        const { events, last } = walk(list);
        expect(foldHistory(events)).toEqual(last);
        expect(foldHistory(JSON.parse(JSON.stringify(events)))).toEqual(last);
        expect(last.version).toBe(events.length);
      }),
    );
  });

  it('keeps clocks and tasks consistent, and takes a path of the diagram', () => {
    fc.assert(
      fc.property(attempts, (list) => {
        const { states, last, now } = walk(list);
        for (const snapshot of states) {
          const final = SAMPLE.states.find(({ id }) => id === snapshot.state)?.kind === 'final';
          const open = snapshot.clocks.filter((run) => run.endedOn === null);
          expect(new Set(open.map((run) => run.deadline)).size).toBe(open.length);
          expect(new Set(snapshot.clocks.map((run) => run.id)).size).toBe(snapshot.clocks.length);
          if (final) expect([open, snapshot.tasks.filter((run) => run.status === 'open')]).toEqual([[], []]);
          for (const run of open) {
            const rests = run.stops.some((stop) => stop.to === null);
            expect(rests).toBe(run.deadline === 'acceptance' && snapshot.state === 'correction');
          }
        }
        let state = 'draft';
        for (const step of last.path) {
          const entry = SAMPLE.transitions.find(({ id }) => id === step.transition);
          expect([step.from, step.to]).toEqual([state, entry?.to]);
          expect(entry?.from).toContain(step.from);
          state = step.to;
        }
        expect(state).toBe(last.state);
        const shown = clocks(SAMPLE, last, now, asking(PEOPLE.clerk, now).calendar);
        expect(shown.every((clock) => (clock.status === 'stopped') === (clock.due === null))).toBe(true);
      }),
    );
  });

  it('goes no further from an old version, whoever asks for what', () => {
    fc.assert(
      fc.property(attempts, attempt, person, (list, what, actor) => {
        const { states, now } = walk(list);
        const last = states.at(-1) as CaseSnapshot;
        fc.pre(states.length > 1);
        const stale = { ...last, version: last.version - 1 };
        const request = { expectedVersion: stale.version, transition: what.kind === 'step' ? what.step : 'submit' };
        const result = transition(SAMPLE, last, request, asking(actor, now));
        return !result.ok && result.refusal.code === 'case.version_conflict';
      }),
    );
  });

  it('allows what it announced, and nothing else', () => {
    fc.assert(
      fc.property(attempts, person, (list, actor) => {
        const { last, now } = walk(list);
        const context = asking(actor, now);
        const announced = availableTransitions(SAMPLE, last, context).filter((step) => step.allowed);
        for (const { id } of SAMPLE.transitions) {
          const result = perform(last, { kind: 'step', step: id, filled: true }, context);
          expect([id, result.ok]).toEqual([id, announced.some((step) => step.id === id)]);
        }
      }),
    );
  });

  it('reaches every state, so that the walks prove something', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(attempts, (list) => {
        for (const snapshot of walk(list).states) reached.add(snapshot.state);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect([...reached].sort()).toEqual(SAMPLE.states.map(({ id }) => id).sort());
  });
});
