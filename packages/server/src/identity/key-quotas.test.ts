import type { NewApiKey } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEnvironment } from '../work/work.fixture.js';
import { openTestWork, type TestWork } from './identity.fixture.js';
import { createKeyQuotas } from './key-quotas.js';

let work: TestWork;
beforeAll(async () => {
  work = await openTestWork();
}, 60_000);
afterAll(() => work.close());

async function makeKey(quota: Partial<NewApiKey> = {}): Promise<{ id: string; key: string }> {
  const person = await work.city.person('company', 'ip-manager');
  const organizationId = work.city.organizations.company;
  const { apiKey, key } = await work.base.identity.apiKeys.create(person, {
    organizationId,
    name: 'crawler',
    permissions: ['case.read'],
    days: 1,
    perMinute: null,
    perDay: null,
    ...quota,
  });
  return { id: apiKey.id, key };
}

const ask = (key: string) =>
  work.app.inject({ url: '/api/v1/identity/me', headers: { authorization: `Bearer ${key}`, host: '127.0.0.1' } });

describe('a request with an API key', () => {
  it('is told its quotas and what is left of them', async () => {
    const { key } = await makeKey({ perMinute: 50, perDay: 500 });
    const { headers, statusCode } = await ask(key);
    expect(statusCode).toBe(200);
    expect(headers['ratelimit-policy']).toBe('"minute";q=50;w=60, "day";q=500;w=86400');
    expect(headers['ratelimit']).toMatch(/^"minute";r=49;t=\d{1,2}, "day";r=499;t=\d{1,5}$/);
    const second = (await ask(key)).headers['ratelimit'];
    expect(second).toContain('"day";r=498');
  });

  it('is refused beyond the day’s quota with a problem that says how long to wait', async () => {
    const { key } = await makeKey({ perDay: 2 });
    expect((await ask(key)).statusCode).toBe(200);
    expect((await ask(key)).statusCode).toBe(200);
    const refused = await ask(key);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = refused.json();
    expect(problem).toMatchObject({
      type: 'urn:quanlian:access.over_quota',
      status: 429,
      quota: 'day',
      limit: 2,
      error: { code: 'access.over_quota' },
    });
    expect(refused.headers['retry-after']).toBe(String(problem.retryAfter));
    expect(refused.headers['ratelimit']).toMatch(/^"day";r=0;t=/);
  });

  it('has no such headers where nothing bounds it, and one that does not count is refused', async () => {
    const { key } = await makeKey();
    expect((await ask(key)).headers['ratelimit']).toBeUndefined();
    const unknown = await ask(`qlk_${'x'.repeat(43)}`);
    expect([unknown.statusCode, unknown.json().error.code]).toEqual([401, 'access.key_refused']);
  });

  it('shows in the list how much it was used', async () => {
    const person = await work.city.person('company', 'ip-manager');
    const organizationId = work.city.organizations.company;
    const parts = { organizationId, name: 'n', permissions: ['case.read'], days: 1, perMinute: 10, perDay: 20 };
    const { key } = await work.base.identity.apiKeys.create(person, parts);
    for (let i = 0; i < 3; i++) await ask(key);
    await work.base.identity.keyQuotas.flush();
    const [shown] = await work.base.identity.apiKeys.list(person);
    expect(shown).toMatchObject({ perMinute: 10, perDay: 20, usedToday: 3 });
  });
});

describe('counting', () => {
  const open = (limits = { perMinute: 0, perDay: 0 }) => {
    const environment = testEnvironment('2026-03-02T01:00:00.000Z');
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const make = () => createKeyQuotas({ system: work.database.work.system, environment, limits, onError });
    return { environment, errors, make };
  };
  const overOf = async (quotas: ReturnType<typeof createKeyQuotas>, key: Parameters<typeof quotas.take>[0]) =>
    (await quotas.take(key)).over?.name;

  it('lets the last minute run out bit by bit', async () => {
    const { id } = await makeKey();
    const { environment, make } = open();
    const quotas = make();
    const key = { id, perMinute: 4, perDay: null };
    for (let i = 0; i < 4; i++) expect(await overOf(quotas, key)).toBeUndefined();
    expect(await overOf(quotas, key)).toBe('minute');
    environment.advance(60_000);
    expect(await overOf(quotas, key)).toBe('minute');
    environment.advance(31_000);
    expect(await overOf(quotas, key)).toBeUndefined();
    environment.advance(120_000);
    for (let i = 0; i < 4; i++) expect(await overOf(quotas, key)).toBeUndefined();
    await quotas.stop();
  });

  it('keeps the day’s sum over a restart, and begins anew at midnight (UTC)', async () => {
    const { id } = await makeKey();
    const { environment, errors, make } = open();
    const key = { id, perMinute: null, perDay: 3 };
    const before = make();
    await before.take(key);
    await before.take(key);
    await before.stop();
    const after = make();
    expect(await overOf(after, key)).toBeUndefined();
    expect(await overOf(after, key)).toBe('day');
    environment.set('2026-03-03T00:00:00.000Z');
    expect(await overOf(after, key)).toBeUndefined();
    await after.stop();
    expect(errors).toEqual([]);
  });

  it('takes the lower of the key’s own limit and the operator’s', async () => {
    const { id } = await makeKey();
    const { make } = open({ perMinute: 2, perDay: 0 });
    const quotas = make();
    const key = { id, perMinute: 100, perDay: null };
    expect((await quotas.take(key)).headers['ratelimit-policy']).toBe('"minute";q=2;w=60');
    await quotas.take(key);
    expect(await overOf(quotas, key)).toBe('minute');
    await quotas.stop();
  });

  it('counts what comes at once as what comes in turn', async () => {
    const { id } = await makeKey();
    const quotas = open().make();
    const all = await Promise.all(Array.from({ length: 20 }, () => quotas.take({ id, perMinute: null, perDay: 7 })));
    expect(all.filter(({ over }) => over === undefined)).toHaveLength(7);
    await quotas.stop();
  });
});
