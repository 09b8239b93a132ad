import { QuanlianError } from '@quanlian/contract';
import type { IsoDate } from '../calendar/date.js';
import type { Period, Stop } from '../calendar/deadline.js';
import type { RuleReference } from '../rules/schema.js';
import type { Scalar } from './definition.js';

/** Who acted: a person (or `system`), for somebody else when the role was delegated. */
export interface ActorStamp {
  readonly id: string;
  readonly onBehalfOf: string | null;
}

/** A paper in the case; the bytes are kept elsewhere by their hash. */
export interface Paper {
  readonly id: string;
  readonly kind: string;
  readonly hash: string;
}

/** One run of a deadline. The last day is not stored: it follows from these and from the working-day calendar. */
export interface ClockRun {
  readonly id: string;
  readonly deadline: string;
  readonly start: IsoDate;
  readonly period: Period;
  readonly moveToWorkingDay: boolean;
  /** The rule version that gave the length; null when the house set it. */
  readonly rule: RuleReference | null;
  readonly stops: readonly Stop[];
  readonly endedOn: IsoDate | null;
  /** `met`: what it asked for happened; `closed`: the case ended; `superseded`: it began anew from another date. */
  readonly ending: 'met' | 'closed' | 'superseded' | null;
}

/** One run of a task. */
export interface TaskRun {
  readonly id: string;
  readonly group: string;
  readonly task: string;
  readonly round: number;
  readonly status: 'open' | 'done' | 'cancelled';
  readonly closedAt: string | null;
  readonly closedBy: ActorStamp | null;
}

/** What an event did to the clocks. */
export type ClockChange =
  | { readonly type: 'started'; readonly run: ClockRun }
  | { readonly type: 'stopped' | 'resumed'; readonly id: string; readonly on: IsoDate }
  | {
      readonly type: 'ended';
      readonly id: string;
      readonly on: IsoDate;
      readonly ending: 'met' | 'closed' | 'superseded';
    };

/** What an event did to the tasks. */
export type TaskChange =
  | { readonly type: 'opened'; readonly run: TaskRun }
  | { readonly type: 'done' | 'cancelled'; readonly id: string };

/** People and organizations by their relation to the case. */
export type Parties = Readonly<Record<string, readonly string[]>>;

interface EventBase {
  /** 1 for the opening, then one more each; equals the version of the case after it. */
  readonly sequence: number;
  readonly at: string;
  readonly by: ActorStamp;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly papers: readonly Paper[];
  readonly parties: Parties;
  readonly clocks: readonly ClockChange[];
  readonly tasks: readonly TaskChange[];
}

/** One entry of the history. It holds everything it changed, so the fold needs no definition. */
export type CaseEvent =
  | (EventBase & {
      readonly type: 'opened';
      readonly caseId: string;
      readonly process: string;
      readonly processVersion: number;
      readonly state: string;
    })
  | (EventBase & {
      readonly type: 'moved';
      readonly transition: string;
      readonly from: string;
      readonly to: string;
      readonly reason: string | null;
    })
  | (EventBase & { readonly type: 'task-done'; readonly task: string })
  | (EventBase & { readonly type: 'amended'; readonly reason: string | null });

/** One step of the way the case took. */
export interface PathStep {
  readonly transition: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly by: ActorStamp;
}

/** The case as it stands. Always equal to the fold of its history. */
export interface CaseSnapshot {
  readonly id: string;
  readonly process: string;
  readonly processVersion: number;
  readonly state: string;
  /** Number of events so far; a request names the version it saw. */
  readonly version: number;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly papers: readonly Paper[];
  readonly parties: Parties;
  readonly clocks: readonly ClockRun[];
  readonly tasks: readonly TaskRun[];
  readonly path: readonly PathStep[];
}

function applyClock(clocks: readonly ClockRun[], change: ClockChange): readonly ClockRun[] {
  if (change.type === 'started') return [...clocks, change.run];
  return clocks.map((run): ClockRun => {
    if (run.id !== change.id) return run;
    if (change.type === 'stopped') return { ...run, stops: [...run.stops, { from: change.on, to: null }] };
    const stops = run.stops.map((stop) => (stop.to === null ? { ...stop, to: change.on } : stop));
    return change.type === 'ended' ? { ...run, stops, endedOn: change.on, ending: change.ending } : { ...run, stops };
  });
}

function applyTask(tasks: readonly TaskRun[], change: TaskChange, event: CaseEvent): readonly TaskRun[] {
  if (change.type === 'opened') return [...tasks, change.run];
  return tasks.map((run) =>
    run.id === change.id ? { ...run, status: change.type, closedAt: event.at, closedBy: event.by } : run,
  );
}

function applyContent(snapshot: CaseSnapshot, event: CaseEvent): CaseSnapshot {
  return {
    ...snapshot,
    version: event.sequence,
    changedAt: event.at,
    fields: { ...snapshot.fields, ...event.fields },
    papers: [...snapshot.papers, ...event.papers],
    parties: { ...snapshot.parties, ...event.parties },
    clocks: event.clocks.reduce(applyClock, snapshot.clocks),
    tasks: event.tasks.reduce((tasks, change) => applyTask(tasks, change, event), snapshot.tasks),
  };
}

/** The case after an event. Throws `process.invalid` when the event does not follow the case. */
export function applyEvent(snapshot: CaseSnapshot | null, event: CaseEvent): CaseSnapshot {
  if (event.sequence !== (snapshot?.version ?? 0) + 1 || (snapshot === null) !== (event.type === 'opened'))
    throw new QuanlianError(
      'process.invalid',
      `Entry ${event.sequence} ("${event.type}") does not follow version ${snapshot?.version ?? 0} of the case; the history is cut or out of order.`,
    );
  if (event.type === 'opened') {
    const { caseId: id, process, processVersion, state, at } = event;
    const empty = { fields: {}, papers: [], parties: {}, clocks: [], tasks: [], path: [] };
    const opened = { id, process, processVersion, state, version: 0, openedAt: at, changedAt: at, ...empty };
    return applyContent(opened, event);
  }
  const before = snapshot as CaseSnapshot;
  if (event.type !== 'moved') return applyContent(before, event);
  const { transition, from, to, at, by } = event;
  if (from !== before.state)
    throw new QuanlianError(
      'process.invalid',
      `Entry ${event.sequence} leaves the state "${from}", but the case is in "${before.state}".`,
    );
  return { ...applyContent(before, event), state: to, path: [...before.path, { transition, from, to, at, by }] };
}

/** The case a history leads to. Throws `process.invalid` for a history that is empty, cut or out of order. */
export function foldHistory(events: readonly CaseEvent[]): CaseSnapshot {
  const snapshot = events.reduce<CaseSnapshot | null>(applyEvent, null);
  if (snapshot === null) throw new QuanlianError('process.invalid', 'A case has at least the entry that opened it.');
  return snapshot;
}
