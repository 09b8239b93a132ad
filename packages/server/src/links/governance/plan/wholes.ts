import type { DefinitionContent, IndicatorStanding, IndicatorWhole } from '@quanlian/contract';
import type { Law } from '../../../work/cases/law.js';
import { standingOf } from './colour.js';
import type { Path } from './values.repo.js';

/** An indicator as the dashboard reads it. */
interface Indicator {
  readonly id: string;
  readonly code: string;
  readonly content: DefinitionContent;
}

/** Nine decimals are more than any indicator has, and free of what adding up leaves in a binary fraction. */
const tidy = (sum: number): number => Number(sum.toFixed(9));

/** The sum, or null as soon as one part is missing. */
function sumOfAll(parts: readonly (number | undefined)[]): number | null {
  let sum = 0;
  for (const part of parts) {
    if (part === undefined) return null;
    sum += part;
  }
  return parts.length === 0 ? null : tidy(sum);
}

function wholeOf(
  law: Law,
  { id, code, content }: Indicator,
  units: readonly { readonly path: Path; readonly value: number | null }[],
  date: string,
): IndicatorWhole {
  const values = units.flatMap(({ value }) => (value === null ? [] : [value]));
  const baseline = sumOfAll(units.map(({ path }) => path.baseline?.value));
  const target = sumOfAll(units.map(({ path }) => path.target?.value));
  const value = values.length === 0 ? null : tidy(values.reduce((sum, one) => sum + one, 0));
  const start = units
    .map(({ path }) => path.baseline?.date ?? '')
    .sort()
    .at(-1);
  const end = units
    .map(({ path }) => path.target?.date ?? '')
    .sort()
    .at(-1);
  // A sum without all its parts would look further behind than it is, so it is not judged.
  const judged = standingOf(law, {
    baseline: baseline === null || !start ? undefined : { date: start, value: baseline },
    target: target === null || !end ? undefined : { date: end, value: target },
    date,
    value: values.length === units.length ? value : null,
  });
  const { title, unit } = content;
  return {
    indicatorId: id,
    code,
    title,
    unit,
    units: units.length,
    reported: values.length,
    baseline,
    target,
    value,
    ...judged,
  };
}

/** From units to the whole: every indicator whose definition says that its units are added up, over what is reached. */
export function wholesOf(
  law: Law,
  indicators: readonly Indicator[],
  standings: readonly IndicatorStanding[],
  {
    paths,
    date,
    until,
  }: {
    readonly paths: (indicatorId: string, organizationId: string, date: string) => Path;
    readonly date: string;
    /** The last day of the year. */
    readonly until: string;
  },
): IndicatorWhole[] {
  return indicators.flatMap((indicator) => {
    const units = standings
      .filter(({ indicatorId }) => indicatorId === indicator.id)
      .map(({ organizationId, value }) => ({ path: paths(indicator.id, organizationId, until), value }));
    if (indicator.content.aggregation !== 'sum' || units.length === 0) return [];
    return [wholeOf(law, indicator, units, date)];
  });
}
