import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MACHINE } from '../work/environment.js';
import { openBrowser, openTestWork, type TestBrowser, type TestWork } from './identity.fixture.js';
import { addPerson } from './people.js';

const OLD = 'A good pass phrase, 1';
const NEXT = 'Another good phrase, 2';
const mails: { to: string[]; body: string }[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  async onData(stream, session, done) {
    mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), body: await text(stream) });
    done();
  },
});

let test: TestWork;
let silent: TestWork;

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const address = smtp.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const mail = { host: '127.0.0.1', port, secure: false, requireTls: false, from: 'city@test.invalid' };
  [test, silent] = await Promise.all([openTestWork({ mail }), openTestWork()]);
});
afterAll(async () => {
  await Promise.all([test.close(), silent.close()]);
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

const person = (email: string, demo = false) =>
  test.database.work.system
    .transaction()
    .execute((trx) => addPerson(trx, MACHINE, { email, name: 'X', password: OLD, language: 'en', demo }));
const signIn = (browser: TestBrowser, email: string, password: string) =>
  browser.ask('POST', '/identity/sign-in', { email, password });
const forgot = (email: string) => openBrowser(test.app).ask('POST', '/identity/password/forgotten', { email });

async function mailTo(email: string): Promise<string> {
  await vi.waitFor(() => expect(mails.some(({ to }) => to.includes(email))).toBe(true), { timeout: 5000 });
  return mails.find(({ to }) => to.includes(email))?.body.replace(/=\r?\n/g, '') ?? '';
}
const secretIn = (body: string): string => /\/new-password#([\w-]+)/.exec(body)?.[1] ?? '';

describe('a forgotten password', () => {
  it('is set anew with the secret that was sent, once, and ends every session', async () => {
    await person('forgets@city.invalid');
    const there = openBrowser(test.app);
    await signIn(there, 'forgets@city.invalid', OLD);
    expect((await forgot('Forgets@city.invalid')).statusCode).toBe(202);
    const body = await mailTo('forgets@city.invalid');
    expect(body).toContain('Subject: Quanlian: set a new password');
    const secret = secretIn(body);
    const browser = openBrowser(test.app);
    const set = (password: string) => browser.ask('POST', '/identity/password/new', { secret, password });
    expect((await set('short')).json().error.code).toBe('password.weak');
    expect((await set(NEXT)).statusCode).toBe(204);
    expect((await set(NEXT)).json().error.code).toBe('password.secret_refused');
    expect((await there.ask('GET', '/identity/me')).statusCode).toBe(401);
    expect((await signIn(browser, 'forgets@city.invalid', OLD)).json().error.code).toBe('sign_in.refused');
    expect((await signIn(browser, 'forgets@city.invalid', NEXT)).json()).toEqual({ state: 'signed-in' });
  });

  it('sends nothing to nobody, to a made-up person, or twice in a row, and answers the same', async () => {
    await person('made-up@city.invalid', true);
    await person('again@city.invalid');
    for (const email of ['nobody@city.invalid', 'made-up@city.invalid', 'again@city.invalid'])
      expect((await forgot(email)).statusCode).toBe(202);
    await mailTo('again@city.invalid');
    expect((await forgot('again@city.invalid')).statusCode).toBe(202);
    // A mail that is really sent arrives after those that must not be.
    await person('last@city.invalid');
    await forgot('last@city.invalid');
    await mailTo('last@city.invalid');
    const to = mails.flatMap((mail) => mail.to);
    expect(to.filter((address) => address === 'again@city.invalid')).toHaveLength(1);
    expect(to).not.toContain('nobody@city.invalid');
    expect(to).not.toContain('made-up@city.invalid');
  });

  it('cannot be set anew once the secret is older than an hour, nor where no mail is set up', async () => {
    await person('slow@city.invalid');
    await forgot('slow@city.invalid');
    const secret = secretIn(await mailTo('slow@city.invalid'));
    await test.database.work.system
      .updateTable('sign_in_verification')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('identifier', 'like', 'password:%')
      .execute();
    const late = await openBrowser(test.app).ask('POST', '/identity/password/new', { secret, password: NEXT });
    expect(late.json().error.code).toBe('password.secret_refused');
    const browser = openBrowser(silent.app);
    expect((await browser.ask('GET', '/identity/sign-in')).json()).toMatchObject({ mail: false });
    const refused = await browser.ask('POST', '/identity/password/forgotten', { email: 'slow@city.invalid' });
    expect(refused.json().error.code).toBe('sign_in.unavailable');
  });
});

describe('what a person chose for the own account', () => {
  it('is the language and whether notices come by e-mail, kept with the account', async () => {
    await person('chooses@city.invalid');
    const browser = openBrowser(test.app);
    expect((await browser.ask('GET', '/identity/me/preferences')).statusCode).toBe(401);
    await signIn(browser, 'chooses@city.invalid', OLD);
    expect((await browser.ask('GET', '/identity/me/preferences')).json()).toEqual({ language: 'en', mail: true });
    const change = (choice: object) => browser.ask('PATCH', '/identity/me/preferences', choice);
    expect((await change({ mail: false })).json()).toEqual({ language: 'en', mail: false });
    expect((await change({ language: 'zh' })).json()).toEqual({ language: 'zh', mail: false });
    expect((await change({ language: 'fr' })).statusCode).toBe(400);
    expect((await browser.ask('GET', '/identity/session')).json()).toMatchObject({ language: 'zh' });
  });
});
