import type { WorkDatabase } from '@quanlian/db';
import {
  type CaseEvent,
  type CaseSnapshot,
  type Clock,
  clocks,
  daysBetween,
  foldHistory,
  type ProcessDefinition,
} from '@quanlian/kernel';
import { sql } from 'kysely';
import { INSPECTION_PROCESS, rectificationProcess } from '../links/governance/inspection/inspection.process.js';
import { taskProcess } from '../links/governance/plan/task.process.js';
import type { Law } from '../work/cases/law.js';
import { dayOf } from '../work/environment.js';

/**
 * Counts the figures of a year once more from the records alone, in plain loops and without the queries of the
 * services: rosters, certificates, marks, answers, and the histories of cases.
 */
export interface Records {
  readonly organizations: readonly { id: string; path: string[] }[];
  readonly roster: readonly {
    learner: string;
    organization: string;
    tier: string;
    audience: string;
    from: string;
    to: string | null;
  }[];
  readonly certificates: readonly {
    learner: string;
    tier: string;
    audience: string;
    issued: string;
    until: string | null;
    revoked: string | null;
    enrolment: string;
  }[];
  readonly enrolments: readonly { id: string; batch: string; state: string; version: string; sessions: number }[];
  readonly attended: ReadonlyMap<string, number>;
  readonly answers: readonly {
    enrolment: string;
    version: string;
    answers: number[][];
    points: number;
    passed: boolean;
  }[];
  readonly keys: ReadonlyMap<string, { right: number[][]; points: number[]; pass: number; attendance: number }>;
  readonly cases: ReadonlyMap<string, { process: string; organization: string; events: CaseEvent[] }>;
  readonly findings: readonly {
    id: string;
    order: string | null;
    organization: string;
    item: string;
    severity: string;
    found: string;
    recorded: Date;
  }[];
  readonly seats: ReadonlyMap<string, number>;
}

async function read<Row>({ system }: WorkDatabase, text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(system)).rows;
}

export async function readRecords(work: WorkDatabase): Promise<Records> {
  type Of<Name extends keyof Records> = Records[Name] extends readonly (infer Item)[] ? Item : never;
  const attended = await read<{ enrolment_id: string; count: bigint }>(
    work,
    `select enrolment_id, count(*) from training_attendance where state = 'present' group by 1`,
  );
  const keys = await read<{
    id: string;
    answers: number[][];
    questions: { points: number }[];
    pass: number;
    attendance: number;
  }>(
    work,
    `select v.id, k.answers, v.questions, v.pass_percent as pass, v.attendance_percent as attendance
     from training_curriculum_version v join training_answer_key k on k.version_id = v.id`,
  );
  const events = await read<{ case_id: string; process: string; organization_id: string; event: CaseEvent }>(
    work,
    `select e.case_id, c.process, c.organization_id, e.event from case_event e
     join work_case c on c.id = e.case_id order by e.case_id, e.sequence`,
  );
  const cases = new Map<string, { process: string; organization: string; events: CaseEvent[] }>();
  for (const { case_id, process, organization_id, event } of events) {
    const one = cases.get(case_id) ?? { process, organization: organization_id, events: [] };
    one.events.push(event);
    cases.set(case_id, one);
  }
  const seats = await read<{ batch_id: string; taken: number }>(work, 'select batch_id, taken from training_seats');
  return {
    organizations: await read(work, 'select id, path from organization'),
    roster: await read<Of<'roster'>>(
      work,
      `select learner_id as learner, organization_id as organization, tier, audience, from_day as "from", to_day as "to"
       from training_roster_entry`,
    ),
    certificates: await read<Of<'certificates'>>(
      work,
      `select learner_id as learner, tier, audience, issued_on as issued, valid_until as until, revoked_on as revoked,
       enrolment_id as enrolment from training_certificate`,
    ),
    enrolments: await read<Of<'enrolments'>>(
      work,
      `select e.id, e.batch_id as batch, e.state, b.version_id as version,
       (select count(*)::int from training_session s where s.batch_id = b.id) as sessions
       from training_enrolment e join training_batch b on b.id = e.batch_id`,
    ),
    attended: new Map(attended.map(({ enrolment_id, count }) => [enrolment_id, Number(count)])),
    answers: await read<Of<'answers'>>(
      work,
      `select a.enrolment_id as enrolment, b.version_id as version, a.answers, a.points, a.passed
       from training_attempt a join training_batch b on b.id = a.batch_id`,
    ),
    keys: new Map(
      keys.map(({ id, answers: right, questions, pass, attendance }) => [
        id,
        { right, points: questions.map(({ points }) => points), pass, attendance },
      ]),
    ),
    cases,
    findings: await read<Of<'findings'>>(
      work,
      `select id, order_id as "order", organization_id as organization, item_code as item, severity, found_on as found,
       recorded_at as recorded from inspection_finding order by recorded_at, item_code`,
    ),
    seats: new Map(seats.map(({ batch_id, taken }) => [batch_id, taken])),
  };
}

/** People certified among those on the roster: organization and tier to both numbers. */
export function recountCoverage({ organizations, roster, certificates }: Records, on: string) {
  const paths = new Map(organizations.map(({ id, path }) => [id, path]));
  const held = new Set(
    certificates
      .filter(({ issued, until, revoked }) => issued <= on && (until ?? '9') >= on && (revoked ?? '9') > on)
      .map(({ learner, tier, audience }) => `${learner} ${tier} ${audience}`),
  );
  const cells = new Map<string, { everybody: Set<string>; missing: Set<string> }>();
  const count = (key: string, learner: string, certified: boolean): void => {
    const cell = cells.get(key) ?? { everybody: new Set(), missing: new Set() };
    cell.everybody.add(learner);
    if (!certified) cell.missing.add(learner);
    cells.set(key, cell);
  };
  for (const { learner, organization, tier, audience, from, to } of roster) {
    if (from > on || (to ?? '9') < on) continue;
    const certified = [audience, 'everyone'].some((fit) => held.has(`${learner} ${tier} ${fit}`));
    for (const above of [...(paths.get(organization) ?? []), 'total']) {
      count(`${above} ${tier}`, learner, certified);
      count(`${above} null`, learner, certified);
    }
  }
  const figures = [...cells].map(([key, { everybody, missing }]): [string, [number, number]] => [
    key,
    [everybody.size, everybody.size - missing.size],
  ]);
  return new Map(figures);
}

/** Points as the answers give them. */
function scored(records: Records, { version, answers }: Records['answers'][number]): number {
  const key = records.keys.get(version);
  return (key?.right ?? []).reduce((sum, right, index) => {
    const same = JSON.stringify([...(answers[index] ?? [])].sort()) === JSON.stringify([...right].sort());
    return sum + (same ? (key?.points[index] ?? 0) : 0);
  }, 0);
}

/** Attempts whose stored score is not what their answers give. */
export const wrongScores = (records: Records) =>
  records.answers.filter((attempt) => {
    const key = records.keys.get(attempt.version);
    const whole = (key?.points ?? []).reduce((sum, points) => sum + points, 0);
    const points = scored(records, attempt);
    return points !== attempt.points || attempt.passed !== points * 100 >= (key?.pass ?? 0) * whole;
  });

/** Enrolments of a batch by how far they are. */
export function recountBatch(records: Records, batch: string) {
  const counts = { enrolled: 0, completed: 0, inProgress: 0, notStarted: 0, withdrawn: 0 };
  for (const { id, version, state, sessions } of records.enrolments.filter((one) => one.batch === batch)) {
    const key = records.keys.get(version);
    const attempts = records.answers.filter(({ enrolment }) => enrolment === id);
    const attended = records.attended.get(id) ?? 0;
    if (state === 'withdrawn') counts.withdrawn += 1;
    else {
      counts.enrolled += 1;
      const enough = attended * 100 >= (key?.attendance ?? 0) * sessions;
      if (enough && attempts.some(({ passed }) => passed)) counts.completed += 1;
      else if (attended > 0 || attempts.length > 0) counts.inProgress += 1;
      else counts.notStarted += 1;
    }
  }
  return counts;
}

const DEFINITIONS: ReadonlyMap<string, ProcessDefinition> = new Map(
  [taskProcess, INSPECTION_PROCESS, rectificationProcess({ now: () => new Date() })].map(({ definition }) => [
    definition.id,
    definition,
  ]),
);

/** A case as it stood at the end of a day, folded from its history; undefined when it was not open yet. */
function caseOn(
  { cases }: Records,
  id: string,
  on: string,
  law: Law,
): { snapshot: CaseSnapshot; clocks: Clock[] } | undefined {
  const one = cases.get(id);
  const events = one?.events.filter(({ at }) => dayOf(new Date(at)) <= on) ?? [];
  const definition = DEFINITIONS.get(one?.process ?? '');
  if (events.length === 0 || !definition) return undefined;
  const snapshot = foldHistory(events);
  return { snapshot, clocks: clocks(definition, snapshot, `${on}T15:00:00.000Z`, law.calendar) };
}

/** How many inspections are in each state at the end of a day. */
export function recountInspections(records: Records, on: string, law: Law): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [id, { process }] of records.cases) {
    if (process !== 'inspection') continue;
    const state = caseOn(records, id, on, law)?.snapshot.state;
    if (state !== undefined) counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/** What was found more than once in an organization: organization and item to how often, first and last. */
export function recountRecurrence(records: Records, on: string): Map<string, [number, string, string]> {
  const days = new Map<string, string[]>();
  for (const { organization, item, found } of records.findings)
    if (found <= on) days.set(`${organization} ${item}`, [...(days.get(`${organization} ${item}`) ?? []), found]);
  const again = [...days].filter(([, found]) => found.length > 1);
  return new Map(
    again.map(([key, found]) => {
      const sorted = [...found].sort();
      return [key, [found.length, sorted[0] ?? '', sorted.at(-1) ?? '']];
    }),
  );
}

/** The figures of inspections on a day. */
export function recountFindings(records: Records, on: string, law: Law) {
  const known = records.findings.filter(({ found }) => found <= on);
  const open = known.filter(({ order }) => {
    const state = order === null ? undefined : caseOn(records, order, on, law)?.snapshot.state;
    return state !== 'closed';
  });
  const overdue = open.filter(
    ({ order }) => order !== null && caseOn(records, order, on, law)?.clocks.some(({ status }) => status === 'expired'),
  );
  const seen = new Set<string>();
  let repeats = 0;
  for (const { organization, item } of known) {
    if (seen.has(`${organization} ${item}`)) repeats += 1;
    seen.add(`${organization} ${item}`);
  }
  const ages = new Map<string, number>();
  for (const { found, severity } of open) {
    const age = daysBetween(found, on);
    const band = age > 90 ? '91+' : age > 60 ? '61-90' : age > 30 ? '31-60' : '0-30';
    ages.set(`${band} ${severity}`, (ages.get(`${band} ${severity}`) ?? 0) + 1);
  }
  return {
    findings: { found: known.length, closed: known.length - open.length, open: open.length, overdue: overdue.length },
    repeats,
    ages,
  };
}

/** The figures of the tasks of a plan on a day, of one unit or of all, from their histories. */
export function recountTasks(records: Records, on: string, law: Law, unit?: string) {
  const counts: Record<string, number> = {};
  const count = (key: string, is: boolean): void => {
    counts[key] = (counts[key] ?? 0) + (is ? 1 : 0);
  };
  for (const [id, { process, organization, events }] of records.cases) {
    if (process !== 'plan-task' || (unit !== undefined && organization !== unit)) continue;
    const found = caseOn(records, id, on, law);
    const due = String(found?.snapshot.fields['dueOn'] ?? '');
    if (!found || due.slice(0, 4) !== on.slice(0, 4)) continue;
    const { state } = found.snapshot;
    const clock = found.clocks.findLast((one) => one.deadline === 'delivery' && one.status !== 'superseded');
    const closed = events.find((event) => 'transition' in event && event.transition === 'close');
    const late = closed !== undefined && (clock?.due ?? '9') < dayOf(new Date(closed.at));
    const open = state !== 'closed' && state !== 'withdrawn';
    count('tasksTotal', true);
    count('tasksDraft', state === 'draft');
    count('tasksOpen', open);
    count('tasksUnsigned', state === 'dispatched');
    count('tasksInReview', state === 'reported');
    count('tasksOverdue', open && state !== 'draft' && (clock?.due ?? '9') < on);
    count('tasksClosed', state === 'closed');
    count('tasksClosedLate', state === 'closed' && late);
    count('tasksClosedInTime', state === 'closed' && !late);
    count('tasksWithdrawn', state === 'withdrawn');
  }
  return counts;
}

interface RecountedStanding {
  readonly code: string;
  readonly unit: string;
  readonly baseline: number;
  readonly target: number;
  readonly value: number | null;
  readonly colour: 'green' | 'amber' | 'red' | 'grey';
}

/** How every indicator stands in every unit at the end of the year, from the records behind the latest accepted values. */
export async function recountStandings(work: WorkDatabase, planId: string): Promise<RecountedStanding[]> {
  const rows = await read<{
    code: string;
    unit: string;
    baseline: string;
    target: string;
    kind: string;
    value: string | null;
    records: number;
    known: boolean;
  }>(
    work,
    `select i.code, t.organization_id as unit, b.value as baseline, t.value as target,
       d.content->'formula'->>'kind' as kind, v.value, v.id is not null as known,
       (select count(*)::int from value_source s where s.value_id = v.id and s.kind = 'record') as records
     from indicator i
     join indicator_definition d on d.indicator_id = i.id and d.version = i.definition_version
     join indicator_target t on t.indicator_id = i.id and t.year = 2026
     join indicator_baseline b on b.indicator_id = i.id and b.organization_id = t.organization_id
     left join lateral (select * from indicator_value v where v.indicator_id = i.id
       and v.organization_id = t.organization_id and v.state = 'accepted' order by v.date desc limit 1) v on true
     where i.plan_id = '${planId}'`,
  );
  return rows.map(({ code, unit, kind, value, records, known, ...row }) => {
    const number = kind === 'count' && known ? records : value === null ? null : Number(value);
    const [baseline, target] = [Number(row.baseline), Number(row.target)];
    return { code, unit, baseline, target, value: number, colour: colourOf(number, target) };
  });
}

/** At the end of the year the path has come to the target itself: two and ten percent of it are the limits. */
function colourOf(value: number | null, target: number): RecountedStanding['colour'] {
  if (value === null) return 'grey';
  const behind = Math.max(0, ((target - value) / target) * 100);
  if (behind <= 2) return 'green';
  return behind <= 10 ? 'amber' : 'red';
}

/** The figures of indicators, of all their units together or of one. */
export function countColours(standings: readonly RecountedStanding[]) {
  const of = (colour: RecountedStanding['colour']) => standings.filter((one) => one.colour === colour).length;
  return {
    indicatorsTotal: standings.length,
    indicatorsGreen: of('green'),
    indicatorsAmber: of('amber'),
    indicatorsRed: of('red'),
    indicatorsGrey: of('grey'),
  };
}
