import type { WorkSchema } from '@quanlian/db';
import { evaluateRule, periodEvaluator, ROLE_IDS, scopesOf } from '@quanlian/kernel';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '../../../work/actor.js';
import type { Law } from '../../../work/cases/law.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import { dayOf, type Environment } from '../../../work/environment.js';
import type { Jobs } from '../../../work/jobs/jobs.js';
import type { Notices } from '../../../work/notices/notices.js';
import type { NoticeTexts } from '../../../work/notices/texts.js';
import { BATCH_KIND } from './access.js';

const REMINDER_RULE = 'house.training.reminder';
const REFRESHER_RULE = 'house.training.refresher-notice';
const CERTIFICATE_KIND = 'training-certificate';

const TEXTS = {
  'training.starts': {
    title: { zh: '培训将于{date}开始：{title}', en: 'Your course begins on {date}: {title}' },
    text: {
      zh: '您报名的“{title}”将于{date}开始，地点：{place}。',
      en: '“{title}”, in which you are enrolled, begins on {date} at {place}.',
    },
  },
  'training.refresher': {
    title: { zh: '证书{number}将于{date}到期', en: 'Your certificate {number} runs out on {date}' },
    text: {
      zh: '您的培训证书{number}将于{date}到期，请报名复训。',
      en: 'Your training certificate {number} runs out on {date}. Please enrol for a refresher.',
    },
  },
  'training.refreshers': {
    title: { zh: '{count}人的培训证书即将到期', en: '{count} training certificates run out soon' },
    text: {
      zh: '贵单位有{count}人的培训证书将在{date}前到期，请安排复训。',
      en: '{count} people of your organization hold certificates that run out by {date}. Please plan refreshers.',
    },
  },
} as const;

interface Deps {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Pick<Environment, 'now'>;
  readonly law: Law;
  readonly notices: Notices;
  readonly system: () => Promise<Actor>;
}

/** The last day to look at by a rule of the house, from today. */
function until({ law, environment }: Deps, rule: string): { today: string; last: string } {
  const today = dayOf(environment.now());
  const found = evaluateRule(law.rules, periodEvaluator, { id: rule, date: today, input: { start: today } }, law);
  if (!found.ok) throw new Error(found.refusal.message);
  return { today, last: found.value.value.due ?? today };
}

/** True once somebody was told about a thing: a second run tells nobody twice. */
const wasTold = (kind: string, subject: string, person: string) => sql<boolean>`exists (select 1 from notice n
  where n.kind = ${kind} and n.subject_id = ${sql.ref(subject)}::text and n.person_id = ${sql.ref(person)})`;

/** Tells those enrolled of a course that begins soon; tells how many. */
async function remind(deps: Deps, trx: WorkTransaction): Promise<number> {
  const { today, last } = until(deps, REMINDER_RULE);
  const rows = await trx
    .selectFrom('training_enrolment as e')
    .innerJoin('training_batch as b', 'b.id', 'e.batch_id')
    .select(['e.person_id', 'e.organization_id', 'b.id', 'b.title_zh', 'b.starts_on', 'b.place'])
    .where('e.state', '=', 'enrolled')
    .where('b.state', '=', 'open')
    .where('b.starts_on', '>', today)
    .where('b.starts_on', '<=', last)
    .where('e.person_id', 'is not', null)
    .where((eb) => eb.not(wasTold('training.starts', 'b.id', 'e.person_id')))
    .orderBy('b.id')
    .orderBy('e.person_id')
    .execute();
  for (const { person_id, organization_id, id, title_zh, starts_on, place } of rows)
    deps.notices.notify(trx, {
      organizationId: organization_id,
      people: person_id === null ? [] : [person_id],
      kind: 'training.starts',
      parameters: { title: title_zh, date: starts_on, place },
      subject: { kind: BATCH_KIND, id },
    });
  return rows.length;
}

/** Certificates that run out soon, of people still on a roster, with no later one of the same course level. */
const runningOut = (trx: WorkTransaction, { today, last }: { today: string; last: string }) =>
  trx
    .selectFrom('training_certificate as c')
    .innerJoin('training_learner as l', 'l.id', 'c.learner_id')
    .select(['c.id', 'c.number', 'c.valid_until', 'l.organization_id', 'l.person_id'])
    .where('c.revoked_on', 'is', null)
    .where('c.valid_until', '>=', today)
    .where('c.valid_until', '<=', last)
    .where('l.erased_at', 'is', null)
    .where(
      sql<boolean>`exists (select 1 from training_roster_entry r where r.learner_id = c.learner_id and r.to_day is null)`,
    )
    .where(sql<boolean>`not exists (select 1 from training_certificate n where n.learner_id = c.learner_id
      and n.tier = c.tier and n.revoked_on is null and (n.valid_until is null or n.valid_until > c.valid_until))`);

/** Who plans training in organizations: the holders of roles that may enrol there, by organization. */
async function planners(trx: WorkTransaction, organizations: readonly string[]): Promise<Map<string, string[]>> {
  const roles = ROLE_IDS.filter((role) => scopesOf(role, 'training.enrol').length > 0);
  const rows = await trx
    .selectFrom('membership')
    .select(['organization_id', 'person_id'])
    .distinct()
    .where('organization_id', 'in', organizations)
    .where('role', 'in', roles)
    .where('ended_at', 'is', null)
    .execute();
  const found = new Map<string, string[]>();
  for (const { organization_id, person_id } of rows)
    found.set(organization_id, [...(found.get(organization_id) ?? []), person_id]);
  return found;
}

/** Tells holders, and those who plan training, of certificates that run out; each of them once. */
async function tellOfRefreshers(deps: Deps, trx: WorkTransaction): Promise<number> {
  const span = until(deps, REFRESHER_RULE);
  const holders = await runningOut(trx, span)
    .where('l.person_id', 'is not', null)
    .where((eb) => eb.not(wasTold('training.refresher', 'c.id', 'l.person_id')))
    .orderBy('c.number')
    .execute();
  for (const { id, number, valid_until, organization_id, person_id } of holders)
    deps.notices.notify(trx, {
      organizationId: organization_id,
      people: person_id === null ? [] : [person_id],
      kind: 'training.refresher',
      parameters: { number, date: valid_until ?? '' },
      subject: { kind: CERTIFICATE_KIND, id },
    });
  // Its organization is told once a month how many there are.
  const all = await runningOut(trx, span).execute();
  const organizations = [...new Set(all.map(({ organization_id }) => organization_id))].sort();
  if (organizations.length === 0) return holders.length;
  const people = await planners(trx, organizations);
  for (const organizationId of organizations) {
    const told = people.get(organizationId) ?? [];
    const subject = { kind: CERTIFICATE_KIND, id: `${organizationId} ${span.today.slice(0, 7)}` };
    const known = await trx.selectFrom('notice').select('id').where('subject_id', '=', subject.id).executeTakeFirst();
    if (known || told.length === 0) continue;
    const count = all.filter(({ organization_id }) => organization_id === organizationId).length;
    const parameters = { count, date: span.last };
    deps.notices.notify(trx, { organizationId, people: told, kind: 'training.refreshers', parameters, subject });
  }
  return holders.length;
}

/** What is told by schedule; each answers how many people were told themselves. */
export interface TrainingReminders {
  remind(): Promise<number>;
  tellOfRefreshers(): Promise<number>;
}

/** Defines the daily jobs that remind of courses and of certificates that run out. */
export function defineTrainingReminders(
  deps: Deps & { readonly jobs: Jobs; readonly texts: NoticeTexts },
): TrainingReminders {
  const { db, system, jobs, texts } = deps;
  texts.add(TEXTS);
  const asSystem = async (work: (trx: WorkTransaction) => Promise<number>): Promise<number> =>
    withWork(db, await system(), work);
  const reminders: TrainingReminders = {
    remind: () => asSystem((trx) => remind(deps, trx)),
    tellOfRefreshers: () => asSystem((trx) => tellOfRefreshers(deps, trx)),
  };
  const payload = z.object({ slot: z.string() });
  const define = (name: string, dailyAt: `${number}:${number}`, run: () => Promise<number>) =>
    jobs.define({
      name,
      payload,
      schedule: { dailyAt },
      async run() {
        await run();
      },
    });
  define('training.remind', '07:30', reminders.remind);
  define('training.refreshers', '07:40', reminders.tellOfRefreshers);
  return reminders;
}
