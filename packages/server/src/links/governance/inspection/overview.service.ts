import { AGE_BANDS, type AgeBand, type InspectionOverview, SEVERITIES, type Severity } from '@quanlian/contract';
import { daysBetween, type IsoDate } from '@quanlian/kernel';
import { sql } from 'kysely';
import { type Actor, reachOf } from '../../../work/actor.js';
import type { WorkConnection } from '../../../work/connection.js';
import { countedFindings, openOn, overdueOn } from './counted.js';
import { readableInspections } from './inspection.service.js';

/** The figures of inspections on a day, from the records. */
export interface InspectionOverviews {
  on(
    db: WorkConnection,
    actor: Actor,
    query: { on: IsoDate; organizationId?: string | undefined },
  ): Promise<InspectionOverview>;
}

interface FindingRow {
  readonly severity: Severity;
  readonly found_on: string;
  readonly open: boolean;
  readonly repeats: boolean;
  readonly overdue: boolean;
}

/** The band of an age in days. */
export function bandOf(days: number): AgeBand {
  if (days <= 30) return '0-30';
  if (days <= 60) return '31-60';
  return days <= 90 ? '61-90' : '91+';
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function ageing(rows: readonly FindingRow[], on: IsoDate): InspectionOverview['ageing'] {
  const open = rows.filter((row) => row.open);
  return AGE_BANDS.flatMap((band) =>
    SEVERITIES.map((severity) => ({
      band,
      severity,
      open: open.filter((row) => row.severity === severity && bandOf(daysBetween(row.found_on, on)) === band).length,
    })),
  );
}

export function createInspectionOverviews(): InspectionOverviews {
  return {
    async on(db, actor, { on, organizationId }) {
      const reached = readableInspections(reachOf(actor, 'inspection.read'));
      const under = organizationId === undefined ? sql`true` : sql`o.path @> array[${organizationId}]::uuid[]`;
      const { rows: states } = await sql<{ state: string; count: number }>`
        select w.state, count(*)::int as count from inspection i join work_case w on w.id = i.id
        join organization o on o.id = i.organization_id
        where ${reached} and ${under} and i.opened_on <= ${on}::date group by w.state order by w.state`.execute(db);
      const found = sql`inspection_finding f join inspection i on i.id = f.inspection_id
        join organization o on o.id = f.organization_id
        where ${reached} and ${under} and ${countedFindings({ on })}`;
      const { rows } = await sql<FindingRow>`
        select f.severity, f.found_on, ${openOn(on)} as open, f.repeats is not null as repeats,
          ${overdueOn(on)} as overdue from ${found}`.execute(db);
      const { rows: items } = await sql<InspectionOverview['recurrence']['items'][number]>`
        select f.organization_id as "organizationId", f.checklist_code as checklist, f.item_code as item,
          count(*)::int as times, min(f.found_on)::text as first, max(f.found_on)::text as last
        from ${found} group by 1, 2, 3 having count(*) > 1 order by times desc, 1, 2, 3`.execute(db);
      const open = rows.filter((row) => row.open);
      const repeats = rows.filter((row) => row.repeats).length;
      const closed = rows.length - open.length;
      return {
        on,
        inspections: Object.fromEntries(states.map(({ state, count }) => [state, count])),
        findings: {
          found: rows.length,
          closed,
          open: open.length,
          overdue: open.filter(({ overdue }) => overdue).length,
          closedShare: share(closed, rows.length),
        },
        ageing: ageing(rows, on),
        recurrence: { repeats, share: share(repeats, rows.length), items },
      };
    },
  };
}
