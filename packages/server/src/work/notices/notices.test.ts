import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../identity/config.js';
import { openTestWork, type TestWork } from '../../identity/identity.fixture.js';
import { withWork } from '../context.js';
import { signatureOf } from './notices.js';

const mails: { to: string[]; body: string }[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  async onData(stream, session, done) {
    mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), body: await text(stream) });
    done();
  },
});

const calls: { headers: IncomingHttpHeaders; body: string }[] = [];
let hookStatus = 200;
const hook = createServer(async (request, response) => {
  calls.push({ headers: request.headers, body: await text(request) });
  response.writeHead(hookStatus).end();
});

const portOf = (address: ReturnType<typeof hook.address>): number => (address as AddressInfo).port;
let test: TestWork;
let hookUrl: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  hookUrl = `http://127.0.0.1:${portOf(hook.address())}/told`;
  test = await openTestWork({
    mail: {
      host: '127.0.0.1',
      port: portOf(smtp.server.address()),
      secure: false,
      requireTls: false,
      from: 'city@test.invalid',
    },
    webhooks: { allowPrivateAddress: true },
  });
  test.base.texts.add({
    'task.due': {
      title: { zh: '任务“{task}”将到期', en: 'Task “{task}” is due' },
      text: { zh: '还有 {days} 天。', en: '{days} days are left.' },
    },
  });
});
afterAll(async () => {
  await test.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  hook.close();
});

const parameters = { task: '年报\r\nBcc: x@y.z', days: 3 };

describe('a notice', () => {
  it('reaches a person in the page and by e-mail, also one the actor cannot reach', async () => {
    const { base, city, database } = test;
    const sender = await city.person('company', 'ip-manager');
    const reader = await city.person('city', 'city-officer');
    await withWork(database.work.db, sender, async (trx) => {
      const people = [reader.userId ?? ''];
      base.notices.notify(trx, { organizationId: city.organizations.company, people, kind: 'task.due', parameters });
    });
    await base.jobs.runDue();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual([`${reader.userId}@test.invalid`]);
    expect(mails[0]?.body).toMatch(/^From: city@test\.invalid/m);
    expect(mails[0]?.body).not.toMatch(/^Bcc:/m);
    const { unread, notices } = await base.noticeService.list(reader, { unread: true, limit: 10 });
    expect(unread).toBe(1);
    expect(notices[0]?.text).toEqual({ zh: '还有 3 天。', en: '3 days are left.' });
    expect(await base.noticeService.list(sender, { unread: true, limit: 10 })).toEqual({ unread: 0, notices: [] });
    await expect(base.noticeService.read(sender, notices[0]?.id)).rejects.toMatchObject({ code: 'notice.not_found' });
    await base.noticeService.read(reader, notices[0]?.id);
    expect((await base.noticeService.list(reader, { unread: true, limit: 10 })).unread).toBe(0);
  });

  it('is not sent when its transaction fails, and refuses missing parameters at once', async () => {
    const { base, city, database } = test;
    const sender = await city.person('city', 'city-officer');
    const notice = { organizationId: city.organizations.city, people: [sender.userId ?? ''], kind: 'task.due' };
    const failing = withWork(database.work.db, sender, async (trx) => {
      base.notices.notify(trx, { ...notice, parameters });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const incomplete = withWork(database.work.db, sender, async (trx) =>
      base.notices.notify(trx, { ...notice, parameters: { task: 'x' } }),
    );
    await expect(incomplete).rejects.toMatchObject({ code: 'template.invalid' });
    mails.length = 0;
    await base.jobs.runDue();
    expect(mails).toEqual([]);
  });
});

describe('a webhook', () => {
  it('is called with a signature, tried again after a failure, and no more once removed', async () => {
    const { base, city, database } = test;
    const officer = await city.person('city', 'city-officer');
    const organizationId = city.organizations.north;
    const { webhook, secret } = await base.noticeService.addWebhook(officer, {
      organizationId,
      url: hookUrl,
      kinds: ['task.due'],
    });
    const notify = () =>
      withWork(database.work.db, officer, async (trx) =>
        base.notices.notify(trx, { organizationId, people: [], kind: 'task.due', parameters: { task: 'x', days: 1 } }),
      );
    hookStatus = 500;
    await notify();
    await base.jobs.runDue();
    expect(calls).toHaveLength(1);
    expect((await base.noticeService.webhooks(officer))[0]?.lastResult).toContain('500');
    hookStatus = 200;
    await database.work.system
      .updateTable('job')
      .set({ due_at: new Date(0) })
      .where('state', '=', 'waiting')
      .execute();
    await base.jobs.runDue();
    expect(calls).toHaveLength(2);
    const [, call] = calls;
    const signature = String(call?.headers['x-quanlian-signature']);
    const time = Number(/^t=(\d+)/.exec(signature)?.[1]);
    expect(signature).toBe(signatureOf(secret, time, call?.body ?? ''));
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ kind: 'task.due', organizationId, parameters: { days: 1 } });
    const stored = await database.work.system.selectFrom('webhook').select('secret').executeTakeFirstOrThrow();
    expect(stored.secret).not.toContain(secret);
    await base.noticeService.removeWebhook(officer, webhook.id);
    await notify();
    await base.jobs.runDue();
    expect(calls).toHaveLength(2);
  });

  it('is set up by who manages the organization only', async () => {
    const { base, city } = test;
    const manager = await city.person('company', 'ip-manager');
    const parts = { organizationId: city.organizations.company, url: hookUrl, kinds: ['*'] };
    await expect(base.noticeService.addWebhook(manager, parts)).rejects.toMatchObject({ code: 'access.denied' });
  });
});

it('mail is not set up without a place for it', () => {
  expect(DEFAULT_CONFIG.mail).toBeUndefined();
});
