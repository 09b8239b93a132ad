import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from './accounts.service.js';
import { disableDemoAccounts, hasDemoAccounts } from './demo.js';
import { openBrowser, openTestWork, type TestBrowser, type TestWork, TOKEN } from './identity.fixture.js';

const PASSWORD = 'A good pass phrase, 1';
let test: TestWork;
let admin: TestBrowser;

beforeAll(async () => {
  test = await openTestWork();
  const accounts = createAccounts({
    database: test.database.work,
    audit: test.base.audit,
    environment: test.base.environment,
  });
  const organization = test.city.organizations.city;
  const made = await accounts.add({
    email: 'Admin@city.invalid',
    name: '管理员',
    role: 'platform-admin',
    organization,
  });
  admin = openBrowser(test.app);
  expect((await admin.ask('POST', '/identity/sign-in', { ...made })).statusCode).toBe(200);
});
afterAll(() => test.close());

async function join(place: 'company' | 'north', email: string, roles: string[]): Promise<TestBrowser> {
  const url = `/identity/organizations/${test.city.organizations[place]}/invitations`;
  const { secret, sent } = (await admin.ask('POST', url, { email, name: '新人', roles })).json();
  expect(sent).toBe(false);
  const browser = openBrowser(test.app);
  const accepted = await browser.ask('POST', '/identity/invitations/accept', { secret, password: PASSWORD });
  expect(accepted.json()).toEqual({ email });
  await browser.ask('POST', '/identity/sign-in', { email, password: PASSWORD });
  return browser;
}

describe('an invitation', () => {
  it('shows what it is for, makes the person, and works once', async () => {
    const organizationId = test.city.organizations.company;
    const url = `/identity/organizations/${organizationId}/invitations`;
    const { secret, invitation } = (
      await admin.ask('POST', url, { email: 'New@co.invalid', name: '赵', roles: ['ip-manager'] })
    ).json();
    const browser = openBrowser(test.app);
    const preview = (await browser.ask('POST', '/identity/invitations/preview', { secret })).json();
    expect(preview).toMatchObject({
      email: 'new@co.invalid',
      roles: ['ip-manager'],
      known: false,
      organization: { en: 'company' },
    });
    const weak = await browser.ask('POST', '/identity/invitations/accept', { secret, password: 'weak' });
    expect(weak.json().error.code).toBe('password.weak');
    const tries = await Promise.all(
      Array.from({ length: 4 }, () =>
        browser.ask('POST', '/identity/invitations/accept', { secret, password: PASSWORD }),
      ),
    );
    expect(tries.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404, 404, 404]);
    const { invitations } = (await admin.ask('GET', url)).json();
    expect(invitations).toEqual([{ ...invitation, state: 'accepted' }]);
  });

  it('ends with its time, and when taken back', async () => {
    const url = `/identity/organizations/${test.city.organizations.company}/invitations`;
    const old = (await admin.ask('POST', url, { email: 'old@co.invalid', name: '旧', roles: ['ip-manager'] })).json();
    await test.database.work.system
      .updateTable('invitation')
      .set({ expires_at: new Date(0) })
      .where('id', '=', old.invitation.id)
      .execute();
    const back = (await admin.ask('POST', url, { email: 'back@co.invalid', name: '回', roles: ['ip-manager'] })).json();
    expect((await admin.ask('DELETE', `/identity/invitations/${back.invitation.id}`)).statusCode).toBe(204);
    for (const { secret } of [old, back]) {
      const answer = await openBrowser(test.app).ask('POST', '/identity/invitations/preview', { secret });
      expect(answer.json().error.code).toBe('invitation.not_found');
    }
  });

  it('of somebody known asks for the own password', async () => {
    await join('company', 'two@co.invalid', ['ip-manager']);
    const url = `/identity/organizations/${test.city.organizations.north}/invitations`;
    const { secret } = (
      await admin.ask('POST', url, { email: 'two@co.invalid', name: '二', roles: ['district-clerk'] })
    ).json();
    const browser = openBrowser(test.app);
    const wrong = await browser.ask('POST', '/identity/invitations/accept', {
      secret,
      password: 'Some other phrase, 9',
    });
    expect(wrong.json().error.code).toBe('sign_in.refused');
    await browser.ask('POST', '/identity/invitations/accept', { secret, password: PASSWORD });
    await browser.ask('POST', '/identity/sign-in', { email: 'two@co.invalid', password: PASSWORD });
    expect((await browser.ask('GET', '/identity/me')).json().memberships).toHaveLength(2);
  });

  it('gives no role that the inviting person may not give, nor one that cannot be held there', async () => {
    const manager = await join('company', 'manager@co.invalid', ['ip-manager']);
    const url = `/identity/organizations/${test.city.organizations.company}/invitations`;
    const parts = { email: 'x@co.invalid', name: 'x' };
    expect((await manager.ask('POST', url, { ...parts, roles: ['ip-manager'] })).statusCode).toBe(201);
    expect((await manager.ask('POST', url, { ...parts, roles: ['trainer'] })).json().error.code).toBe('access.denied');
    expect((await admin.ask('POST', url, { ...parts, roles: ['city-officer'] })).json().error.code).toBe(
      'membership.refused',
    );
    const elsewhere = `/identity/organizations/${test.city.organizations.other}/invitations`;
    expect((await manager.ask('POST', elsewhere, { ...parts, roles: ['ip-manager'] })).json().error.code).toBe(
      'access.denied',
    );
  });
});

describe('organizations and roles', () => {
  it('are added, changed with a reason, and not changed unseen', async () => {
    const parts = { parentId: test.city.organizations.park, kind: 'company', name: { zh: '新公司', en: 'New Co' } };
    const made = (await admin.ask('POST', '/identity/organizations', parts)).json();
    expect(made).toMatchObject({ ...parts, version: 1, closedAt: null });
    const url = `/identity/organizations/${made.id}`;
    const change = { version: 1, name: { zh: '改名', en: 'Renamed' }, why: '更名' };
    expect((await admin.ask('PATCH', url, change)).json()).toMatchObject({ version: 2, name: change.name });
    expect((await admin.ask('PATCH', url, change)).json().error.code).toBe('organization.changed');
    const manager = await join('company', 'second@co.invalid', ['ip-manager']);
    expect((await manager.ask('GET', url)).statusCode).toBe(404);
    expect((await manager.ask('PATCH', url, { ...change, version: 2 })).statusCode).toBe(403);
    const { organizations } = (await manager.ask('GET', '/identity/organizations')).json();
    expect(organizations.map(({ id }: { id: string }) => id)).toEqual([test.city.organizations.company]);
  });

  it('a role is given, listed, lent and ended', async () => {
    const clerk = await join('north', 'clerk@city.invalid', ['district-clerk']);
    const deputy = await join('north', 'deputy@city.invalid', ['trainee']);
    const north = test.city.organizations.north;
    const { id: deputyId } = (await deputy.ask('GET', '/identity/me')).json();
    const today = new Date().toISOString().slice(0, 10);
    const lending = {
      organizationId: north,
      role: 'district-clerk',
      delegateId: deputyId,
      from: '2020-01-01',
      to: '2099-01-01',
      reason: '出差',
    };
    expect(
      (await deputy.ask('POST', '/identity/delegations', { ...lending, delegateId: deputyId })).json().error.code,
    ).toBe('membership.refused');
    const lent = (await clerk.ask('POST', '/identity/delegations', lending)).json();
    expect((await deputy.ask('GET', '/identity/me')).json().permissions).toContain('task.dispatch');
    expect((await clerk.ask('DELETE', `/identity/delegations/${lent.id}`)).statusCode).toBe(204);
    expect((await deputy.ask('GET', '/identity/me')).json().permissions).not.toContain('task.dispatch');
    const given = await admin.ask('POST', `/identity/organizations/${north}/members`, {
      personId: deputyId,
      role: 'trainer',
      to: today,
    });
    expect(given.json()).toMatchObject({ personId: deputyId, role: 'trainer', to: today });
    const { members } = (await clerk.ask('GET', `/identity/organizations/${north}/members`)).json();
    expect(members.map(({ role }: { role: string }) => role)).toContain('trainer');
    expect((await clerk.ask('DELETE', `/identity/members/${given.json().id}?why=x`)).statusCode).toBe(403);
    expect((await admin.ask('DELETE', `/identity/members/${given.json().id}?why=x`)).statusCode).toBe(204);
  });
});

describe('an API key', () => {
  it('acts in its organization with its permissions only, until it is revoked', async () => {
    const clerk = await join('north', 'keys@city.invalid', ['district-clerk']);
    const organizationId = test.city.organizations.north;
    const parts = { organizationId, name: '统计', permissions: ['organization.read'] };
    const { key, apiKey } = (await clerk.ask('POST', '/identity/api-keys', parts)).json();
    expect(key.startsWith(apiKey.prefix)).toBe(true);
    const program = (method: 'GET' | 'POST', url: string, payload?: object) =>
      test.app.inject({
        method,
        url: `/api/v1${url}`,
        headers: { host: '127.0.0.1', authorization: `Bearer ${key}` },
        ...(payload ? { payload } : {}),
      });
    expect((await program('GET', '/identity/me')).json()).toMatchObject({
      kind: 'apiKey',
      permissions: ['organization.read'],
    });
    const { organizations } = (await program('GET', '/identity/organizations')).json();
    const ids = organizations.map(({ id }: { id: string }) => id);
    const { north, park, company, desk, south, city } = test.city.organizations;
    expect(ids).toEqual(expect.arrayContaining([north, park, company, desk]));
    expect(ids).not.toContain(south);
    expect(ids).not.toContain(city);
    expect((await program('POST', '/identity/api-keys', parts)).statusCode).toBe(403);
    const { apiKeys } = (await clerk.ask('GET', '/identity/api-keys')).json();
    expect(apiKeys[0].lastUsedAt).not.toBeNull();
    expect(JSON.stringify(apiKeys)).not.toContain(key);
    await clerk.ask('DELETE', `/identity/api-keys/${apiKey.id}`);
    expect((await program('GET', '/identity/me')).json().error.code).toBe('access.key_refused');
  });

  it('is made for permissions and organizations one has', async () => {
    const clerk = await join('north', 'more@city.invalid', ['district-clerk']);
    const parts = { organizationId: test.city.organizations.city, name: 'x', permissions: ['organization.read'] };
    expect((await clerk.ask('POST', '/identity/api-keys', parts)).json().error.code).toBe('access.denied');
    const unknown = { ...parts, organizationId: test.city.organizations.north, permissions: ['everything'] };
    expect((await clerk.ask('POST', '/identity/api-keys', unknown)).json().error.code).toBe('request.invalid');
  });
});

describe('the owner of the data folder', () => {
  const owner = (url: string, payload: object) =>
    test.app.inject({
      method: 'POST',
      url: `/api/v1${url}`,
      headers: { host: '127.0.0.1', authorization: `Bearer ${TOKEN}` },
      payload,
    });

  it('gives a new password to who lost it; nobody else does that so', async () => {
    await join('north', 'lost@city.invalid', ['district-clerk']);
    const { password } = (await owner('/identity/accounts/reset', { email: 'LOST@city.invalid' })).json();
    const browser = openBrowser(test.app);
    expect((await browser.ask('POST', '/identity/sign-in', { email: 'lost@city.invalid', password })).statusCode).toBe(
      200,
    );
    expect((await admin.ask('POST', '/identity/accounts/reset', { email: 'lost@city.invalid' })).statusCode).toBe(403);
    expect((await owner('/identity/accounts/reset', { email: 'nobody@city.invalid' })).statusCode).toBe(404);
  });

  it('takes the accounts of the demo city out of use', async () => {
    const { work } = test.database;
    await work.system.updateTable('person').set({ demo: true }).where('email', '=', 'lost@city.invalid').execute();
    expect(await hasDemoAccounts(work.system)).toBe(true);
    expect(await disableDemoAccounts(work, test.base.environment)).toBe(1);
    expect(await hasDemoAccounts(work.system)).toBe(false);
  });
});
