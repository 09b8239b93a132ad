import type { CaseBoard, CaseCalendar, CaseFilter, CaseList, CaseQuery, CaseRow, MyTasks } from '@quanlian/contract';
import type { Permission } from '@quanlian/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { dayOf, type Environment } from '../environment.js';
import { caseRow } from './case-row.js';
import {
  countCases,
  countStates,
  matching,
  type ReadableProcesses,
  readable,
  selectCases,
  selectClocks,
} from './cases.list.repo.js';
import { myTasks } from './my-tasks.js';
import type { ProcessRegistry } from './process.registry.js';

/** Lists of cases. Everything is bounded by what the actor may read of each process. */
export interface CaseLists {
  list(trx: WorkTransaction, actor: Actor, query: CaseQuery): Promise<CaseList>;
  /** All cases of a filter one after another, for exports; at most 100 000. */
  all(trx: WorkTransaction, actor: Actor, filter: CaseFilter): Promise<CaseRow[]>;
  /** The states of one process with exact counts and the first cases of each. */
  board(trx: WorkTransaction, actor: Actor, process: string, filter: CaseFilter): Promise<CaseBoard>;
  calendar(
    trx: WorkTransaction,
    actor: Actor,
    query: CaseFilter & { readonly from: string; readonly to: string },
  ): Promise<CaseCalendar>;
  mine(
    trx: WorkTransaction,
    actor: Actor,
    page: { readonly offset?: number | undefined; readonly limit?: number | undefined },
  ): Promise<MyTasks>;
  /** The condition for counts of other services over `work_case as c`. */
  reached(actor: Actor): RawBuilder<boolean>;
}

const LONGEST_EXPORT = 100_000;
const CARDS_IN_COLUMN = 50;
const CALENDAR_ENTRIES = 5000;

function processesByPermission({ all }: ProcessRegistry): ReadableProcesses {
  const found = new Map<Permission, string[]>();
  for (const { definition, permissions } of all) {
    const ids = found.get(permissions.read) ?? [];
    if (!ids.includes(definition.id)) found.set(permissions.read, [...ids, definition.id]);
  }
  return found;
}

type Clock = Awaited<ReturnType<typeof selectClocks>>[number];

function clockStatus(
  { ending, ended_on, due_on }: Clock,
  today: string,
): 'running' | 'expired' | 'met' | 'met-late' | 'closed' | 'superseded' {
  if (ending === 'met') return ended_on !== null && due_on !== null && ended_on > due_on ? 'met-late' : 'met';
  if (ending !== null) return ending;
  return due_on !== null && due_on < today ? 'expired' : 'running';
}

function byDay(clocks: readonly Clock[], registry: ProcessRegistry, today: string): CaseCalendar['days'] {
  const days = new Map<string, CaseCalendar['days'][number]['entries']>();
  for (const clock of clocks) {
    const { definition } = registry.of(clock.process, clock.process_version);
    const entries = days.get(clock.due_on ?? '') ?? [];
    entries.push({
      caseId: clock.id,
      title: clock.title,
      process: clock.process,
      clock: clock.run_id,
      clockTitle: definition.deadlines?.find(({ id }) => id === clock.deadline)?.title ?? {
        zh: clock.deadline,
        en: clock.deadline,
      },
      status: clockStatus(clock, today),
      provisional: clock.provisional,
    });
    days.set(clock.due_on ?? '', entries);
  }
  return [...days].map(([date, entries]) => ({ date, entries }));
}

export function createCaseLists(deps: {
  readonly environment: Pick<Environment, 'now'>;
  readonly registry: ProcessRegistry;
}): CaseLists {
  const { environment, registry } = deps;
  const processes = processesByPermission(registry);
  const reached = (actor: Actor) => readable(actor, processes);
  const today = () => dayOf(environment.now());
  const condition = (actor: Actor, filter: CaseFilter) =>
    sql<boolean>`${reached(actor)} and ${matching(filter, today())}`;
  const rows = async (trx: WorkTransaction, where: RawBuilder<boolean>, query: CaseQuery) =>
    (await selectCases(trx, where, query)).map((row) => caseRow(row, registry, today()));

  return {
    reached,
    async list(trx, actor, query) {
      const where = condition(actor, query);
      return { total: await countCases(trx, where), cases: await rows(trx, where, query) };
    },
    all: (trx, actor, filter) => rows(trx, condition(actor, filter), { sort: 'opened', limit: LONGEST_EXPORT }),
    async board(trx, actor, process, filter) {
      const { definition } = registry.newest(process);
      const ofProcess = { ...filter, process: [process] };
      const counts = await countStates(trx, condition(actor, ofProcess));
      const columns: CaseBoard['columns'] = [];
      for (const { id, title, kind } of definition.states) {
        const where = condition(actor, { ...ofProcess, state: [id] });
        const total = counts.get(id) ?? 0;
        const cases = total === 0 ? [] : await rows(trx, where, { sort: 'due', limit: CARDS_IN_COLUMN });
        columns.push({ state: id, title, kind, total, cases });
      }
      return { columns };
    },
    async calendar(trx, actor, { from, to, ...filter }) {
      const limit = CALENDAR_ENTRIES + 1;
      const found = await selectClocks(trx, condition(actor, filter), { from, to, limit });
      const complete = found.length < limit;
      return { days: byDay(complete ? found : found.slice(0, -1), registry, today()), complete };
    },
    mine: (trx, actor, page) => myTasks(trx, { actor, registry, reached: reached(actor), today: today() }, page),
  };
}
