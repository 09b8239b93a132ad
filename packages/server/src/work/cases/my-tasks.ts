import type { MyTask, MyTasks } from '@quanlian/contract';
import {
  type CaseSnapshot,
  mayAct,
  type ProcessActor,
  type ProcessDefinition,
  type TransitionDefinition,
} from '@quanlian/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { caseRow } from './case-row.js';
import { concerning, selectConcerning } from './cases.list.repo.js';
import type { ProcessRegistry } from './process.registry.js';
import { processActor } from './step-context.js';

/** Open cases one person's answer is looked for in, nearest last day first. */
const MOST_LOOKED_AT = 5000;

function isWaitingForTasks(
  definition: ProcessDefinition,
  step: TransitionDefinition,
  { tasks }: CaseSnapshot,
): boolean {
  return (definition.taskGroups ?? []).some(({ id, join }) => {
    if (!step.joins?.includes(id)) return false;
    const runs = tasks.filter((run) => run.group === id);
    const latest = runs.filter(({ round }) => round === Math.max(...runs.map((run) => run.round)));
    const done = latest.filter(({ status }) => status === 'done').length;
    return join === 'all' ? done < latest.length : done === 0;
  });
}

/**
 * Steps the case waits for: not those that leave it where it is, and not those that need a reason, which are the
 * exceptions (sending back, giving up).
 */
function waitingSteps(definition: ProcessDefinition, snapshot: CaseSnapshot, actor: ProcessActor) {
  return definition.transitions.filter(
    (step) =>
      step.from.includes(snapshot.state) &&
      step.to !== snapshot.state &&
      !step.reasonRequired &&
      mayAct(step.who, snapshot, actor) &&
      !isWaitingForTasks(definition, step, snapshot),
  );
}

function openTasks(definition: ProcessDefinition, snapshot: CaseSnapshot, actor: ProcessActor) {
  return snapshot.tasks.flatMap((run) => {
    const group = definition.taskGroups?.find(({ id }) => id === run.group);
    const task = group?.tasks.find(({ id }) => id === run.task);
    const mine = run.status === 'open' && task !== undefined && mayAct(task.who, snapshot, actor);
    return mine ? [{ id: run.id, title: task.title }] : [];
  });
}

/** What waits for a person: steps and parallel tasks, nearest last day first. */
export async function myTasks(
  trx: WorkTransaction,
  asked: {
    readonly actor: Actor;
    readonly registry: ProcessRegistry;
    readonly reached: RawBuilder<boolean>;
    readonly today: string;
  },
  page: { readonly offset?: number | undefined; readonly limit?: number | undefined },
): Promise<MyTasks> {
  const { actor, registry, reached, today } = asked;
  if (actor.kind === 'system') return { total: 0, complete: true, tasks: [] };
  const people = [...new Set(actor.policy.grants.map(({ actsFor }) => actsFor).filter((id) => id !== ''))];
  const organizations = [...new Set(actor.memberships.map(({ organizationId }) => organizationId))];
  const where = sql<boolean>`${reached} and ${concerning(people, organizations)}`;
  const rows = await selectConcerning(trx, where, MOST_LOOKED_AT);
  const tasks = rows.flatMap((row): MyTask[] => {
    const { definition } = registry.of(row.process, row.process_version);
    const assignees = Object.values(row.snapshot.parties).flat();
    const standing = { id: row.id, organizationId: row.organization_id, isPublic: row.is_public, assignees };
    const person = processActor(actor, { ...standing, ownerId: row.owner_id });
    const found = { case: caseRow(row, registry, today), due: row.next_due };
    const steps = waitingSteps(definition, row.snapshot, person).map(({ id, title }) => ({ id, title }));
    return [
      ...(steps.length > 0 ? [{ ...found, kind: 'step' as const, actions: steps }] : []),
      ...openTasks(definition, row.snapshot, person).map((task) => ({
        ...found,
        kind: 'task' as const,
        actions: [task],
      })),
    ];
  });
  const { offset = 0, limit = 50 } = page;
  return { total: tasks.length, complete: rows.length < MOST_LOOKED_AT, tasks: tasks.slice(offset, offset + limit) };
}
