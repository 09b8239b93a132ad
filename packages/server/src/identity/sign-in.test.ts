import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MACHINE } from '../work/environment.js';
import { openBrowser, openTestWork, type TestBrowser, type TestWork } from './identity.fixture.js';
import { addMembership } from './members.service.js';
import { addPerson } from './people.js';

const PASSWORD = 'A good pass phrase, 1';

let test: TestWork;
let count = 0;

beforeAll(async () => {
  test = await openTestWork();
});
afterAll(() => test.close());

async function makePerson(): Promise<{ email: string; id: string }> {
  count += 1;
  const email = `person${count}@city.invalid`;
  const id = await test.database.work.system.transaction().execute(async (trx) => {
    const personId = await addPerson(trx, MACHINE, { email, name: '王小明', password: PASSWORD });
    const organizationId = test.city.organizations.north;
    await addMembership(trx, MACHINE, { organizationId, personId, role: 'district-clerk', by: null });
    return personId;
  });
  return { email, id };
}

const signIn = (browser: TestBrowser, email: string, password = PASSWORD, address = '10.0.0.1') =>
  browser.ask('POST', '/identity/sign-in', { email, password }, { 'x-test': address });

describe('signing in with a password', () => {
  it('gives a session in a cookie no script can read, and tells who one is', async () => {
    const { email, id } = await makePerson();
    const browser = openBrowser(test.app);
    expect((await browser.ask('GET', '/identity/me')).json().error.code).toBe('access.sign_in_required');
    const answer = await signIn(browser, email.toUpperCase());
    expect(answer.json()).toEqual({ state: 'signed-in' });
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    const me = (await browser.ask('GET', '/identity/me')).json();
    expect(me).toMatchObject({ id, name: '王小明', email, kind: 'user', twoFactor: false });
    expect(me.memberships).toEqual([
      { organizationId: test.city.organizations.north, roles: ['member', 'district-clerk'] },
    ]);
    expect(me.permissions).toContain('task.dispatch');
    expect(me.permissions).not.toContain('plan.adopt');
  });

  it('ends when signed out, and when revoked from another place', async () => {
    const { email } = await makePerson();
    const [here, there] = [openBrowser(test.app), openBrowser(test.app)];
    await signIn(here, email);
    await signIn(there, email);
    const { sessions } = (await here.ask('GET', '/identity/me/sessions')).json();
    expect(sessions).toHaveLength(2);
    const other = sessions.find((session: { current: boolean }) => !session.current);
    expect((await here.ask('DELETE', `/identity/me/sessions/${other.id}`)).statusCode).toBe(204);
    expect((await there.ask('GET', '/identity/me')).statusCode).toBe(401);
    const kept = new Map(here.cookies);
    expect((await here.ask('POST', '/identity/sign-out')).statusCode).toBe(204);
    for (const [name, value] of kept) here.cookies.set(name, value);
    expect((await here.ask('GET', '/identity/me')).statusCode).toBe(401);
  });

  it('says the same for a wrong password and an unknown address', async () => {
    const { email } = await makePerson();
    const wrong = await signIn(openBrowser(test.app), email, 'wrong');
    const unknown = await signIn(openBrowser(test.app), 'nobody@city.invalid', 'wrong');
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json()).toEqual(unknown.json());
  });

  it('makes one wait after failures, even with the right password', async () => {
    const { email } = await makePerson();
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn(openBrowser(test.app), email, 'wrong');
    const locked = await signIn(openBrowser(test.app), email);
    expect(locked.statusCode).toBe(429);
    expect(locked.json().error.code).toBe('sign_in.locked');
    await test.database.work.system.deleteFrom('sign_in_failure').execute();
    expect((await signIn(openBrowser(test.app), email)).statusCode).toBe(200);
  });

  it('refuses a person who was disabled, at once', async () => {
    const { email, id } = await makePerson();
    const browser = openBrowser(test.app);
    await signIn(browser, email);
    await test.database.work.system
      .updateTable('person')
      .set({ disabled_at: new Date() })
      .where('id', '=', id)
      .execute();
    expect((await browser.ask('GET', '/identity/me')).statusCode).toBe(401);
    expect((await signIn(openBrowser(test.app), email)).statusCode).toBe(401);
  });

  it('takes nothing from a page of another origin', async () => {
    const { email } = await makePerson();
    const answer = await openBrowser(test.app).ask(
      'POST',
      '/identity/sign-in',
      { email, password: PASSWORD },
      { origin: 'http://evil.example' },
    );
    expect(answer.json().error.code).toBe('request.origin_refused');
  });

  it('changes a password under the rules and ends the other sessions', async () => {
    const { email } = await makePerson();
    const [here, there] = [openBrowser(test.app), openBrowser(test.app)];
    await signIn(here, email);
    await signIn(there, email);
    const weak = await here.ask('PUT', '/identity/me/password', { now: PASSWORD, next: 'short' });
    expect(weak.json().error.code).toBe('password.weak');
    const wrong = await here.ask('PUT', '/identity/me/password', { now: 'no', next: 'Another pass phrase, 2' });
    expect(wrong.json().error.code).toBe('sign_in.refused');
    const done = await here.ask('PUT', '/identity/me/password', { now: PASSWORD, next: 'Another pass phrase, 2' });
    expect(done.statusCode).toBe(204);
    expect((await there.ask('GET', '/identity/me')).statusCode).toBe(401);
    expect((await here.ask('GET', '/identity/me')).statusCode).toBe(200);
    expect((await signIn(openBrowser(test.app), email)).statusCode).toBe(401);
  });

  it('keeps no password, and no session on anybody’s behalf', async () => {
    const { rows } = await sql<{ password: string }>`select password from sign_in_account`.execute(
      test.database.work.system,
    );
    for (const { password } of rows) expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const seen = await test.database.work.db.selectFrom('sign_in_session').selectAll().execute();
    expect(seen).toEqual([]);
  });
});

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 6238 with what the address of an authenticator says. */
function totp(uri: string, at = Date.now()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const bits = [...secret].map((one) => BASE32.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('a second factor', () => {
  it('is asked for once it was confirmed, and a backup code does as well, once', async () => {
    const { email } = await makePerson();
    const browser = openBrowser(test.app);
    await signIn(browser, email);
    const refused = await browser.ask('POST', '/identity/me/code', { password: 'wrong' });
    expect(refused.json().error.code).toBe('sign_in.refused');
    const { uri, backupCodes } = (await browser.ask('POST', '/identity/me/code', { password: PASSWORD })).json();
    expect((await browser.ask('PUT', '/identity/me/code', { code: '000000' })).statusCode).toBe(401);
    expect((await browser.ask('PUT', '/identity/me/code', { code: totp(uri) })).statusCode).toBe(204);
    expect((await browser.ask('GET', '/identity/me')).json()).toMatchObject({ twoFactor: true });

    const again = openBrowser(test.app);
    expect((await signIn(again, email)).json()).toEqual({ state: 'code-needed' });
    expect((await again.ask('GET', '/identity/me')).statusCode).toBe(401);
    expect((await again.ask('POST', '/identity/sign-in/code', { code: '111111' })).statusCode).toBe(401);
    expect((await again.ask('POST', '/identity/sign-in/code', { code: totp(uri) })).json()).toEqual({
      state: 'signed-in',
    });
    expect((await again.ask('GET', '/identity/me')).statusCode).toBe(200);

    const third = openBrowser(test.app);
    await signIn(third, email);
    expect((await third.ask('POST', '/identity/sign-in/code', { code: backupCodes[0] })).statusCode).toBe(200);
    const fourth = openBrowser(test.app);
    await signIn(fourth, email);
    expect((await fourth.ask('POST', '/identity/sign-in/code', { code: backupCodes[0] })).statusCode).toBe(401);
  });
});
