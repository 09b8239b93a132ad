import type { WorkDatabase } from '@quanlian/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { ProblemWithDetails } from '../http/problem.js';
import type { Environment } from '../work/environment.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FLUSH_MS = 10_000;
/** Keys remembered at once; the one that has been silent longest is read again from the database. */
const MOST_KEYS = 10_000;

/** Requests that may be sent with a key; null where nothing bounds them. */
export interface KeyLimits {
  readonly perMinute: number | null;
  readonly perDay: number | null;
}

/** A key as it was shown, with the limits of its own. */
export interface ShownKey extends KeyLimits {
  readonly id: string;
}

interface Account {
  minute: number;
  requests: number;
  before: number;
  day: string;
  today: number;
  /** Requests of the day not yet written down. */
  unwritten: number;
}

/** The day (UTC) by which requests are counted. */
export const utcDayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** The lower of two limits, where nothing and zero are none. */
function lower(own: number | null, operator: number): number | null {
  const limits = [own, operator === 0 ? null : operator].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

type Standing = {
  readonly name: 'minute' | 'day';
  readonly limit: number;
  readonly used: number;
  readonly reset: number;
};

/** The fields of the IETF draft on rate limits: the policies, and what is left of each with the seconds until it is renewed. */
function headersOf(standings: readonly Standing[]): Record<string, string> {
  if (standings.length === 0) return {};
  const length = { minute: 60, day: 86_400 };
  return {
    'ratelimit-policy': standings.map(({ name, limit }) => `"${name}";q=${limit};w=${length[name]}`).join(', '),
    ratelimit: standings
      .map(({ name, limit, used, reset }) => `"${name}";r=${Math.max(0, limit - used)};t=${reset}`)
      .join(', '),
  };
}

/** Counts the requests that come with API keys and refuses those beyond a key's quota. */
export function createKeyQuotas(deps: {
  readonly system: WorkDatabase['system'];
  readonly environment: Pick<Environment, 'now'>;
  /** What the operator set for every key; zero sets none. */
  readonly limits: { readonly perMinute: number; readonly perDay: number };
  readonly onError: (error: unknown) => void;
}) {
  const { system, environment, limits, onError } = deps;
  const accounts = new Map<string, Account>();
  const at = (): number => environment.now().getTime();
  const today = (): string => utcDayOf(environment.now());

  async function usedOn(keyId: string, day: string): Promise<number> {
    const row = await system
      .selectFrom('api_key_usage')
      .select('requests')
      .where('key_id', '=', keyId)
      .where('day', '=', day)
      .executeTakeFirst();
    return Number(row?.requests ?? 0);
  }

  const write = (keyId: string, day: string, requests: number) =>
    system
      .insertInto('api_key_usage')
      .values({ key_id: keyId, day, requests })
      .onConflict((conflict) =>
        conflict.columns(['key_id', 'day']).doUpdateSet({ requests: sql`api_key_usage.requests + excluded.requests` }),
      )
      .execute();

  async function flush(): Promise<void> {
    for (const [keyId, account] of accounts) {
      const { unwritten, day } = account;
      if (unwritten === 0) continue;
      account.unwritten = 0;
      await write(keyId, day, unwritten).catch(onError);
    }
  }

  async function accountOf(keyId: string): Promise<Account> {
    const day = today();
    const known = accounts.get(keyId);
    if (known === undefined || known.day !== day) {
      if (known !== undefined && known.unwritten > 0) await flush();
      const used = await usedOn(keyId, day);
      // Another request of the same key may have come this far in the meantime.
      const now = accounts.get(keyId);
      if (now === undefined || now.day !== day) {
        accounts.set(keyId, { minute: 0, requests: 0, before: 0, day, today: used, unwritten: 0 });
        const [oldest] = accounts;
        if (accounts.size > MOST_KEYS && oldest?.[1].unwritten === 0) accounts.delete(oldest[0]);
      }
    }
    const account = accounts.get(keyId) as Account;
    const minute = Math.floor(at() / MINUTE_MS);
    if (account.minute !== minute) {
      account.before = account.minute === minute - 1 ? account.requests : 0;
      account.requests = 0;
      account.minute = minute;
    }
    return account;
  }

  /** Requests of the last sixty seconds: those of this minute and the part of the last one that still counts. */
  const lately = ({ requests, before }: Account): number =>
    requests + Math.floor(before * (1 - (at() % MINUTE_MS) / MINUTE_MS));

  function standingsOf(key: KeyLimits, account: Account): Standing[] {
    const perMinute = lower(key.perMinute, limits.perMinute);
    const perDay = lower(key.perDay, limits.perDay);
    const seconds = (length: number): number => Math.max(1, Math.ceil((length - (at() % length)) / 1000));
    const standings: Standing[] = [];
    if (perMinute !== null)
      standings.push({ name: 'minute', limit: perMinute, used: lately(account), reset: seconds(MINUTE_MS) });
    if (perDay !== null) standings.push({ name: 'day', limit: perDay, used: account.today, reset: seconds(DAY_MS) });
    return standings;
  }

  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();

  return {
    /** Counts a request. `over` is the quota that does not allow it; then it does not count. */
    async take(key: ShownKey): Promise<{ headers: Record<string, string>; over: Standing | undefined }> {
      const account = await accountOf(key.id);
      // The quota that is renewed last tells how long to wait.
      const over = standingsOf(key, account).findLast(({ limit, used }) => used >= limit);
      if (over === undefined) {
        account.requests += 1;
        account.today += 1;
        account.unwritten += 1;
      }
      return { headers: headersOf(standingsOf(key, account)), over };
    },
    flush,
    async stop(): Promise<void> {
      clearInterval(timer);
      await flush();
    },
  };
}
export type KeyQuotas = ReturnType<typeof createKeyQuotas>;

function refuse({ name, limit, reset }: Standing): never {
  const span = name === 'minute' ? 'in sixty seconds' : 'in a day (UTC)';
  throw new ProblemWithDetails(
    'access.over_quota',
    `This API key may send ${limit} requests ${span}, and has sent them. Try again in ${reset} s.`,
    { quota: name, limit, retryAfter: reset },
  );
}

/**
 * Looks at every request that shows an API key, whether or not its route asks who it is: a key that does not count is
 * refused, one that does is counted.
 */
export function countKeys(
  app: FastifyInstance,
  requests: { keyOf(request: FastifyRequest): Promise<ShownKey | undefined> },
  quotas: KeyQuotas,
): void {
  app.addHook('preValidation', async (request: FastifyRequest, reply) => {
    if (request.routeOptions.config.ownAccess === true) return;
    const key = await requests.keyOf(request);
    if (key === undefined) return;
    const { headers, over } = await quotas.take(key);
    reply.headers(headers);
    if (over === undefined) return;
    reply.header('retry-after', String(over.reset));
    refuse(over);
  });
  app.addHook('onClose', () => quotas.stop());
}
