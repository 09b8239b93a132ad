import type { Coverage, CoverageCell, CoveragePerson, TrainingTier } from '@quanlian/contract';
import type { IsoDate } from '@quanlian/kernel';
import { type RawBuilder, sql } from 'kysely';
import { type Actor, type Reach, reachOf } from '../../../work/actor.js';
import type { WorkConnection } from '../../../work/connection.js';
import { inReach } from '../../../work/reach.js';
import { peopleReach } from './access.js';
import { onRosterAt } from './roster.service.js';

/** Which people behind the coverage are asked. */
interface CoveragePeopleQuery {
  readonly on: IsoDate;
  readonly organizationId?: string | undefined;
  readonly tier?: TrainingTier | undefined;
  /** Undefined: both. */
  readonly certified?: boolean | undefined;
  /** Only those whose certificate ends on this day or before, and who have no later one. */
  readonly endsBy?: IsoDate | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** How many of those who should be trained are. */
export interface CoverageService {
  /** By organization, with all under it, and by tier; only organizations the actor reaches. */
  coverage(
    db: WorkConnection,
    actor: Actor,
    query: { on: IsoDate; organizationId?: string | undefined },
  ): Promise<Coverage>;
  /** The people behind a number: who counts, who is missing and why, whose certificate ends soon. */
  people(
    db: WorkConnection,
    actor: Actor,
    query: CoveragePeopleQuery,
  ): Promise<{ total: number; people: CoveragePerson[] }>;
}

/** A certificate `c` that is of the course an entry `r` of the roster asks for. */
const FITS = sql.raw(`c.learner_id = r.learner_id and c.tier = r.tier and c.audience in (r.audience, 'everyone')`);

/** A certificate `c` that holds on a day: issued, not ended, not revoked by then. */
const holdsOn = (on: IsoDate): RawBuilder<boolean> => sql<boolean>`(c.issued_on <= ${on}::date
  and (c.valid_until is null or c.valid_until >= ${on}::date) and (c.revoked_on is null or c.revoked_on > ${on}::date))`;

/** Entries of the roster on a day that are reached, each with whether a certificate holds for it. */
const entriesAt = (reach: Reach, on: IsoDate): RawBuilder<unknown> => sql`
  select r.learner_id, r.organization_id, r.tier, o.path,
    exists (select 1 from training_certificate c where ${FITS} and ${holdsOn(on)}) as covered
  from training_roster_entry r join organization o on o.id = r.organization_id
  where ${onRosterAt(on)} and ${inReach(reach, { organization: 'r.organization_id' })}`;

const shareOf = (certified: number, roster: number): number | null => (roster === 0 ? null : certified / roster);

interface Counted {
  readonly organization_id: string | null;
  readonly tier: TrainingTier | null;
  readonly roster: number;
  readonly missing: number;
}

/**
 * Somebody who stands on two rosters counts once where both are counted together, and as certified only when nothing is
 * missing on either.
 */
const COUNTED = sql.raw(`count(distinct e.learner_id)::int as roster,
  count(distinct e.learner_id) filter (where not e.covered)::int as missing`);

const under = (column: string, organizationId: string | undefined): RawBuilder<boolean> =>
  organizationId === undefined
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref(column)} @> array[${organizationId}]::uuid[]`;

const certifiedOf = ({ roster, missing }: Counted) => {
  const certified = roster - missing;
  return { roster, certified, share: shareOf(certified, roster) };
};

async function readCells(
  db: WorkConnection,
  reach: Reach,
  on: IsoDate,
  organizationId?: string,
): Promise<CoverageCell[]> {
  const within = under('e.path', organizationId);
  const { rows } = await sql<Counted & { name_zh: string; name_en: string; depth: number }>`
    with entry as materialized (${entriesAt(reach, on)})
    select counted.*, o.name_zh, o.name_en, cardinality(o.path) as depth from (
      select up.id as organization_id, e.tier, ${COUNTED}
      from entry e cross join lateral unnest(e.path) as up(id)
      where ${within}
      group by grouping sets ((up.id, e.tier), (up.id))
    ) counted
    join organization o on o.id = counted.organization_id
    where ${inReach(reach, { organization: 'o.id' })} and ${under('o.path', organizationId)}
    order by depth, o.name_en, counted.tier nulls first`.execute(db);
  return rows.map((row) => ({
    organizationId: row.organization_id ?? '',
    organization: { zh: row.name_zh, en: row.name_en },
    tier: row.tier,
    ...certifiedOf(row),
  }));
}

async function readTotal(
  db: WorkConnection,
  reach: Reach,
  on: IsoDate,
  organizationId?: string,
): Promise<Coverage['total']> {
  const { rows } = await sql<Counted>`with entry as (${entriesAt(reach, on)})
    select null as organization_id, null as tier, ${COUNTED} from entry e
    where ${under('e.path', organizationId)}`.execute(db);
  const [row = { organization_id: null, tier: null, roster: 0, missing: 0 }] = rows;
  return { tier: null, ...certifiedOf(row) };
}

interface PersonRow {
  readonly learner_id: string;
  readonly code: string;
  readonly name: string;
  readonly organization_id: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly tier: CoveragePerson['tier'];
  readonly audience: CoveragePerson['audience'];
  readonly number: string | null;
  readonly valid_until: string | null;
  readonly missing: CoveragePerson['missing'];
  readonly enrolled_in: string | null;
  readonly total: bigint;
}

/** Entries with the certificate that counts: of those that hold, the one that holds longest. */
const peopleAt = (
  reach: Reach,
  { on, organizationId, tier, certified, endsBy }: CoveragePeopleQuery,
): RawBuilder<unknown> => sql`
  select r.learner_id, l.code, l.name, r.organization_id, o.name_zh, o.name_en, r.tier, r.audience,
    held.number, held.valid_until,
    case when held.number is not null then null
      when past.revoked then 'revoked' when past.number is not null then 'expired' else 'never' end as missing,
    (select b.code from training_enrolment e join training_batch b on b.id = e.batch_id
      join training_curriculum k on k.id = b.curriculum_id
      where e.learner_id = r.learner_id and e.state = 'enrolled' and b.state = 'open' and b.ends_on >= ${on}::date
        and e.enrolled_at < (${on}::date + 1) and k.tier = r.tier and k.audience in (r.audience, 'everyone')
      order by b.starts_on, b.code limit 1) as enrolled_in
  from training_roster_entry r
  join training_learner l on l.id = r.learner_id
  join organization o on o.id = r.organization_id
  left join lateral (select c.number, c.valid_until from training_certificate c where ${FITS} and ${holdsOn(on)}
    order by c.valid_until desc nulls first, c.number desc limit 1) held on true
  left join lateral (select c.number, (c.revoked_on is not null and c.revoked_on <= ${on}::date) as revoked
    from training_certificate c where ${FITS} and c.issued_on <= ${on}::date
    order by c.issued_on desc, c.number desc limit 1) past on true
  where ${onRosterAt(on)}
    and ${inReach(reach, { organization: 'r.organization_id' })}
    and ${under('o.path', organizationId)}
    and ${tier === undefined ? sql`true` : sql`r.tier = ${tier}`}
    and ${certified === undefined ? sql`true` : certified ? sql`held.number is not null` : sql`held.number is null`}
    and ${endsBy === undefined ? sql`true` : sql`held.valid_until <= ${endsBy}::date`}`;

const asPerson = (row: PersonRow): CoveragePerson => ({
  learnerId: row.learner_id,
  code: row.code,
  name: row.name,
  organizationId: row.organization_id,
  organization: { zh: row.name_zh, en: row.name_en },
  tier: row.tier,
  audience: row.audience,
  certified: row.number !== null,
  certificate: row.number,
  validUntil: row.valid_until,
  missing: row.missing,
  enrolledIn: row.enrolled_in,
});

export function createCoverage(): CoverageService {
  return {
    async coverage(db, actor, { on, organizationId }) {
      const reach = reachOf(actor, 'dashboard.read');
      const cells = await readCells(db, reach, on, organizationId);
      return { on, total: await readTotal(db, reach, on, organizationId), cells };
    },
    async people(db, actor, query) {
      const found = peopleAt(peopleReach(actor), query);
      const { rows: counts } = await sql<{ total: bigint }>`select count(*) as total from (${found}) p`.execute(db);
      const { rows } = await sql<PersonRow>`select p.* from (${found}) p
        order by p.organization_id, p.code, p.tier limit ${query.limit} offset ${query.offset}`.execute(db);
      return { total: Number(counts[0]?.total ?? 0), people: rows.map(asPerson) };
    },
  };
}
