import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MACHINE } from '../work/environment.js';
import { DEFAULT_CONFIG } from './config.js';
import { ORIGIN, openBrowser, openTestWork, type TestBrowser, type TestWork } from './identity.fixture.js';
import { addPerson } from './people.js';

/** Who the provider says is at the other end; each test decides. */
let signedInAs = { sub: 'somebody', email: 'somebody@city.invalid', email_verified: true };
let provider: Provider;
let issuer: string;
let test: TestWork;

/** A person who agrees to everything. */
async function agree(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId: signedInAs.sub } });
    return;
  }
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: params.client_id });
  grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '));
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

const server = createServer((request, response) => {
  if (request.url?.startsWith('/interaction/')) void agree(request, response);
  else provider.callback()(request, response);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'quanlian',
        client_secret: 'the secret of the client',
        redirect_uris: [`${ORIGIN}/api/v1/identity/sign-in/callback/office`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ ...signedInAs, name: '某人' }),
    }),
    cookies: { keys: ['a key of the test'] },
  });
  const office = {
    issuer,
    clientId: 'quanlian',
    clientSecret: 'the secret of the client',
    title: '统一认证',
    allowPrivateAddress: true,
  };
  test = await openTestWork({ signIn: { ...DEFAULT_CONFIG.signIn, providers: { office } } });
});
afterAll(async () => {
  await test.close();
  server.closeAllConnections();
  server.close();
});

/** Goes through the provider's pages as a browser does, with its cookies, until it leads back. */
async function walk(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let address = start;
  for (let step = 0; step < 12 && address.startsWith(issuer); step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (!next) throw new Error(`the provider stopped at ${address}: ${answer.status} ${await answer.text()}`);
    address = new URL(next, address).href;
  }
  return address;
}

async function signIn(browser: TestBrowser): Promise<string> {
  const { url } = (await browser.ask('POST', '/identity/sign-in/provider/office', {})).json();
  const back = new URL(await walk(url));
  expect(back.origin).toBe(ORIGIN);
  const answer = await browser.ask('GET', `${back.pathname}${back.search}`.slice('/api/v1'.length));
  expect(answer.statusCode).toBe(302);
  return String(answer.headers['location']);
}

describe('signing in with a provider', () => {
  it('lets a known person in and remembers who that is there', async () => {
    const email = 'known@city.invalid';
    const id = await test.database.work.system
      .transaction()
      .execute((trx) => addPerson(trx, MACHINE, { email, name: '李工', password: 'A good pass phrase, 1' }));
    signedInAs = { sub: 'abc', email, email_verified: true };
    const browser = openBrowser(test.app);
    expect(await signIn(browser)).toBe(`${ORIGIN}/`);
    expect((await browser.ask('GET', '/identity/me')).json()).toMatchObject({ id, name: '李工' });
    // Later the address may change there; the person stays the same.
    signedInAs = { sub: 'abc', email: 'renamed@city.invalid', email_verified: true };
    const again = openBrowser(test.app);
    await signIn(again);
    expect((await again.ask('GET', '/identity/me')).json()).toMatchObject({ id, email });
  });

  it('makes nobody who was not invited', async () => {
    signedInAs = { sub: 'stranger', email: 'stranger@city.invalid', email_verified: true };
    const browser = openBrowser(test.app);
    expect(await signIn(browser)).toContain('signIn=refused');
    expect((await browser.ask('GET', '/identity/me')).statusCode).toBe(401);
    const found = await test.database.work.system
      .selectFrom('person')
      .select('id')
      .where('email', '=', signedInAs.email)
      .execute();
    expect(found).toEqual([]);
  });

  it('is listed, and a provider that is not there is refused', async () => {
    const browser = openBrowser(test.app);
    expect((await browser.ask('GET', '/identity/sign-in')).json().providers).toEqual([
      { id: 'office', title: '统一认证' },
    ]);
    const answer = await browser.ask('POST', '/identity/sign-in/provider/other', {});
    expect(answer.json().error.code).toBe('sign_in.unavailable');
  });

  it('takes no answer that was not asked for here', async () => {
    signedInAs = { sub: 'abc', email: 'known@city.invalid', email_verified: true };
    const { url } = (await openBrowser(test.app).ask('POST', '/identity/sign-in/provider/office', {})).json();
    const back = new URL(await walk(url));
    const other = openBrowser(test.app);
    const answer = await other.ask('GET', `${back.pathname}${back.search}`.slice('/api/v1'.length));
    expect(answer.cookies.map(({ name }) => name)).not.toContain('quanlian.session_token');
    expect((await other.ask('GET', '/identity/me')).statusCode).toBe(401);
  });
});
