import { OPS_SERVICES, type OpsUsageDay } from '@quanlian/contract';
import { useCallback, useMemo } from 'react';
import type { Palette } from '../../../charts/palette.js';
import { stacksOption } from '../../../charts/stacks.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
import type { Column } from '../../work/parts/RecordTable.js';
import { useOpsUsage } from '../queries.js';

const HEIGHT = 180;
const MB = 1_000_000;

interface Day {
  readonly day: string;
  readonly requests: number;
  readonly bytes: number;
  readonly of: Readonly<Record<string, number>>;
}

/** One row a day, with the requests of each kind of service. */
function byDay(days: readonly OpsUsageDay[]): Day[] {
  const rows = new Map<string, Day>();
  for (const { day, service, requests, bytes } of days) {
    const row = rows.get(day) ?? { day, requests: 0, bytes: 0, of: {} };
    const of = { ...row.of, [service]: (row.of[service] ?? 0) + requests };
    rows.set(day, { day, requests: row.requests + requests, bytes: row.bytes + bytes, of });
  }
  return [...rows.values()];
}

function UsageChart({ days, name }: { days: readonly OpsUsageDay[]; name: string }) {
  const { t, tag } = useLanguage();
  const told = useChartWords();
  const rows = useMemo(() => byDay(days), [days]);
  const draw = useCallback(
    (palette: Palette) =>
      stacksOption(
        rows.map(({ day }) => ({ value: day, label: day.slice(5) })),
        OPS_SERVICES.map((service) => ({
          name: t(`identity:ops.service.${service}`),
          amounts: rows.map(({ of }) => of[service] ?? 0),
        })),
        { palette, format: (amount) => amount.toLocaleString(tag) },
      ),
    [rows, t, tag],
  );
  const amount = (column: string, columnTitle: string, of: (row: Day) => number): Column<Day> => ({
    name: column,
    title: columnTitle,
    amount: true,
    show: (row) => of(row).toLocaleString(tag),
    text: of,
  });
  const title = t('identity:ops.usageOf', { name });
  return (
    <ChartRecords
      title={title}
      told={told(
        title,
        rows.map(({ day, requests }) => ({ label: day, amount: requests })),
      )}
      draw={draw}
      height={HEIGHT}
      onPick={() => undefined}
      legend={OPS_SERVICES.map((service, place) => ({
        name: t(`identity:ops.service.${service}`),
        mark: `legend-mark--${place + 1}`,
      }))}
      rows={rows}
      keyOf={({ day }) => day}
      file="ops-usage"
      columns={[
        { name: 'day', title: t('identity:ops.day'), show: ({ day }) => day, text: ({ day }) => day },
        amount('requests', t('identity:ops.requests'), ({ requests }) => requests),
        ...OPS_SERVICES.map((service) =>
          amount(service, t(`identity:ops.service.${service}`), ({ of }) => of[service] ?? 0),
        ),
        amount('bytes', t('identity:ops.megabytes'), ({ bytes }) => bytes / MB),
      ]}
    />
  );
}

/** What a client used in the last thirty days. */
export function OpsUsage({ id, name }: { id: string; name: string }) {
  const usage = useOpsUsage(id);
  return <Answered query={usage}>{({ days }) => <UsageChart days={days} name={name} />}</Answered>;
}
