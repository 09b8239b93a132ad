import { OPS_SERVICES, type OpsService } from '@quanlian/contract';
import type { OpsClientRecord } from './client.store.js';
import { fault, OpsFault, overQuota } from './faults.js';

const WINDOW_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The hour rolls in steps of one minute. */
const HOUR_STEPS = HOUR_MS / WINDOW_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** 1970-01-05, a Monday: weeks begin at midnight (UTC) before it. */
const FIRST_MONDAY_MS = 4 * 24 * HOUR_MS;

/** What the operator set for every client that has nothing of its own. Zero bytes mean no quota. */
export interface OpsLimits {
  readonly perMinute: Readonly<Record<OpsService, number>>;
  readonly hourBytes: number;
  readonly weekBytes: number;
}

interface Account {
  /** Requests of the window that runs, by service, and those of the one before. */
  window: number;
  requests: Record<OpsService, number>;
  before: Record<OpsService, number>;
  /** Bytes by minute of the last hour. */
  readonly minutes: Map<number, number>;
  hour: number;
  week: number;
  weekBytes: number;
}

const none = (): Record<OpsService, number> => ({ images: 0, inpadoc: 0, other: 0, retrieval: 0, search: 0 });
const weekOf = (at: number): number => Math.floor((at - FIRST_MONDAY_MS) / WEEK_MS);

function colourOf(used: number, limit: number): string {
  if (used >= limit) return 'black';
  if (used >= limit * 0.75) return 'red';
  return used >= limit * 0.5 ? 'yellow' : 'green';
}

/** Counts what every client asks and is given, refuses beyond the limits, and writes the headers clients steer by. */
export function createThrottle(limits: OpsLimits, now: () => number) {
  const accounts = new Map<string, Account>();

  function accountOf(clientId: string): Account {
    let account = accounts.get(clientId);
    if (account === undefined) {
      account = { window: 0, requests: none(), before: none(), minutes: new Map(), hour: 0, week: 0, weekBytes: 0 };
      accounts.set(clientId, account);
    }
    const at = now();
    const window = Math.floor(at / WINDOW_MS);
    if (account.window !== window) {
      account.before = account.window === window - 1 ? account.requests : none();
      account.requests = none();
      account.window = window;
      for (const [minute, bytes] of account.minutes) {
        if (minute > window - HOUR_STEPS) break;
        account.minutes.delete(minute);
        account.hour -= bytes;
      }
    }
    if (account.week !== weekOf(at)) {
      account.week = weekOf(at);
      account.weekBytes = 0;
    }
    return account;
  }

  const limitOf = (client: OpsClientRecord, service: OpsService): number =>
    client.perMinute[service] ?? limits.perMinute[service];

  /** Requests of the last sixty seconds: those of this window and the part of the last one that still counts. */
  function usedOf(account: Account, service: OpsService): number {
    const left = 1 - (now() % WINDOW_MS) / WINDOW_MS;
    return account.requests[service] + Math.floor(account.before[service] * left);
  }

  function control(client: OpsClientRecord, account: Account): string {
    const states = OPS_SERVICES.map((service) => {
      const limit = limitOf(client, service);
      const colour = colourOf(usedOf(account, service), limit);
      return `${service}=${colour}:${colour === 'black' ? 0 : limit}`;
    });
    const isOver = states.some((state) => state.includes('=black'));
    const isBusy = states.some((state) => state.includes('=red'));
    return `${isOver ? 'overloaded' : isBusy ? 'busy' : 'idle'} (${states.join(', ')})`;
  }

  function headersOf(client: OpsClientRecord): Record<string, string> {
    const account = accountOf(client.id);
    return {
      'x-throttling-control': control(client, account),
      'x-individualquotaperhour-used': String(account.hour),
      'x-registeredquotaperweek-used': String(account.weekBytes),
    };
  }

  return {
    headersOf,
    /** Counts a request that is about to be answered. Throws what the service answers beyond a limit. */
    take(client: OpsClientRecord, service: OpsService): void {
      const account = accountOf(client.id);
      const hourly = client.hourBytes ?? limits.hourBytes;
      const weekly = client.weekBytes ?? limits.weekBytes;
      if (weekly > 0 && account.weekBytes >= weekly) throw overQuota('RegisteredQuotaPerWeek');
      if (hourly > 0 && account.hour >= hourly) throw overQuota('IndividualQuotaPerHour');
      if (usedOf(account, service) >= limitOf(client, service)) {
        const { status, body } = fault(
          'CLIENT.RobotDetected',
          `More requests to ${service} came within a minute than this client may send. Wait as long as Retry-After says.`,
        );
        const wait = WINDOW_MS - (now() % WINDOW_MS);
        throw new OpsFault(status, body, { 'retry-after': String(wait) });
      }
      account.requests[service] += 1;
    },
    /** Counts the bytes of an answer. */
    gave(clientId: string, bytes: number): void {
      const account = accountOf(clientId);
      account.minutes.set(account.window, (account.minutes.get(account.window) ?? 0) + bytes);
      account.hour += bytes;
      account.weekBytes += bytes;
    },
    /** Takes up what was written down before this program started. */
    remember(clientId: string, weekBytes: number): void {
      if (!accounts.has(clientId)) accountOf(clientId).weekBytes = weekBytes;
    },
  };
}
export type Throttle = ReturnType<typeof createThrottle>;

/** The beginning of the calendar week (UTC) in which an instant lies. */
export const weekStart = (at: Date): Date => new Date(weekOf(at.getTime()) * WEEK_MS + FIRST_MONDAY_MS);
