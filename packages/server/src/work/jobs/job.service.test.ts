import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_CONFIG } from '../../identity/config.js';
import { openTestWork, type TestWork } from '../../identity/identity.fixture.js';
import type { Actor } from '../actor.js';
import { withWork } from '../context.js';

let test: TestWork;
let admin: Actor;
let officer: Actor;
let broken = true;

beforeAll(async () => {
  test = await openTestWork({ webhooks: { ...DEFAULT_CONFIG.webhooks, allowPrivateAddress: true } });
  [admin, officer] = [await test.city.person('city', 'platform-admin'), await test.city.person('city', 'city-officer')];
  test.base.jobs.define({
    name: 'test.job',
    payload: z.object({}),
    mostAttempts: 1,
    async run(_, { progress }) {
      await progress({ done: 3, total: 10 });
      if (broken) throw new Error('it is broken');
    },
  });
});
afterAll(() => test.close());

const order = (actor: Actor, organizationId: string | null) =>
  withWork(test.database.work.db, actor, async (trx) =>
    test.base.jobs.enqueue(trx, { name: 'test.job', payload: {}, organizationId }),
  );
const find = async (actor: Actor, id: string) =>
  (await test.base.jobService.list(actor, { limit: 100 })).find((job) => job.id === id);

describe('work in the background', () => {
  it('shows its progress and failure, and is tried again', async () => {
    const { jobs, jobService } = test.base;
    const id = await order(officer, test.city.organizations.city);
    await expect(jobService.retry(officer, id)).rejects.toMatchObject({ code: 'job.not_found' });
    broken = true;
    await jobs.runDue();
    const failed = await find(admin, id);
    expect(failed).toMatchObject({ state: 'failed', attempts: 1, mostAttempts: 1, mayManage: true });
    expect(failed?.progress).toEqual({ done: 3, total: 10 });
    expect(failed?.error).toBe('it is broken');
    expect(failed?.startedAt).not.toBeNull();
    broken = false;
    await jobService.retry(admin, id);
    expect(await find(admin, id)).toMatchObject({ state: 'waiting', attempts: 0, endedAt: null, error: null });
    await jobs.runDue();
    expect(await find(admin, id)).toMatchObject({ state: 'done' });
    await expect(jobService.retry(admin, id)).rejects.toMatchObject({ code: 'job.not_found' });
  });

  it('is stopped while it waits and can be tried again, both written to the log', async () => {
    const { jobService } = test.base;
    const id = await order(officer, test.city.organizations.city);
    await jobService.cancel(admin, id);
    expect(await find(admin, id)).toMatchObject({ state: 'cancelled' });
    await jobService.retry(admin, id);
    await jobService.cancel(admin, id);
    const auditor = await test.city.person('city', 'auditor');
    const { entries } = await test.base.auditService.list(auditor, { subjectId: id, limit: 10, offset: 0 });
    expect(entries.map(({ action }) => action)).toEqual(['job.cancel', 'job.retry', 'job.cancel']);
  });

  it('of the program itself is for who administers the whole city; others see what they ordered', async () => {
    const own = await order(officer, test.city.organizations.city);
    await withWork(
      test.database.work.system,
      { ...admin, kind: 'system', rowScope: { ...admin.rowScope, system: true } },
      async (trx) => {
        test.base.jobs.enqueue(trx, { name: 'test.job', payload: {}, key: 'program' });
      },
    );
    const of = async (actor: Actor) =>
      (await test.base.jobService.list(actor, { limit: 100 })).map((job) => job.organizationId);
    expect(await of(admin)).toContain(null);
    const company = await test.city.person('company', 'ip-manager');
    expect(await of(company)).toEqual([]);
    expect((await test.base.jobService.list(admin, { state: 'waiting', limit: 100 })).map(({ id }) => id)).toContain(
      own,
    );
  });
});

describe('what was sent to a webhook', () => {
  it('is told to who manages the organization, with its failures, and to nobody else', async () => {
    const { base, city, database } = test;
    base.texts.add({ 'test.told': { title: { zh: '告知', en: 'Told' }, text: { zh: '告知', en: 'Told' } } });
    const { webhook } = await base.noticeService.addWebhook(officer, {
      organizationId: city.organizations.city,
      url: 'http://127.0.0.1:9/nobody',
      kinds: ['test.told'],
    });
    await withWork(database.work.db, officer, async (trx) => {
      base.notices.notify(trx, {
        organizationId: city.organizations.city,
        people: [officer.userId ?? ''],
        kind: 'test.told',
        parameters: {},
      });
    });
    await base.jobs.runDue();
    const [delivery, ...rest] = await base.noticeService.deliveries(officer, webhook.id, 10);
    expect(rest).toEqual([]);
    expect(delivery).toMatchObject({ kind: 'test.told', state: 'waiting', attempts: 1, mostAttempts: 6 });
    expect(delivery?.error).toBeTruthy();
    expect(base.noticeService.kinds()).toEqual([{ kind: 'test.told', title: { zh: '告知', en: 'Told' } }]);
    const clerk = await city.person('north', 'district-clerk');
    await expect(base.noticeService.deliveries(clerk, webhook.id, 10)).rejects.toMatchObject({
      code: 'webhook.refused',
    });
  });
});

describe('the records of erasures', () => {
  it('name whose values went, why and by whom, for who may erase', async () => {
    const { auditService, audit } = test.base;
    await withWork(test.database.work.db, officer, async (trx) => {
      audit.append(trx, {
        organizationId: test.city.organizations.city,
        action: 'test.named',
        subject: { kind: 'test', id: '1' },
        personal: { name: 'Wang', phone: '1' },
        personId: officer.userId ?? '',
      });
    });
    expect((await auditService.erase(admin, officer.userId ?? '', 'asked to')).erased).toBeGreaterThanOrEqual(2);
    const erasures = await auditService.erasures(admin, 100);
    expect(erasures).toContainEqual(
      expect.objectContaining({ personId: officer.userId, why: 'asked to', fields: ['name', 'phone'] }),
    );
    await expect(auditService.erasures(officer, 10)).rejects.toMatchObject({ code: 'access.denied' });
  });
});
