import type { OpsUsageDay } from '@quanlian/contract';
import { fault } from './faults.js';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;

function readDay(text: string): Date | undefined {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text.trim());
  if (!match) return undefined;
  const day = new Date(`${match[3]}-${match[2]}-${match[1]}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.getUTCDate() !== Number(match[1]) ? undefined : day;
}

/** Reads `dd/mm/yyyy` or `dd/mm/yyyy~dd/mm/yyyy`; `to` is the first day that no longer counts. */
export function readTimeRange(text: string | null): { from: Date; to: Date } {
  const [first, last = first] = (text ?? '').split('~');
  const from = readDay(first ?? '');
  const to = readDay(last ?? '');
  if (!from || !to || to < from || to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS) {
    throw fault('CLIENT.InvalidInput', 'timeRange is written dd/mm/yyyy or dd/mm/yyyy~dd/mm/yyyy, at most a year.');
  }
  return { from, to: new Date(to.getTime() + DAY_MS) };
}

/** The statistics of a client in the shape of the service. */
export function usageStatistics(name: string, days: readonly OpsUsageDay[]): object {
  const perDay = new Map<string, { requests: number; bytes: number }>();
  for (const { day, requests, bytes } of days) {
    const sum = perDay.get(day) ?? { requests: 0, bytes: 0 };
    perDay.set(day, { requests: sum.requests + requests, bytes: sum.bytes + bytes });
  }
  const values = (pick: (sum: { requests: number; bytes: number }) => number) =>
    [...perDay].map(([day, sum]) => ({ timestamp: Date.parse(`${day}T00:00:00Z`), value: pick(sum).toFixed(1) }));
  return {
    environments: [
      {
        dimensions: [
          {
            metrics: [
              { name: 'total_response_size', values: values(({ bytes }) => bytes) },
              { name: 'message_count', values: values(({ requests }) => requests) },
            ],
            name,
          },
        ],
        name: 'prod',
      },
    ],
    metaData: { errors: [], notices: [] },
  };
}
