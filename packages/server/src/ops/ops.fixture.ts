import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpsUsageDay, PatentDocument } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { createAssetStore } from '../links/information/asset.store.js';
import type { LegalBasis } from '../links/information/register/legal.service.js';
import { dayOf, MACHINE } from '../work/environment.js';
import { type SchemeSource, schemeOfSymbols } from './classification.js';
import type { OpsClientRecord, OpsClients } from './client.store.js';
import { familiesOfRegister } from './families.js';
import { livesOfRegister } from './legal-life.js';
import type { OpsFace } from './ops.js';
import { opsRoutes } from './ops.routes.js';
import { sendFault } from './refusal.js';
import { createThrottle, type OpsLimits } from './throttle.js';
import { createTokens } from './tokens.js';
import { createUsage } from './usage.js';

export const TEST_CLIENT: OpsClientRecord = {
  id: '00000000-0000-4000-8000-000000000001',
  key: 'key-of-the-test',
  name: 'test',
  organizationId: null,
  personId: null,
  hourBytes: null,
  weekBytes: null,
  perMinute: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUsedAt: null,
  revokedAt: null,
};
export const TEST_SECRET = 'secret-of-the-test';

/** One client that lives in memory, so that the face is tested without a database. */
function clientsInMemory(client: OpsClientRecord): OpsClients {
  const days: OpsUsageDay[] = [];
  const refuse = async () => {
    throw new Error('the test has one client');
  };
  return {
    issue: refuse,
    setQuota: refuse,
    revoke: refuse,
    list: async () => [client],
    find: async (name) => ([client.id, client.key].includes(name) ? client : undefined),
    signIn: async (key, secret) => (key === client.key && secret === TEST_SECRET ? client : undefined),
    addUsage: async (usage) => {
      for (const { hour, service, requests, bytes } of usage)
        days.push({ day: hour.toISOString().slice(0, 10), service, requests, bytes });
    },
    bytesSince: async () => 0,
    usage: async () => days,
  };
}

export interface TestFace {
  readonly app: FastifyInstance;
  readonly face: OpsFace;
  /** A fresh token. */
  token(): Promise<string>;
  /** Asks below `/3.2/rest-services/` with a token. */
  ask(path: string, options?: Partial<InjectOptions>): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export interface TestFaceOptions {
  readonly documents?: readonly PatentDocument[];
  readonly client?: Partial<OpsClientRecord>;
  readonly limits?: Partial<OpsLimits>;
  readonly tokenSeconds?: number;
  readonly reachable?: number;
  readonly now?: () => number;
  readonly schemes?: SchemeSource;
  readonly basis?: LegalBasis;
}

const LIMITS: OpsLimits = {
  perMinute: { images: 1000, inpadoc: 1000, other: 1000, retrieval: 1000, search: 1000 },
  hourBytes: 0,
  weekBytes: 0,
};

/** The face over documents of a test, asked without a network. */
export async function openTestFace(options: TestFaceOptions = {}): Promise<TestFace> {
  const { now = Date.now, tokenSeconds = 1199, reachable = 0 } = options;
  const today = (): string => dayOf(new Date(now()));
  const root = await mkdtemp(join(tmpdir(), 'quanlian-ops-'));
  const backend = await openCorpusInline({ dir: join(root, 'corpus'), write: true });
  if (options.documents && options.documents.length > 0) await backend.apply(options.documents);
  const client = { ...TEST_CLIENT, ...options.client };
  const clients = clientsInMemory(client);
  const usage = createUsage(clients, now, (error) => {
    throw error;
  });
  const face: OpsFace = {
    clients,
    tokens: createTokens({ now: () => new Date(now()), random: MACHINE.random }, tokenSeconds),
    throttle: createThrottle({ ...LIMITS, ...options.limits }, now),
    usage,
    tokenSeconds,
    answers: {
      backend,
      assets: createAssetStore(join(root, 'files')),
      families: familiesOfRegister(backend),
      schemes: options.schemes ?? schemeOfSymbols,
      lives: options.basis && livesOfRegister(options.basis, today),
      today,
      reachable,
    },
    checkCost: () => () => undefined,
    welcome: async () => undefined,
    stop: () => usage.stop(),
  };
  const app = fastify({ frameworkErrors: sendFault, routerOptions: { maxParamLength: 500 } });
  await app.register(opsRoutes(face));
  const token = async (): Promise<string> => {
    const answer = await app.inject({
      method: 'POST',
      url: '/3.2/auth/accesstoken',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.key}:${TEST_SECRET}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'grant_type=client_credentials',
    });
    return (answer.json() as { access_token: string }).access_token;
  };
  const shown = await token();
  return {
    app,
    face,
    token,
    ask: (path, more = {}) =>
      app.inject({
        method: 'GET',
        url: `/3.2/rest-services/${path}`,
        ...more,
        headers: { authorization: `Bearer ${shown}`, ...more.headers },
      }),
    async close() {
      await app.close();
      await face.stop();
      await backend.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
