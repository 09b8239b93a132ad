import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeadlineDefinition, ProcessDefinition, StateDefinition, TransitionDefinition } from './definition.js';
import { KNOWN, SAMPLE } from './sample.testkit.js';
import { validateProcess } from './validate.js';

const codes = (definition: ProcessDefinition) => validateProcess(definition, KNOWN).map((finding) => finding.code);
const change = (id: string, more: Partial<TransitionDefinition>) => ({
  ...SAMPLE,
  transitions: SAMPLE.transitions.map((step) => (step.id === id ? { ...step, ...more } : step)),
});
const clock = (id: string, more: Partial<DeadlineDefinition>) => ({
  ...SAMPLE,
  deadlines: SAMPLE.deadlines?.map((entry) => (entry.id === id ? { ...entry, ...more } : entry)),
});
const without = (id: string) => ({ ...SAMPLE, transitions: SAMPLE.transitions.filter((step) => step.id !== id) });
const group = (more: object) => ({ ...SAMPLE, taskGroups: SAMPLE.taskGroups?.map((entry) => ({ ...entry, ...more })) });
const state = (id: string, kind: StateDefinition['kind']): StateDefinition => ({ id, kind, title: { zh: id, en: id } });

describe('validation of a process', () => {
  it('finds nothing wrong with the sample', () => {
    expect(validateProcess(SAMPLE, KNOWN)).toEqual([]);
  });

  it('finds names that do not exist', () => {
    expect(codes(change('accept', { to: 'heaven' }))).toContain('process.unknown_state');
    expect(codes(change('accept', { from: [] }))).toContain('process.unknown_state');
    expect(codes(change('accept', { guards: [{ name: 'moon' }] }))).toEqual(['process.unknown_guard']);
    expect(codes(change('accept', { effects: [{ name: 'fly' }] }))).toEqual(['process.unknown_effect']);
    expect(codes(change('accept', { who: { permission: 'all' } }))).toEqual(['process.unknown_permission']);
    expect(codes(change('accept', { who: { roles: ['king'] } }))).toEqual(['process.unknown_role']);
    expect(codes(change('accept', { who: { relations: ['cousin'] } }))).toEqual(['process.unknown_relation']);
    expect(codes(change('accept', { mayName: ['cousin'] }))).toEqual(['process.unknown_relation']);
    expect(codes(change('accept', { who: {} }))).toEqual(['process.nobody_may']);
    expect(codes(change('accept', { fields: ['size'] }))).toEqual(['process.unknown_field']);
    expect(codes(change('accept', { mayFill: ['size'] }))).toEqual(['process.unknown_field']);
    expect(codes(change('accept', { papers: ['photo'] }))).toEqual(['process.unknown_paper']);
    expect(codes(change('accept', { joins: ['forks'] }))).toEqual(['process.unknown_group']);
    expect(codes(clock('acceptance', { basis: 'cn.nothing' }))).toEqual(['process.unknown_rule']);
    expect(codes(clock('acceptance', { stopsIn: ['limbo'] }))).toEqual(['process.unknown_state']);
    expect(codes(clock('acceptance', { escalation: [{ days: 1, unit: 'days', tell: ['king'] }] }))).toEqual([
      'process.unknown_role',
    ]);
  });

  it('finds ids used twice', () => {
    expect(codes({ ...SAMPLE, states: [...SAMPLE.states, state('lapsed', 'final')] })).toEqual([
      'process.duplicate_id',
    ]);
    const [first] = SAMPLE.transitions;
    expect(codes({ ...SAMPLE, transitions: [...SAMPLE.transitions, first as TransitionDefinition] })).toEqual([
      'process.duplicate_id',
    ]);
  });

  it('finds states that cannot be reached or left, and final states that can', () => {
    expect(codes({ ...SAMPLE, states: [...SAMPLE.states, state('island', 'final')] })).toEqual([
      'process.unreachable_state',
    ]);
    expect(codes(change('ask', { to: 'submitted' }))).toContain('process.unreachable_state');
    expect(codes({ ...SAMPLE, states: [...SAMPLE.states, state('second', 'initial')] })).toContain(
      'process.initial_state',
    );
    const trap = change('correct', { to: 'trap' });
    expect(codes({ ...trap, states: [...trap.states, state('trap', 'active')] })).toEqual(['process.dead_end']);
    expect(codes(change('withdraw', { from: ['draft', 'lapsed'] }))).toContain('process.final_has_exit');
    const loop: ProcessDefinition = {
      ...SAMPLE,
      taskGroups: [],
      deadlines: [],
      states: [state('a', 'initial'), state('b', 'active'), state('end', 'final')],
      transitions: [{ id: 'go', title: { zh: '去', en: 'Go' }, from: ['a', 'b'], to: 'b', who: { roles: ['clerk'] } }],
    };
    expect(codes(loop)).toEqual(['process.no_way_to_end', 'process.no_way_to_end', 'process.unreachable_state']);
    expect(codes({ ...loop, states: loop.states.slice(0, 2) })).toEqual(['process.no_final_state']);
  });

  it('finds forks and joins that do not meet', () => {
    expect(codes(group({ tasks: [] }))).toEqual(['process.join_never_closes']);
    expect(codes(group({ opensIn: 'limbo' }))).toEqual(['process.unknown_state']);
    expect(codes(group({ opensIn: 'decided' }))).toContain('process.join_never_closes');
    expect(codes(group({ opensIn: 'correction' }))).toEqual(['process.join_never_closes']);
    expect(codes(group({ opensIn: 'lapsed' }))).toContain('process.join_never_closes');
    expect(codes(change('decide', { joins: [] }))).toEqual(['process.fork_never_joined']);
    expect(codes(group({ opensIn: 'submitted' }))).toEqual([]);
  });

  it('finds deadlines that start from nothing, have no length, are never met, or expire into nothing', () => {
    const nothing = 'process.deadline_starts_from_nothing';
    expect(codes(clock('decision', { starts: { field: 'subject' } }))).toEqual([nothing]);
    expect(codes(clock('decision', { starts: { field: 'nowhere' } }))).toEqual([nothing]);
    expect(codes(clock('decision', { starts: { state: 'limbo' } }))).toEqual([nothing]);
    expect(codes(clock('decision', { starts: { state: 'decided' } }))).toEqual([nothing]);
    expect(codes(clock('decision', { starts: { transition: 'jump' } }))).toEqual([nothing]);
    expect(codes(clock('decision', { basis: null }))).toEqual(['process.deadline_length']);
    expect(codes(clock('decision', { period: { amount: 1, unit: 'days' } }))).toEqual(['process.deadline_length']);
    expect(codes(clock('decision', { meets: {} }))).toEqual(['process.deadline_never_met']);
    expect(codes(clock('correction', { onExpiry: { transition: 'jump' } }))).toEqual(['process.unknown_transition']);
    expect(codes(clock('correction', { onExpiry: { transition: 'withdraw' } }))).toEqual(['process.expiry_impossible']);
    expect(codes(without('lapse'))).toEqual(['process.unreachable_state', 'process.unknown_transition']);
  });

  it('agrees with plain closure on which states are unreachable or lead nowhere', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const arrows = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 12 });
    fc.assert(
      fc.property(arrows, (list) => {
        const edges = list.filter(([from]) => from !== 'f');
        const definition: ProcessDefinition = {
          id: 'random',
          version: 1,
          title: { zh: '图', en: 'Graph' },
          states: names.map((id) => state(id, id === 'a' ? 'initial' : id === 'f' ? 'final' : 'active')),
          transitions: edges.map(([from, to], index) => ({
            id: `t${index}`,
            title: { zh: '步', en: 'Step' },
            from: [from],
            to,
            who: { roles: ['clerk'] },
          })),
        };
        const reach = new Set(names.map((name) => `${name}${name}`));
        for (const [from, to] of edges) reach.add(from + to);
        for (const k of names)
          for (const i of names) for (const j of names) if (reach.has(i + k) && reach.has(k + j)) reach.add(i + j);
        const found = validateProcess(definition, KNOWN);
        const where = (...wanted: string[]) =>
          found
            .filter((finding) => wanted.includes(finding.code))
            .map((finding) => finding.where)
            .sort();
        expect(where('process.unreachable_state')).toEqual(names.filter((name) => !reach.has(`a${name}`)));
        expect(where('process.dead_end', 'process.no_way_to_end')).toEqual(
          names.filter((name) => !reach.has(`${name}f`)),
        );
      }),
    );
  });
});
