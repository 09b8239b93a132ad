import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { type DataFolder, dataFolder } from '../data-folder.js';
import { handleErrors } from '../http/errors.js';
import { secure } from '../http/security.js';
import { MACHINE } from '../work/environment.js';
import { createTestCity, openTestDatabase, type TestCity, type TestDatabase } from '../work/work.fixture.js';
import { createWorkBase, type WorkBase } from '../work/work.js';
import { registerWork, takesKeys } from '../work/work.routes.js';
import { DEFAULT_CONFIG, type WorkConfig } from './config.js';
import { countKeys } from './key-quotas.js';

export const ORIGIN = 'http://127.0.0.1:8080';
export const TOKEN = 'the-token-of-the-test';

/** The work's routes on a database of their own, asked without a network. */
export interface TestWork {
  readonly app: FastifyInstance;
  readonly base: WorkBase;
  readonly city: TestCity;
  readonly database: TestDatabase;
  readonly folder: DataFolder;
  readonly errors: unknown[];
  close(): Promise<void>;
}

/** A browser: keeps cookies and sends what a page of this server sends. */
export interface TestBrowser {
  readonly cookies: Map<string, string>;
  ask(
    method: NonNullable<InjectOptions['method']>,
    url: string,
    payload?: object,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
}

export async function openTestWork(config: Partial<WorkConfig> = {}): Promise<TestWork> {
  const database = await openTestDatabase();
  const root = await mkdtemp(join(tmpdir(), 'quanlian-folder-'));
  const errors: unknown[] = [];
  const folder = dataFolder(root);
  const base = createWorkBase({
    database: database.work,
    folder,
    environment: MACHINE,
    config: { ...DEFAULT_CONFIG, ...config },
    secret: Buffer.alloc(32, 7),
    token: TOKEN,
    baseUrl: () => ORIGIN,
    onError: (error) => errors.push(error),
  });
  const city = await createTestCity(database.work, MACHINE);
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  await secure(app, { host: '127.0.0.1', token: TOKEN, takesKeys });
  countKeys(app, base.identity.requests, base.identity.keyQuotas);
  await app.register((api) => registerWork(api, base), { prefix: '/api/v1' });
  return {
    app,
    base,
    city,
    database,
    folder,
    errors,
    async close() {
      await app.close();
      await base.jobs.stop();
      base.mailer?.close();
      await database.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export function openBrowser(app: FastifyInstance): TestBrowser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async ask(method, url, payload, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await app.inject({
        method,
        url: `/api/v1${url}`,
        headers: {
          host: '127.0.0.1:8080',
          origin: ORIGIN,
          'x-quanlian': '1',
          ...(cookie ? { cookie } : {}),
          ...headers,
        },
        ...(payload === undefined ? {} : { payload }),
      });
      for (const { name, value, maxAge } of answer.cookies) {
        if (maxAge === 0 || value === '') cookies.delete(name);
        else cookies.set(name, encodeURIComponent(value));
      }
      return answer;
    },
  };
}
