import type { IndicatorValue, ValueSource } from '@quanlian/contract';
import type { IndicatorValueTable } from '@quanlian/db';
import type { Selectable } from 'kysely';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { yearEnd, yearOf } from './colour.js';
import { asNumber } from './plan.access.js';

export type ValueRecord = Selectable<IndicatorValueTable>;

/** A source with what it adds to its value. */
export interface CountedSource extends ValueSource {
  readonly contributes: number | null;
}

export const valueView = (row: ValueRecord, sources: number): IndicatorValue => ({
  id: row.id,
  organizationId: row.organization_id,
  date: row.date,
  value: asNumber(row.value),
  undecided: row.undecided,
  definitionVersion: row.definition_version,
  restated: asNumber(row.restated),
  restatedVersion: row.restated_version,
  state: row.state,
  colour: row.colour as IndicatorValue['colour'],
  rule: row.colour_rule as IndicatorValue['rule'],
  note: row.note,
  reviewNote: row.review_note,
  version: row.version,
  reportedAt: row.reported_at.toISOString(),
  reviewedAt: row.reviewed_at?.toISOString() ?? null,
  sources,
});

/** The value by the newest definition it could be computed with. */
export const currentValue = (row: Pick<ValueRecord, 'value' | 'restated' | 'restated_version'>): number | null =>
  asNumber(row.restated_version === null ? row.value : row.restated);

export async function countSources(db: WorkConnection, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('value_source')
    .select((eb) => ['value_id', eb.fn.countAll<bigint>().as('count')])
    .where('value_id', 'in', ids)
    .groupBy('value_id')
    .execute();
  return new Map(rows.map(({ value_id, count }) => [value_id, Number(count)]));
}

export async function readSources(db: WorkConnection, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, CountedSource[]>();
  const rows = await db
    .selectFrom('value_source')
    .selectAll()
    .where('value_id', 'in', ids)
    .orderBy('value_id')
    .orderBy('position')
    .execute();
  const found = new Map<string, CountedSource[]>();
  for (const row of rows) {
    const list = found.get(row.value_id) ?? [];
    list.push({
      kind: row.kind,
      refKind: row.ref_kind,
      refId: row.ref_id,
      label: row.label,
      facts: row.facts as ValueSource['facts'],
      contributes: asNumber(row.contributes),
    });
    found.set(row.value_id, list);
  }
  return found;
}

/** PostgreSQL takes 65 535 parameters in one statement. */
const ROWS_AT_ONCE = 2000;

export async function insertSources(
  trx: WorkTransaction,
  valueId: string,
  sources: readonly CountedSource[],
): Promise<void> {
  for (let start = 0; start < sources.length; start += ROWS_AT_ONCE) {
    const rows = sources.slice(start, start + ROWS_AT_ONCE).map((source, index) => ({
      value_id: valueId,
      position: start + index + 1,
      kind: source.kind,
      ref_kind: source.refKind,
      ref_id: source.refId,
      label: source.label,
      facts: JSON.stringify(source.facts),
      contributes: source.contributes,
    }));
    await trx.insertInto('value_source').values(rows).execute();
  }
}

/** What a unit's values are judged by: where it started, and its target for the end of a year. */
export interface Path {
  readonly baseline: { readonly date: string; readonly value: number } | undefined;
  readonly target: { readonly date: string; readonly value: number } | undefined;
}

/** A function that finds the path of a unit's value on a date, for the indicators given. */
export async function readPaths(
  db: WorkConnection,
  indicatorIds: readonly string[],
): Promise<(indicatorId: string, organizationId: string, date: string) => Path> {
  const none = { baseline: undefined, target: undefined };
  if (indicatorIds.length === 0) return () => none;
  const baselines = await db
    .selectFrom('indicator_baseline')
    .selectAll()
    .where('indicator_id', 'in', indicatorIds)
    .execute();
  const targets = await db
    .selectFrom('indicator_target')
    .selectAll()
    .where('indicator_id', 'in', indicatorIds)
    .execute();
  const starts = new Map(baselines.map((row) => [`${row.indicator_id} ${row.organization_id}`, row]));
  const ends = new Map(targets.map((row) => [`${row.indicator_id} ${row.organization_id} ${row.year}`, row]));
  return (indicatorId, organizationId, date) => {
    const start = starts.get(`${indicatorId} ${organizationId}`);
    const end = ends.get(`${indicatorId} ${organizationId} ${yearOf(date)}`);
    return {
      baseline: start && { date: start.date, value: Number(start.value) },
      target: end && { date: yearEnd(end.year), value: Number(end.value) },
    };
  };
}
