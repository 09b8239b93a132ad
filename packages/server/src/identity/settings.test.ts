import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../work/actor.js';
import { verifyAudit } from '../work/audit/verify.js';
import { withWork } from '../work/context.js';
import { testEnvironment } from '../work/work.fixture.js';
import { openBrowser, openTestWork, type TestWork } from './identity.fixture.js';
import { createPasswordReset } from './password-reset.js';
import { addPerson } from './people.js';

const PASSWORD = 'Old-password-2026';
const NEXT = 'New-password-2027';

let test: TestWork;
const environment = testEnvironment(new Date().toISOString());
const mails: { to: string; subject: string; text: string }[] = [];

async function newPerson(email: string, more: { demo?: boolean; language?: 'zh' | 'en' } = {}): Promise<string> {
  return withWork(test.database.work.db, systemActor('test'), (trx) =>
    addPerson(trx, environment, { email, name: 'Somebody', password: PASSWORD, ...more }),
  );
}

const reset = () =>
  createPasswordReset({
    work: test.database.work,
    audit: test.base.audit,
    environment,
    mailer: {
      send: async (mail) => {
        mails.push(mail);
      },
      close: () => undefined,
    },
    baseUrl: () => 'https://city.example',
    onError: (error) => {
      throw error;
    },
  });

const secretOf = (text: string): string => /password#(\S+)/.exec(text)?.[1] ?? '';

beforeAll(async () => {
  test = await openTestWork();
});
afterAll(() => test.close());

describe('a forgotten password', () => {
  it('is set anew by whoever reads the mail, once and within an hour, and ends every session', async () => {
    const id = await newPerson('forgets@x.invalid', { language: 'en' });
    const browser = openBrowser(test.app);
    const signIn = (password: string) =>
      openBrowser(test.app).ask('POST', '/identity/sign-in', { email: 'forgets@x.invalid', password });
    await browser.ask('POST', '/identity/sign-in', { email: 'forgets@x.invalid', password: PASSWORD });
    expect((await browser.ask('GET', '/identity/me')).statusCode).toBe(200);

    const way = reset();
    await way.ask('Forgets@x.invalid');
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['forgets@x.invalid', 'Quanlian: set a new password'],
    ]);
    const secret = secretOf(mails[0]?.text ?? '');
    await expect(way.set(secret, 'short')).rejects.toMatchObject({ code: 'password.weak' });
    await expect(way.set(`${secret}x`, NEXT)).rejects.toMatchObject({ code: 'sign_in.refused' });
    await way.set(secret, NEXT);
    expect((await browser.ask('GET', '/identity/me')).statusCode).toBe(401);
    expect((await signIn(PASSWORD)).statusCode).toBe(401);
    expect((await signIn(NEXT)).statusCode).toBe(200);
    await expect(way.set(secret, NEXT)).rejects.toMatchObject({ code: 'sign_in.refused' });

    await way.ask('forgets@x.invalid');
    environment.advance(3_600_001);
    await expect(way.set(secretOf(mails[1]?.text ?? ''), NEXT)).rejects.toMatchObject({ code: 'sign_in.refused' });
    const told = await test.database.work.system
      .selectFrom('audit_entry')
      .select('action')
      .where('subject_id', '=', id)
      .where('action', 'like', '%password')
      .execute();
    expect(told.map(({ action }) => action)).toEqual([
      'person.ask-password',
      'person.reset-password',
      'person.ask-password',
    ]);
    expect(await verifyAudit(test.database.work.db)).toMatchObject({ ok: true });
  });

  it('brings no mail to who is not there, is disabled or made up, and not more than three at once', async () => {
    mails.length = 0;
    const way = reset();
    await way.ask('nobody@x.invalid');
    await newPerson('made-up@x.invalid', { demo: true });
    await way.ask('made-up@x.invalid');
    const disabled = await newPerson('disabled@x.invalid');
    await test.database.work.system
      .updateTable('person')
      .set({ disabled_at: environment.now() })
      .where('id', '=', disabled)
      .execute();
    await way.ask('disabled@x.invalid');
    expect(mails).toEqual([]);
    await newPerson('impatient@x.invalid');
    for (let time = 0; time < 5; time += 1) await way.ask('impatient@x.invalid');
    expect(mails).toHaveLength(3);
    expect(mails[0]?.subject).toBe('全链平台：重设密码');
    // With one, the others count no more.
    await way.set(secretOf(mails[2]?.text ?? ''), NEXT);
    await expect(way.set(secretOf(mails[0]?.text ?? ''), NEXT)).rejects.toMatchObject({ code: 'sign_in.refused' });
  });

  it('is told to be impossible where no mail is set up', async () => {
    const browser = openBrowser(test.app);
    const answer = await browser.ask('POST', '/identity/password/forgotten', { email: 'forgets@x.invalid' });
    expect([answer.statusCode, answer.json().error.code]).toEqual([409, 'sign_in.unavailable']);
    expect((await browser.ask('GET', '/identity/sign-in')).json()).toMatchObject({ reset: false });
  });
});

describe('what a person chooses', () => {
  it('is kept, is one’s own, and decides about mail and language', async () => {
    await newPerson('chooser@x.invalid');
    const browser = openBrowser(test.app);
    expect((await browser.ask('GET', '/identity/me/settings')).statusCode).toBe(401);
    await browser.ask('POST', '/identity/sign-in', { email: 'chooser@x.invalid', password: PASSWORD });
    expect((await browser.ask('GET', '/identity/me/settings')).json()).toEqual({ language: 'zh', mail: true });
    expect((await browser.ask('PUT', '/identity/me/settings', { mail: false })).json()).toEqual({
      language: 'zh',
      mail: false,
    });
    expect((await browser.ask('PUT', '/identity/me/settings', { language: 'en' })).json()).toEqual({
      language: 'en',
      mail: false,
    });
    const me = (await browser.ask('GET', '/identity/me')).json();
    expect(me.language).toBe('en');
    const actor = await test.base.identity.actors.ofPerson(me.id);
    expect(actor && (await test.base.settings.languageOf(actor))).toBe('en');
    expect((await browser.ask('PUT', '/identity/me/settings', { language: 'xx' })).statusCode).toBe(400);
    const choice = await test.database.work.system
      .selectFrom('notice_choice')
      .select('mail')
      .where('person_id', '=', me.id)
      .execute();
    expect(choice).toEqual([{ mail: false }]);
  });
});
