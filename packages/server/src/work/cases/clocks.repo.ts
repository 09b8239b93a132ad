import { addDays, type CaseSnapshot, type Clock, clocks, type ProcessDefinition } from '@quanlian/kernel';
import type { WorkConnection, WorkTransaction } from '../connection.js';
import type { Law } from './law.js';

/** The key under which an expiry is done once. */
export const expiryKey = (clockId: string): string => `${clockId}:expired`;

/** What was already done because of the clocks of a case. */
export async function readDoneKeys(db: WorkConnection, caseId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('case_clock_action').select('key').where('case_id', '=', caseId).execute();
  return new Set(rows.map(({ key }) => key));
}

/** Notes that something was done because of a clock; false when somebody else has done it. */
export async function noteDone(
  trx: WorkTransaction,
  action: { readonly caseId: string; readonly key: string; readonly at: Date; readonly outcome: object },
): Promise<boolean> {
  const { caseId, key, at, outcome } = action;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('case_clock_action')
    .values({ case_id: caseId, key, at, outcome: JSON.stringify(outcome) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The next day on which the clock needs somebody's attention: an escalation or its expiry not yet dealt with. */
function lookOn(clock: Clock, ended: boolean, done: ReadonlySet<string>): string | null {
  if (ended || clock.due === null) return null;
  const days = clock.escalations.filter(({ key }) => !done.has(key)).map(({ on }) => on);
  if (!done.has(expiryKey(clock.id))) days.push(addDays(clock.due, 1));
  return days.sort()[0] ?? null;
}

/** The earliest last day of the clocks that run. */
export function nextDue(definition: ProcessDefinition, snapshot: CaseSnapshot, law: Law, now: string): string | null {
  const running = new Set(snapshot.clocks.filter((run) => run.endedOn === null).map(({ id }) => id));
  const days = clocks(definition, snapshot, now, law.calendar).flatMap(({ id, due }) =>
    running.has(id) && due !== null ? [due] : [],
  );
  return days.sort()[0] ?? null;
}

/** Writes the clocks with their days, so that lists and the deadline job find them by date. */
export async function writeClocks(
  trx: WorkTransaction,
  input: {
    readonly definition: ProcessDefinition;
    readonly snapshot: CaseSnapshot;
    readonly law: Law;
    readonly now: string;
    /** Clocks whose rows may differ; all of them when absent. */
    readonly only?: ReadonlySet<string>;
    readonly done: ReadonlySet<string>;
  },
): Promise<void> {
  const { definition, snapshot, law, now, only, done } = input;
  for (const clock of clocks(definition, snapshot, now, law.calendar)) {
    const run = snapshot.clocks.find(({ id }) => id === clock.id);
    if (!run || (only && !only.has(clock.id))) continue;
    const changing = {
      due_on: clock.due,
      provisional: clock.provisional,
      calendar_until: law.calendarUntil,
      ended_on: run.endedOn,
      ending: run.ending,
      look_on: lookOn(clock, run.endedOn !== null, done),
    };
    await trx
      .insertInto('case_clock')
      .values({
        case_id: snapshot.id,
        run_id: clock.id,
        deadline: clock.deadline,
        started_on: clock.start,
        rule_id: run.rule?.ruleId ?? null,
        rule_version: run.rule?.version ?? null,
        ...changing,
      })
      .onConflict((conflict) => conflict.columns(['case_id', 'run_id']).doUpdateSet(changing))
      .execute();
  }
}

/** Brings the earliest last day of the case's row up to date when days have moved without a step. */
export async function writeNextDue(
  trx: WorkTransaction,
  input: {
    readonly definition: ProcessDefinition;
    readonly snapshot: CaseSnapshot;
    readonly law: Law;
    readonly now: string;
  },
): Promise<void> {
  const { definition, snapshot, law, now } = input;
  await trx
    .updateTable('work_case')
    .set({ next_due: nextDue(definition, snapshot, law, now) })
    .where('id', '=', snapshot.id)
    .execute();
}
