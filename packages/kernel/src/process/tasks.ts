import type { TaskChange, TaskRun } from './case.js';
import type { ProcessDefinition, TaskGroupDefinition, TransitionDefinition } from './definition.js';

function roundOf(tasks: readonly TaskRun[], group: string): number {
  return tasks.reduce((round, run) => (run.group === group ? Math.max(round, run.round) : round), 0);
}

/** The runs of a group's latest round; empty when it never opened. */
export function latestRound(tasks: readonly TaskRun[], group: string): TaskRun[] {
  const round = roundOf(tasks, group);
  return tasks.filter((run) => run.group === group && run.round === round);
}

/** Whether a transition that joins the group may go on. A group that never opened is not closed. */
export function isJoined({ id, join }: TaskGroupDefinition, tasks: readonly TaskRun[]): boolean {
  const runs = latestRound(tasks, id);
  const done = (run: TaskRun) => run.status === 'done';
  return runs.length > 0 && (join === 'all' ? runs.every(done) : runs.some(done));
}

/** Tasks that open because a state was entered. A group whose tasks are still open does not open again. */
export function tasksOpening(definition: ProcessDefinition, tasks: readonly TaskRun[], entered: string): TaskChange[] {
  return (definition.taskGroups ?? [])
    .filter((group) => group.opensIn === entered)
    .filter((group) => !latestRound(tasks, group.id).some((run) => run.status === 'open'))
    .flatMap((group) => {
      const round = roundOf(tasks, group.id) + 1;
      return group.tasks.map((task): TaskChange => {
        const id = `${group.id}/${task.id}#${round}`;
        const closed = { closedAt: null, closedBy: null };
        return { type: 'opened', run: { id, group: group.id, task: task.id, round, status: 'open', ...closed } };
      });
    });
}

/** Tasks that are cancelled by a transition: those it joins, and all when the case ends. */
export function tasksCancelled(
  tasks: readonly TaskRun[],
  transition: Pick<TransitionDefinition, 'joins'>,
  final: boolean,
): Extract<TaskChange, { readonly type: 'done' | 'cancelled' }>[] {
  return tasks
    .filter((run) => run.status === 'open' && (final || (transition.joins?.includes(run.group) ?? false)))
    .map((run) => ({ type: 'cancelled', id: run.id }));
}
