import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCorpusInline, type SearchBackend } from '@quanlian/engine';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleErrors } from '../http/errors.js';
import { DEFAULT_CONFIG } from '../identity/config.js';
import { openTestWork, type TestWork } from '../identity/identity.fixture.js';
import { createAssetStore } from '../links/information/asset.store.js';
import type { Actor } from '../work/actor.js';
import { opsClientRoutes } from './clients.routes.js';
import { createOps, type OpsFace } from './ops.js';
import { opsRoutes } from './ops.routes.js';

const HOUR_BYTES = 5_000_000;

let work: TestWork;
let face: OpsFace;
let backend: SearchBackend;
let app: FastifyInstance;
let folder: string;
const people = new Map<string, Actor>();

beforeAll(async () => {
  work = await openTestWork({ ops: { ...DEFAULT_CONFIG.ops, hourBytes: HOUR_BYTES } });
  folder = await mkdtemp(join(tmpdir(), 'quanlian-ops-clients-'));
  backend = await openCorpusInline({ dir: join(folder, 'corpus'), write: true });
  await backend.apply([
    {
      id: 'EP1A1',
      office: 'EP',
      number: '1',
      kind: 'A1',
      titles: { en: 'Lamp' },
      sources: [{ format: 'patent-document', file: 'x', offset: 0, sha256: 'x' }],
    },
  ]);
  const { base, city } = work;
  people.set('owner', await city.person('company', 'ip-manager'));
  people.set('colleague', await city.person('company', 'ip-manager'));
  people.set('stranger', await city.person('other', 'ip-manager'));
  people.set('admin', await city.person('city', 'platform-admin'));
  const onError = (error: unknown) => {
    throw error;
  };
  face = createOps({
    work: base,
    backend,
    assets: createAssetStore(join(folder, 'files')),
    mostPerQuery: 1000,
    onError,
  });
  // Who asks is told by a header; how people sign in is tested elsewhere.
  const requireActor = async ({ headers }: { headers: Record<string, unknown> }): Promise<Actor> => {
    const actor = people.get(String(headers['x-person']));
    return actor ?? base.identity.requests.requireActor({ headers: {} } as never);
  };
  const identity = { ...base.identity, requests: { ...base.identity.requests, requireActor } };
  app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  await app.register(opsRoutes(face));
  await app.register(opsClientRoutes({ face, work: { ...base, identity } as TestWork['base'] }), { prefix: '/api/v1' });
}, 120_000);
afterAll(async () => {
  await app.close();
  await face.stop();
  await backend.close();
  await work.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (person: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  app.inject({
    method,
    url: `/api/v1/ops/clients${url}`,
    headers: { 'x-person': person },
    ...(payload === undefined ? {} : { payload }),
  });

interface Made {
  readonly client: { readonly id: string; readonly key: string };
  readonly secret: string;
}

async function make(person = 'owner', more: object = {}): Promise<Made> {
  const organizationId = work.city.organizations.company;
  const answer = await ask(person, 'POST', '', { name: 'crawler', organizationId, ...more });
  expect([answer.statusCode, answer.statusCode === 201 ? '' : answer.body]).toEqual([201, '']);
  return answer.json();
}

const signIn = ({ client, secret }: Made) =>
  app.inject({
    method: 'POST',
    url: '/3.2/auth/accesstoken',
    headers: { authorization: `Basic ${Buffer.from(`${client.key}:${secret}`).toString('base64')}` },
    payload: 'grant_type=client_credentials',
  });

async function biblio(made: Made, more: Partial<InjectOptions> = {}) {
  const { access_token } = (await signIn(made)).json() as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  const call = () =>
    app.inject({ url: '/3.2/rest-services/published-data/publication/docdb/EP.1.A1/biblio', headers, ...more });
  return { call };
}

const namesIn = async (person: string): Promise<string[]> =>
  ((await ask(person, 'GET', '')).json() as { clients: { id: string }[] }).clients.map(({ id }) => id);
const codeOf = (answer: { json(): { error?: { code: string } } }): string | undefined => answer.json().error?.code;

describe('client ids', () => {
  it('are issued, sign in, are told what they use, and end when they are revoked', async () => {
    const made = await make();
    expect(Object.keys(made.client)).not.toContain('personId');
    const { call } = await biblio(made);
    expect((await call()).statusCode).toBe(200);
    const used = await ask('owner', 'GET', `/${made.client.id}/usage?days=2`);
    expect(used.json()).toMatchObject({ days: [{ service: 'retrieval', requests: 1 }] });
    expect((await ask('owner', 'DELETE', `/${made.client.id}`)).statusCode).toBe(204);
    const after = await call();
    expect([after.statusCode, after.headers['www-authenticate']]).toEqual([
      400,
      'Bearer realm="null",error="invalid_token",error_description="keymanagement.service.invalid_access_token"',
    ]);
    expect((await signIn(made)).body).toContain('ClientId is Invalid');
    expect((await ask('owner', 'GET', '')).json()).toMatchObject({
      clients: [{ id: made.client.id, revokedAt: expect.any(String) }],
    });
  });

  it('are seen and changed by who made them and by an administrator above, and by nobody else', async () => {
    const { client } = await make();
    expect(await namesIn('owner')).toContain(client.id);
    expect(await namesIn('admin')).toContain(client.id);
    const quota = { hourBytes: 1000, weekBytes: null, perMinute: {} };
    for (const person of ['colleague', 'stranger']) {
      expect(await namesIn(person)).not.toContain(client.id);
      for (const answer of [
        await ask(person, 'GET', `/${client.id}/usage`),
        await ask(person, 'PUT', `/${client.id}/quota`, quota),
        await ask(person, 'DELETE', `/${client.id}`),
      ])
        expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'ops.client_not_found']);
    }
    const unknown = await ask('nobody', 'GET', '');
    expect([unknown.statusCode, codeOf(unknown)]).toEqual([401, 'access.sign_in_required']);
    expect((await ask('admin', 'DELETE', `/${client.id}`)).statusCode).toBe(204);
  });

  it('are not made for an organization one has no role in, nor without a name', async () => {
    const other = { name: 'x', organizationId: work.city.organizations.other };
    const refused = await ask('owner', 'POST', '', other);
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'access.denied']);
    expect((await ask('owner', 'POST', '', { name: 'x' })).statusCode).toBe(403);
    const nameless = { name: '  ', organizationId: work.city.organizations.company };
    expect((await ask('owner', 'POST', '', nameless)).statusCode).toBe(400);
  });

  it('get no more than the operator gives every client, but from an administrator', async () => {
    const { client } = await make('owner', { hourBytes: HOUR_BYTES });
    for (const quota of [
      { hourBytes: 0, weekBytes: null, perMinute: {} },
      { hourBytes: HOUR_BYTES + 1, weekBytes: null, perMinute: {} },
      { hourBytes: null, weekBytes: null, perMinute: { search: 1_000_000 } },
    ]) {
      const refused = await ask('owner', 'PUT', `/${client.id}/quota`, quota);
      expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'access.denied']);
      const given = await ask('admin', 'PUT', `/${client.id}/quota`, quota);
      expect([given.statusCode, given.json()]).toMatchObject([200, quota]);
    }
    const organizationId = work.city.organizations.company;
    const made = await ask('owner', 'POST', '', { name: 'x', organizationId, hourBytes: 0 });
    expect(made.statusCode).toBe(403);
  });

  it('follow a changed quota at once: tokens end, and the new one is bound by it', async () => {
    const made = await make();
    const { call } = await biblio(made);
    expect((await call()).statusCode).toBe(200);
    const quota = { hourBytes: 10, weekBytes: null, perMinute: {} };
    expect((await ask('owner', 'PUT', `/${made.client.id}/quota`, quota)).statusCode).toBe(200);
    expect((await call()).statusCode).toBe(400);
    const renewed = await (await biblio(made)).call();
    expect([renewed.statusCode, renewed.headers['x-rejection-reason']]).toEqual([403, 'IndividualQuotaPerHour']);
  });
});
