import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyInstance } from 'fastify';
import { createApp, DEFAULT_LIMITS, type ServerLimits } from './app.js';
import { type DataFolder, dataFolder } from './data-folder.js';
import { createMetrics } from './http/metrics.js';
import type { Governance } from './links/governance/governance.js';
import { type AssetStore, createAssetStore } from './links/information/asset.store.js';
import { openEventCodes } from './links/information/event-codes/event-code.store.js';
import { writeExport } from './links/information/export.writers.js';
import { openJournal } from './links/information/load.journal.js';
import { createLoadService, type LoadService } from './links/information/load.service.js';
import { openUploadSource } from './links/information/record.source.js';
import { loadLegalBasis } from './links/information/register/basis.js';
import { createRegister, type Register } from './links/information/register/register.job.js';
import { openSchemes } from './links/information/schemes/scheme.store.js';
import { createUploadLoads } from './links/information/upload.job.js';
import { createUploads } from './links/information/upload.service.js';
import { loadLaw } from './work/cases/law.js';
import { dayOf } from './work/environment.js';
import type { WorkBase } from './work/work.js';

export const TOKEN = 'the-token-of-the-test';

/** What a test talks to: a server that listens nowhere, on a folder that is removed afterwards. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly folder: DataFolder;
  readonly register: Register;
  readonly assets: AssetStore;
  readonly loads: LoadService;
  close(): Promise<void>;
}

export interface TestOptions {
  openBackend(corpusDir: string): Promise<SearchBackend>;
  readonly limits?: Partial<ServerLimits>;
  readonly database?: () => Promise<void>;
  readonly pagesDir?: string;
  /** People and their work, for what concerns both. */
  readonly work?: WorkBase;
  readonly governance?: Governance;
  readonly now?: () => Date;
}

export async function createTestServer(options: TestOptions): Promise<TestServer> {
  const folder = dataFolder(await mkdtemp(join(tmpdir(), 'quanlian-app-')));
  await mkdir(folder.corpus, { recursive: true });
  const backend = await options.openBackend(folder.corpus);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const assets = createAssetStore(folder.files);
  const loads = await createLoadService({ backend, assets, journal: await openJournal(folder.loads) });
  const eventCodes = openEventCodes(folder.eventCodes);
  const basis = await loadLegalBasis(await loadLaw(), eventCodes);
  const today = () => dayOf(options.now?.() ?? new Date());
  const onError = (error: unknown) => {
    throw error;
  };
  const register = createRegister({
    backend,
    folder,
    codeList: basis.codeList,
    today,
    now: () => new Date(),
    onError,
  });
  const app = await createApp({
    version: '0.0.0',
    host: '127.0.0.1',
    token: TOKEN,
    folder,
    backend,
    assets,
    schemes: openSchemes(folder.schemes),
    eventCodes,
    basis,
    register,
    loads,
    uploads: createUploads(folder.uploads, { bytes: limits.uploadBytes, silenceMs: limits.uploadSilenceMs }),
    uploadLoads: createUploadLoads({ loads, openUpload: openUploadSource }),
    database: options.database ?? (async () => undefined),
    metrics: createMetrics(),
    writeExport,
    pagesDir: options.pagesDir ?? join(folder.root, 'no-pages'),
    limits,
    ...(options.work ? { work: options.work } : {}),
    ...(options.governance ? { governance: options.governance } : {}),
    ...(options.now ? { now: options.now } : {}),
  });
  return {
    app,
    folder,
    register,
    assets,
    loads,
    async close() {
      await app.close();
      await loads.close();
      await backend.close();
      await rm(folder.root, { recursive: true, force: true });
    },
  };
}

/** A small document as a source gives it. */
export function testDocument(id: string, more: Partial<PatentDocument> = {}): PatentDocument {
  const [, office = '', number = '', kind = ''] = /^([A-Z]{2})(\d+)([A-Z]\d?)$/.exec(id) ?? [];
  return {
    id,
    office,
    number,
    kind,
    date: '2020-01-15',
    titles: { en: `Device ${number}` },
    sources: [{ format: 'patent-document', file: 'week.zip!doc.xml', offset: 0, sha256: id, sourceDate: '2020-01-15' }],
    ...more,
  };
}
