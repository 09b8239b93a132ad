import { OPS_SERVICES, type OpsUsageDay } from '@quanlian/contract';
import { useCallback, useMemo } from 'react';
import type { Palette } from '../../../charts/palette.js';
import { stacksOption } from '../../../charts/stacks.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
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
  return (
    <ChartRecords
      title={t('identity:ops.usageOf', { name })}
      draw={draw}
      height={HEIGHT}
      onPick={() => undefined}
      rows={rows}
      keyOf={({ day }) => day}
      file="ops-usage"
      columns={[
        { name: 'day', title: t('identity:ops.day'), show: ({ day }) => day },
        { name: 'requests', title: t('identity:ops.requests'), show: ({ requests }) => requests.toLocaleString(tag) },
        { name: 'bytes', title: t('identity:ops.megabytes'), show: ({ bytes }) => (bytes / MB).toLocaleString(tag) },
      ]}
    />
  );
}

/** What a client used in the last thirty days. */
export function OpsUsage({ id, name }: { id: string; name: string }) {
  const usage = useOpsUsage(id);
  return <Answered query={usage}>{({ days }) => <UsageChart days={days} name={name} />}</Answered>;
}
