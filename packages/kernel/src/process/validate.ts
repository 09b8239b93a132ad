import type { ProcessDefinition, TaskDefinition, TaskGroupDefinition, WhoMay } from './definition.js';
import { type KnownNames, namesOf, type ProcessFinding, type Report, reportUnknown } from './findings.js';
import { distancesFrom, reversed, successors } from './graph.js';
import { checkDeadlines } from './validate-deadlines.js';

function checkIds(definition: ProcessDefinition, report: Report): void {
  const lists: [string, string[]][] = [
    ['state', definition.states.map(({ id }) => id)],
    ['transition', definition.transitions.map(({ id }) => id)],
    ['deadline', (definition.deadlines ?? []).map(({ id }) => id)],
    ['task group', (definition.taskGroups ?? []).map(({ id }) => id)],
    ['field', (definition.fields ?? []).map(({ name }) => name)],
    ['kind of paper', (definition.papers ?? []).map(({ kind }) => kind)],
    ...(definition.taskGroups ?? []).map(({ id, tasks }): [string, string[]] => [
      `task of ${id}`,
      tasks.map((t) => t.id),
    ]),
  ];
  for (const [kind, names] of lists) {
    const doubled = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    for (const name of doubled) report('process.duplicate_id', name, `The ${kind} "${name}" is defined twice.`);
  }
}

function checkGraph(definition: ProcessDefinition, report: Report): void {
  const initial = definition.states.filter(({ kind }) => kind === 'initial').map(({ id }) => id);
  const final = definition.states.filter(({ kind }) => kind === 'final').map(({ id }) => id);
  if (initial.length !== 1)
    report('process.initial_state', definition.id, `A process has one initial state; this one has ${initial.length}.`);
  if (final.length === 0) report('process.no_final_state', definition.id, 'The process has no final state.');
  const next = successors(definition);
  const reachable = distancesFrom(next, initial);
  const ending = distancesFrom(reversed(next), final);
  for (const { id, kind } of definition.states) {
    const exits = definition.transitions.filter((step) => step.from.includes(id));
    if (initial.length > 0 && !reachable.has(id))
      report('process.unreachable_state', id, `No way leads to the state "${id}".`);
    if (kind === 'final' && exits.length > 0)
      report('process.final_has_exit', id, `The state "${id}" is final, but "${exits[0]?.id}" leads out of it.`);
    if (kind !== 'final' && exits.length === 0)
      report('process.dead_end', id, `The state "${id}" is not final, but no step leads out of it.`);
    else if (kind !== 'final' && final.length > 0 && !ending.has(id))
      report('process.no_way_to_end', id, `From the state "${id}" no final state can be reached.`);
  }
}

function checkWho(definition: ProcessDefinition, who: WhoMay, where: string, known: KnownNames, report: Report): void {
  if (!who.permission && !who.roles?.length && !who.relations?.length && !who.system)
    report('process.nobody_may', where, `Nobody may do "${where}"; name a permission, role or relation.`);
  const permissions = who.permission === undefined ? [] : [who.permission];
  reportUnknown(report, 'process.unknown_permission', where, permissions, known.permissions);
  reportUnknown(report, 'process.unknown_role', where, who.roles, known.roles);
  reportUnknown(report, 'process.unknown_relation', where, who.relations, new Set(definition.relations));
}

function checkContent(
  definition: ProcessDefinition,
  asked: Pick<TaskDefinition, 'fields' | 'papers' | 'mayFill'>,
  where: string,
  report: Report,
): void {
  const fields = namesOf(definition.fields, ({ name }) => name);
  const papers = namesOf(definition.papers, ({ kind }) => kind);
  reportUnknown(report, 'process.unknown_field', where, [...(asked.fields ?? []), ...(asked.mayFill ?? [])], fields);
  reportUnknown(report, 'process.unknown_paper', where, asked.papers, papers);
}

function checkTransitions(definition: ProcessDefinition, known: KnownNames, report: Report): void {
  const states = namesOf(definition.states, ({ id }) => id);
  const groups = namesOf(definition.taskGroups, ({ id }) => id);
  for (const step of definition.transitions) {
    const { id, from, to, guards, effects, joins, mayName, who } = step;
    reportUnknown(report, 'process.unknown_state', id, [...from, to], states);
    if (from.length === 0) report('process.unknown_state', id, `"${id}" starts from no state.`);
    checkWho(definition, who, id, known, report);
    checkContent(definition, step, id, report);
    reportUnknown(report, 'process.unknown_relation', id, mayName, new Set(definition.relations));
    reportUnknown(
      report,
      'process.unknown_guard',
      id,
      guards?.map(({ name }) => name),
      known.guards,
    );
    reportUnknown(
      report,
      'process.unknown_effect',
      id,
      effects?.map(({ name }) => name),
      known.effects,
    );
    reportUnknown(report, 'process.unknown_group', id, joins, groups);
  }
}

/** A join closes only if the fork was passed before it; a way around the fork would hold the case at the join. */
function checkGroup(definition: ProcessDefinition, group: TaskGroupDefinition, report: Report): void {
  const never = (why: string) =>
    report('process.join_never_closes', group.id, `The tasks of "${group.id}" can never be joined: ${why}.`);
  const opening = definition.states.find(({ id }) => id === group.opensIn);
  if (!opening) {
    report(
      'process.unknown_state',
      group.id,
      `"${group.id}" opens in the state "${group.opensIn}", which does not exist.`,
    );
    return;
  }
  if (opening.kind === 'final') never(`they open in the final state "${opening.id}"`);
  if (group.tasks.length === 0) never('there are none');
  const joining = definition.transitions.filter((step) => step.joins?.includes(group.id));
  if (joining.length === 0)
    report(
      'process.fork_never_joined',
      group.id,
      `No step waits for the tasks of "${group.id}"; join them or drop them.`,
    );
  const next = successors(definition);
  const after = distancesFrom(next, [group.opensIn]);
  const without = new Map([...next].filter(([state]) => state !== group.opensIn));
  const initial = definition.states.filter(({ kind }) => kind === 'initial').map(({ id }) => id);
  const around = distancesFrom(without, initial);
  for (const step of joining) {
    for (const state of step.from) {
      if (!after.has(state)) never(`"${step.id}" waits for them in "${state}", where they have not been opened`);
      else if (around.has(state))
        never(`"${step.id}" waits for them in "${state}", which can be reached without opening them`);
    }
  }
}

/**
 * Everything that is wrong with a process definition. Run it on every definition when the program starts and refuse
 * to start on a finding.
 */
export function validateProcess(definition: ProcessDefinition, known: KnownNames): ProcessFinding[] {
  const findings: ProcessFinding[] = [];
  const report: Report = (code, where, message) =>
    findings.push({ code, where, message: `${definition.id}: ${message}` });
  checkIds(definition, report);
  checkGraph(definition, report);
  checkTransitions(definition, known, report);
  for (const group of definition.taskGroups ?? []) {
    checkGroup(definition, group, report);
    for (const task of group.tasks) {
      const where = `${group.id}/${task.id}`;
      checkWho(definition, task.who, where, known, report);
      checkContent(definition, task, where, report);
    }
  }
  checkDeadlines(definition, known, report);
  return findings;
}
