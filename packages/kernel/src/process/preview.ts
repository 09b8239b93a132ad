import type { Words } from '../rules/certainty.js';
import type { Refusal, Result } from '../rules/refusal.js';
import type { CaseInput, ProcessActor, ProcessContext } from './actor.js';
import type { CaseSnapshot } from './case.js';
import { blockers, missingInput } from './checks.js';
import { type Clock, clocks } from './clocks.js';
import type { ProcessDefinition, TaskDefinition } from './definition.js';
import { type CaseOutcome, completeTask, transition } from './engine.js';

/** A step that leads out of the present state, and what stands in its way. */
export interface AvailableTransition {
  readonly id: string;
  readonly title: Words;
  readonly to: string;
  /** Nothing stands in the way but what `needs` lists. */
  readonly allowed: boolean;
  readonly refusals: readonly Refusal[];
  /** What the person has to fill in or add. */
  readonly needs: {
    readonly fields: readonly string[];
    readonly papers: readonly string[];
    readonly reason: boolean;
    /** What the person may fill in besides. */
    readonly mayFill: readonly string[];
    /** Relations the person may fill. */
    readonly mayName: readonly string[];
  };
}

/** The steps from the present state for this actor, with all reasons why not. */
export function availableTransitions(
  definition: ProcessDefinition,
  snapshot: CaseSnapshot,
  context: ProcessContext,
): AvailableTransition[] {
  return definition.transitions
    .filter((step) => step.from.includes(snapshot.state))
    .map((step) => {
      const refusals = blockers(definition, step, snapshot, {}, context);
      return {
        id: step.id,
        title: step.title,
        to: step.to,
        allowed: refusals.length === 0,
        refusals,
        needs: {
          ...missingInput(step, snapshot),
          reason: step.reasonRequired ?? false,
          mayFill: step.mayFill ?? [],
          mayName: step.mayName ?? [],
        },
      };
    });
}

/** What closing a parallel task asks for, and what may come along. */
export function taskNeeds(
  task: TaskDefinition,
  snapshot: Pick<CaseSnapshot, 'fields' | 'papers'>,
): { readonly fields: string[]; readonly papers: string[]; readonly mayFill: string[] } {
  return { ...missingInput(task, snapshot), mayFill: [...(task.mayFill ?? [])] };
}

/** One thing that might happen: a step or a task, at an instant, by somebody. */
export interface SimulatedStep extends CaseInput {
  readonly do: { readonly transition: string } | { readonly task: string };
  readonly at: string;
  readonly actor?: ProcessActor;
  readonly reason?: string;
}

/** What would come of one step. */
export interface SimulatedOutcome {
  readonly result: Result<CaseOutcome>;
  /** The case afterwards; unchanged when the step was refused. */
  readonly snapshot: CaseSnapshot;
  readonly clocks: readonly Clock[];
}

/**
 * "What happens if": takes the steps one after another on a copy and shows case and clocks after each. Stops at the
 * first refusal, which is the last outcome. Nothing is stored and no effect is run.
 */
export function simulate(
  definition: ProcessDefinition,
  snapshot: CaseSnapshot,
  steps: readonly SimulatedStep[],
  context: ProcessContext,
): SimulatedOutcome[] {
  const outcomes: SimulatedOutcome[] = [];
  let current = snapshot;
  for (const { do: action, at, actor = context.actor, ...rest } of steps) {
    const then = { ...context, now: at, actor };
    const request = { ...rest, expectedVersion: current.version };
    const result =
      'transition' in action
        ? transition(definition, current, { ...request, transition: action.transition }, then)
        : completeTask(definition, current, { ...request, task: action.task }, then);
    if (result.ok) current = result.value.snapshot;
    outcomes.push({ result, snapshot: current, clocks: clocks(definition, current, at, context.calendar) });
    if (!result.ok) break;
  }
  return outcomes;
}
