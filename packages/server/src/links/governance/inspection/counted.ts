import type { AgeBand, FindingStanding } from '@quanlian/contract';
import { addDays, type IsoDate } from '@quanlian/kernel';
import { type RawBuilder, sql } from 'kysely';

/** Which findings a figure of the overview counts, on a day. */
export interface CountedFindings {
  readonly standing?: FindingStanding | undefined;
  readonly age?: AgeBand | undefined;
  readonly on: IsoDate;
}

/** Not closed on the day. */
export const openOn = (on: IsoDate): RawBuilder<boolean> =>
  sql<boolean>`(f.closed_on is null or f.closed_on > ${on}::date)`;

/** The clock of its order had run out on the day. */
export const overdueOn = (on: IsoDate): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from case_clock k where k.case_id = f.order_id and k.started_on <= ${on}::date
    and k.due_on < ${on}::date and (k.ended_on is null or k.ended_on > ${on}::date))`;

/** The least and the most days of a band. */
const DAYS: Readonly<Record<AgeBand, readonly [number, number]>> = {
  '0-30': [0, 30],
  '31-60': [31, 60],
  '61-90': [61, 90],
  '91+': [91, 1_000_000],
};
const MOST_DAYS_BACK = 36_500;

/** Findings counted by a figure, as a condition on `f`: the figure and its list say the same by this. */
export function countedFindings({ standing, age, on }: CountedFindings): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [sql<boolean>`f.state <> 'withdrawn' and f.found_on <= ${on}::date`];
  if (standing === 'open' || standing === 'overdue' || age !== undefined) parts.push(openOn(on));
  if (standing === 'overdue') parts.push(overdueOn(on));
  if (standing === 'closed') parts.push(sql<boolean>`not ${openOn(on)}`);
  if (standing === 'repeated') parts.push(sql<boolean>`f.repeats is not null`);
  if (age !== undefined) {
    const [least, most] = DAYS[age];
    const from = addDays(on, -Math.min(most, MOST_DAYS_BACK));
    parts.push(sql<boolean>`f.found_on between ${from}::date and ${addDays(on, -least)}::date`);
  }
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}
