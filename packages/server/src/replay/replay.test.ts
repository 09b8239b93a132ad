import type { PlanFigure } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMail } from '../identity/demo-offices.js';
import type { Actor } from '../work/actor.js';
import { verifyAudit } from '../work/audit/verify.js';
import type { WorkTransaction } from '../work/connection.js';
import { withWork } from '../work/context.js';
import { FULL_YEAR, type ReplayScale } from './places.js';
import {
  countColours,
  type Records,
  readRecords,
  recountBatch,
  recountCoverage,
  recountFindings,
  recountInspections,
  recountRecurrence,
  recountStandings,
  recountTasks,
  wrongScores,
} from './recount.fixture.js';
import { openTestReplay, replayCity, type TestReplay } from './replay.fixture.js';

/** The whole year of 3 000 people takes minutes; every run plays a small one. */
const isFull = process.env['QUANLIAN_FULL'] !== undefined;
const SCALE: ReplayScale = isFull
  ? FULL_YEAR
  : { indicators: 6, tasks: 20, batches: 6, people: 120, inspections: 6, companies: 5 };
const LAST_DAY = '2026-12-31';

let replay: TestReplay;
let records: Records;
let officer: Actor;

async function actorOf(key: string): Promise<Actor> {
  const { system } = replay.database.work;
  const { id } = await system
    .selectFrom('person')
    .select('id')
    .where('email', '=', demoMail(key))
    .executeTakeFirstOrThrow();
  const actor = await replay.year.governance.base.identity.actors.ofPerson(id);
  if (!actor) throw new Error(`${key} is gone`);
  return actor;
}
const as = <Result>(actor: Actor, work: (trx: WorkTransaction) => Promise<Result>): Promise<Result> =>
  withWork(replay.database.work.db, actor, work);

beforeAll(async () => {
  replay = await openTestReplay({ city: replayCity(isFull ? 8 : 3, SCALE.companies), scale: SCALE });
  records = await readRecords(replay.database.work);
  officer = await actorOf('officer');
}, 1_800_000);
afterAll(() => replay.close());

describe('the year', () => {
  it('is as large as it was asked to be', () => {
    const cases = [...records.cases.values()];
    const count = (process: string) => cases.filter((one) => one.process === process).length;
    expect(count('plan-task')).toBe(SCALE.tasks);
    expect(count('inspection')).toBe(SCALE.inspections);
    expect(new Set(records.enrolments.map(({ batch }) => batch)).size).toBe(SCALE.batches);
    expect(new Set(records.roster.map(({ learner }) => learner)).size).toBe(SCALE.people);
    expect(records.findings.length).toBeGreaterThan(0);
  });

  it('has evidence that verifies, sealed every day', async () => {
    const report = await verifyAudit(replay.database.work.db);
    expect(report.problems).toEqual([]);
    expect(report.entries).toBeGreaterThan(SCALE.people);
    expect([report.sealedDays, report.lastSeal?.day]).toEqual([365, LAST_DAY]);
  });

  it.each([
    ['changed', `update audit_entry set subject_id = 'x' where (organization_id, sequence) = (select * from chosen)`],
    ['cut', `delete from audit_entry where (organization_id, sequence) = (select * from chosen)`],
    ['cut at its end', `delete from audit_entry a using chosen c where a.organization_id = c.o and a.sequence >= c.s`],
    [
      'put in another order',
      `update audit_entry a set id = b.id, at = b.at, action = b.action, subject_id = b.subject_id, hash = b.hash
       from audit_entry b, chosen c where a.organization_id = c.o and b.organization_id = c.o
       and a.sequence = c.s and b.sequence = c.s - 1`,
    ],
  ])('would show a row that was %s', async (_how, statement) => {
    // In a restored copy of nothing but this log the tampering would stay; here it is undone.
    const client = await replay.database.work.ownerClient();
    const undo = async (text: string) => {
      await client.query(text);
    };
    await undo('create table kept as select * from audit_entry');
    await undo('alter table audit_entry disable trigger user');
    await undo('alter table audit_personal drop constraint audit_personal_entry_id_fkey');
    await undo('alter table audit_entry drop constraint audit_entry_id_key');
    try {
      const chosen = `with chosen(o, s) as (select organization_id, max(sequence) / 2 from audit_entry
        group by 1 order by max(sequence) desc limit 1)`;
      const { rowCount } = await client.query(`${chosen} ${statement}`);
      expect(rowCount).toBeGreaterThan(0);
      const { ok, problems } = await verifyAudit(replay.database.work.db);
      expect([ok, problems.length]).toEqual([false, 1]);
      expect(problems[0]?.code).toMatch(/^chain\./);
    } finally {
      await undo('delete from audit_entry');
      await undo('insert into audit_entry select * from kept');
      await undo('drop table kept');
      await undo('alter table audit_entry add constraint audit_entry_id_key unique (id)');
      await undo(
        'alter table audit_personal add constraint audit_personal_entry_id_fkey foreign key (entry_id) references audit_entry (id)',
      );
      await undo('alter table audit_entry enable trigger user');
      await client.end();
    }
    expect(await verifyAudit(replay.database.work.db)).toMatchObject({ ok: true });
  });
});

describe('training', () => {
  it.each(['2026-03-31', '2026-06-30', '2026-07-01', '2026-10-15', LAST_DAY])(
    'covers on %s what the records say',
    async (on) => {
      const { coverage } = replay.year.governance.training;
      const shown = await as(officer, (trx) => coverage.coverage(trx, officer, { on }));
      const expected = recountCoverage(records, on);
      const total = expected.get('total null') ?? [0, 0];
      expect([shown.total.roster, shown.total.certified]).toEqual(total);
      const cells = shown.cells.map(({ organizationId, tier, roster, certified }) => [
        `${organizationId} ${tier}`,
        [roster, certified],
      ]);
      const wanted = [...expected].filter(([key]) => !key.startsWith('total'));
      expect(cells.length).toBeGreaterThan(0);
      expect(new Map(cells as typeof wanted)).toEqual(new Map(wanted));
      for (const certified of [true, false]) {
        const query = { on, certified, limit: 1, offset: 0 };
        const { total: people } = await as(officer, (trx) => coverage.people(trx, officer, query));
        expect(people).toBe(certified ? total[1] : total[0] - total[1]);
      }
    },
  );

  it('scores every test by its answers, and tells how far each batch is', async () => {
    expect(wrongScores(records)).toEqual([]);
    const { batches, enrolments } = replay.year.governance.training;
    const { total, batches: list } = await as(officer, (trx) => batches.list(trx, officer, { limit: 500, offset: 0 }));
    expect(total).toBe(SCALE.batches);
    for (const { id, taken, quota } of list) {
      const { completion, enrolments: people } = await as(officer, (trx) => enrolments.list(trx, officer, id));
      const expected = recountBatch(records, id);
      expect(completion).toEqual(expected);
      expect([taken, taken <= quota]).toEqual([expected.enrolled, true]);
      expect(people.filter(({ certificate }) => certificate !== null)).toHaveLength(expected.completed);
    }
  });

  it('shows a district its own part', async () => {
    const clerk = await actorOf('clerk-district-0');
    const { coverage } = replay.year.governance.training;
    const shown = await as(clerk, (trx) => coverage.coverage(trx, clerk, { on: LAST_DAY }));
    const expected = recountCoverage(records, LAST_DAY);
    const own = shown.cells.filter(({ tier }) => tier === null);
    const top = clerk.memberships[0]?.organizationId ?? '';
    const within = records.organizations.filter(({ path }) => path.includes(top)).map(({ id }) => id);
    expect(own.map(({ organizationId }) => organizationId).sort()).toEqual(
      within.filter((id) => expected.has(`${id} null`)).sort(),
    );
    for (const { organizationId, roster, certified } of own)
      expect([roster, certified]).toEqual(expected.get(`${organizationId} null`));
  });
});

describe('inspections', () => {
  it.each(['2026-04-30', '2026-06-15', '2026-09-30', LAST_DAY])('stand on %s as their histories say', async (on) => {
    const { governance } = replay.year;
    const shown = await as(officer, (trx) => governance.inspection.overviews.on(trx, officer, { on }));
    const { findings, repeats, ages } = recountFindings(records, on, governance.law);
    const { closedShare, ...counts } = shown.findings;
    expect(counts).toEqual(findings);
    expect(closedShare).toBe(findings.found === 0 ? null : findings.closed / findings.found);
    expect(shown.recurrence.repeats).toBe(repeats);
    expect(shown.recurrence.share).toBe(findings.found === 0 ? null : repeats / findings.found);
    const items = shown.recurrence.items.map(({ organizationId, item, times, first, last }) => [
      `${organizationId} ${item}`,
      [times, first, last],
    ]);
    expect(new Map(items as [string, [number, string, string]][])).toEqual(recountRecurrence(records, on));
    expect(shown.inspections).toEqual(recountInspections(records, on, governance.law));
    const bands = shown.ageing.filter(({ open }) => open > 0);
    expect(new Map(bands.map(({ band, severity, open }) => [`${band} ${severity}`, open]))).toEqual(ages);
  });

  it('open into their findings', async () => {
    const { inspections } = replay.year.governance.inspection;
    const { total, findings } = await as(officer, (trx) =>
      inspections.findings(trx, officer, { limit: 10_000, offset: 0 }),
    );
    expect([total, findings.length]).toEqual([records.findings.length, records.findings.length]);
  });
});

describe('the plan', () => {
  it('counts tasks, indicators and measures as the records do', async () => {
    const { governance, planId } = replay.year;
    const asked = { year: 2026, date: LAST_DAY };
    const { figures } = await as(officer, (trx) => governance.dashboards.dashboard(trx, officer, planId, asked));
    const shown: Record<string, number> = Object.fromEntries(
      figures.map(({ key, value }: PlanFigure): [string, number] => [key, value]),
    );
    const { system } = replay.database.work;
    const measures = await system.selectFrom('plan_measure').select('state').where('plan_id', '=', planId).execute();
    const waiting = await system.selectFrom('indicator_value').select('id').where('state', '=', 'reported').execute();
    const expected = {
      ...recountTasks(records, LAST_DAY, governance.law),
      ...countColours(await recountStandings(replay.database.work, planId)),
      measuresTotal: measures.length,
      measuresDone: measures.filter(({ state }) => state === 'done').length,
      measuresRunning: measures.filter(({ state }) => state === 'running').length,
      valuesWaiting: waiting.length,
    };
    expect(shown).toEqual(expected);
    expect(shown['tasksClosed']).toBeGreaterThan(0);
    for (const { key, value } of figures) {
      const found = await as(officer, (trx) => governance.dashboards.records(trx, officer, planId, { ...asked, key }));
      expect(found.records).toHaveLength(value);
    }
  });
});

describe('the units of the plan', () => {
  it('stand as the records of each say, and add up to the whole', async () => {
    const { governance, planId } = replay.year;
    const asked = { year: 2026, date: LAST_DAY };
    const shown = await as(officer, (trx) => governance.dashboards.dashboard(trx, officer, planId, asked));
    const recounted = await recountStandings(replay.database.work, planId);
    const key = (code: string, unit: string) => `${code} ${unit}`;
    expect(
      new Map(
        shown.standings.map(({ code, organizationId, baseline, target, value, colour }) => [
          key(code, organizationId),
          { baseline, target, value, colour },
        ]),
      ),
    ).toEqual(
      new Map(
        recounted.map(({ code, unit, baseline, target, value, colour }) => [
          key(code, unit),
          { baseline, target, value, colour },
        ]),
      ),
    );
    for (const { organizationId, ...row } of shown.units) {
      const own = countColours(recounted.filter(({ unit }) => unit === organizationId));
      const tasks = recountTasks(records, LAST_DAY, governance.law, organizationId);
      expect([organizationId, row]).toEqual([
        organizationId,
        {
          green: own.indicatorsGreen,
          amber: own.indicatorsAmber,
          red: own.indicatorsRed,
          grey: own.indicatorsGrey,
          tasksOpen: tasks['tasksOpen'] ?? 0,
          tasksOverdue: tasks['tasksOverdue'] ?? 0,
          tasksClosed: tasks['tasksClosed'] ?? 0,
        },
      ]);
    }
    expect(shown.wholes).toHaveLength(new Set(recounted.map(({ code }) => code)).size);
    for (const { code, units, reported, target, value } of shown.wholes) {
      const own = recounted.filter((one) => one.code === code);
      const values = own.flatMap((one) => (one.value === null ? [] : [one.value]));
      const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
      expect([code, units, reported]).toEqual([code, own.length, values.length]);
      expect(target).toBeCloseTo(sum(own.map((one) => one.target)), 6);
      if (values.length === 0) expect(value).toBeNull();
      else expect(value).toBeCloseTo(sum(values), 6);
    }
  });
});

describe('research', () => {
  it('leads to measures that name their finding', async () => {
    const { governance } = replay.year;
    const yielded = await as(officer, (trx) => governance.research.yield(trx, officer));
    expect(yielded).toEqual({ projects: 2, findings: 6, adopted: 4, rejected: 2, open: 0, share: 4 / 6 });
    const projects = await as(officer, (trx) => governance.research.list(trx, officer));
    const measures = projects.flatMap(({ findings }) => findings.flatMap((finding) => finding.measures));
    expect(new Set(measures).size).toBe(4);
  });
});
