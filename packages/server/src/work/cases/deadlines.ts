import { type Clock, clocks, type ExpiryAction, expiryActions, transition } from '@quanlian/kernel';
import type { Actor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { withWork } from '../context.js';
import { dayOf } from '../environment.js';
import type { CaseProcess } from './case-process.js';
import { readCase } from './cases.repo.js';
import { type CaseDeps, commitStep, runEffects } from './cases.service.js';
import { expiryKey, noteDone, readDoneKeys, writeClocks, writeNextDue } from './clocks.repo.js';
import { readFacts, stepContext } from './step-context.js';
import { CASE_KIND, type StoredCase } from './stored-case.js';

/** What a run of the deadline job did. */
interface DeadlineReport {
  readonly looked: number;
  readonly escalated: number;
  readonly expired: number;
  /** Cases that could not be dealt with; they are looked at again in the next run. */
  readonly failed: readonly { readonly caseId: string; readonly error: unknown }[];
}

/** Looks for last days that have come or passed. */
export interface Deadlines {
  run(): Promise<DeadlineReport>;
}

interface Job extends CaseDeps {
  readonly actor: Actor;
}

interface Found {
  readonly trx: WorkTransaction;
  readonly stored: StoredCase;
  readonly process: CaseProcess;
  readonly done: ReadonlySet<string>;
}

const MOST_IN_A_RUN = 10_000;

/** Cases with a clock whose day has come, or whose day was computed before the calendar knew the year. */
async function findDue({ db, actor, environment, law }: Job): Promise<string[]> {
  const today = dayOf(environment.now());
  return withWork(db, actor, async (trx) => {
    const rows = await trx
      .selectFrom('case_clock')
      .select('case_id')
      .distinct()
      .where((eb) =>
        eb.or([
          eb('look_on', '<=', today),
          eb.and([
            eb('provisional', '=', true),
            eb('ended_on', 'is', null),
            eb('calendar_until', '<', law.calendarUntil),
          ]),
        ]),
      )
      .orderBy('case_id')
      .limit(MOST_IN_A_RUN)
      .execute();
    return rows.map(({ case_id }) => case_id);
  });
}

function note({ audit, environment }: Job, { trx, stored }: Found, action: string, key: string, outcome: object) {
  audit.append(trx, {
    organizationId: stored.organizationId,
    action,
    subject: { kind: CASE_KIND, id: stored.id },
    after: { key, ...outcome },
  });
  return noteDone(trx, { caseId: stored.id, key, at: environment.now(), outcome });
}

/** Tells whom the escalations of today name, each once. */
async function escalate(job: Job, found: Found, clock: Clock): Promise<number> {
  const { trx, stored, process, done } = found;
  const due = clock.escalations.filter((entry) => entry.due && !done.has(entry.key));
  for (const { key, tell: to } of due) {
    const parameters = { clock: `${clock.title.zh} / ${clock.title.en}`, due: clock.due ?? '' };
    const permission = process.permissions.read;
    const told = await job.tell(trx, stored, { to, kind: 'case.escalated', parameters, permission });
    await note(job, found, 'case.escalated', key, { clock: clock.id, told });
  }
  return due.length;
}

/** The step the process names for the expiry, decided but not written; null when there is none or it is refused. */
async function expiryStep(job: Job, found: Found, action: ExpiryAction | undefined) {
  if (!action || action.transition === null) return { outcome: null, refusal: null };
  const { trx, stored, process } = found;
  const facts = await readFacts(trx, process, stored);
  const context = stepContext({ ...job, stored, process, facts });
  const request = { transition: action.transition, expectedVersion: stored.snapshot.version };
  const result = transition(process.definition, stored.snapshot, request, context);
  return result.ok ? { outcome: result.value, refusal: null } : { outcome: null, refusal: result.refusal.code };
}

/** A last day has passed: that is noted, and what the process names for it is done by the program. */
async function expire(job: Job, found: Found, clock: Clock, action: ExpiryAction | undefined): Promise<StoredCase> {
  const { trx, stored, process } = found;
  const { outcome, refusal } = await expiryStep(job, found, action);
  const step = outcome ? (action?.transition ?? null) : null;
  await note(job, found, 'case.expired', expiryKey(clock.id), { clock: clock.id, due: clock.due, step, refusal });
  const { actor } = job;
  const after = outcome ? await commitStep(job, trx, { actor, process, stored, outcome }) : stored;
  await runEffects(job, trx, { actor, process, stored: after, outcome }, action?.effects ?? []);
  return after;
}

async function escalateAll(job: Job, found: Found, now: string): Promise<number> {
  let escalated = 0;
  for (const clock of clocks(found.process.definition, found.stored.snapshot, now, job.law.calendar))
    escalated += await escalate(job, found, clock);
  return escalated;
}

/** One expiry after another: each may take a step that ends the clock of the next. */
async function expireAll(job: Job, found: Found, now: string) {
  const { process, done } = found;
  const { calendar } = job.law;
  let { stored } = found;
  const dealt = new Set<string>();
  const next = () =>
    clocks(process.definition, stored.snapshot, now, calendar).find(
      ({ id, status }) => status === 'expired' && !dealt.has(id) && !done.has(expiryKey(id)),
    );
  for (let clock = next(); clock; clock = next()) {
    dealt.add(clock.id);
    const actions = expiryActions(process.definition, stored.snapshot, now, calendar);
    const { id } = clock;
    stored = await expire(
      job,
      { ...found, stored },
      clock,
      actions.find((action) => action.clock === id),
    );
  }
  return { stored, expired: dealt.size };
}

async function deal(job: Job, caseId: string): Promise<{ escalated: number; expired: number }> {
  const { db, actor, law, registry, environment } = job;
  return withWork(db, actor, async (trx) => {
    const before = await readCase(trx, caseId, true);
    if (!before) return { escalated: 0, expired: 0 };
    const process = registry.of(before.snapshot.process, before.snapshot.processVersion);
    const now = environment.now().toISOString();
    const found = { trx, stored: before, process, done: await readDoneKeys(trx, caseId) };
    const escalated = await escalateAll(job, found, now);
    const { stored, expired } = await expireAll(job, found, now);
    const rows = { definition: process.definition, snapshot: stored.snapshot, law, now };
    await writeClocks(trx, { ...rows, done: await readDoneKeys(trx, caseId) });
    await writeNextDue(trx, rows);
    return { escalated, expired };
  });
}

/** Each case in a transaction of its own that locks it: a second job waits, and then finds everything done. */
export function createDeadlines(deps: CaseDeps, systemActor: () => Promise<Actor>): Deadlines {
  return {
    async run() {
      const job: Job = { ...deps, actor: await systemActor() };
      const due = await findDue(job);
      const failed: { caseId: string; error: unknown }[] = [];
      let [escalated, expired] = [0, 0];
      for (const caseId of due) {
        try {
          const dealt = await deal(job, caseId);
          escalated += dealt.escalated;
          expired += dealt.expired;
        } catch (error) {
          failed.push({ caseId, error });
        }
      }
      return { looked: due.length, escalated, expired, failed };
    },
  };
}
