import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createApp, DEFAULT_LIMITS, type ServerLimits } from './app.js';
import { type DataFolder, readToken, type ServerAddress } from './data-folder.js';
import { requireServable } from './http/hosts.js';
import { createMetrics, type Metrics } from './http/metrics.js';
import { readConfig } from './identity/config.js';
import { hasDemoAccounts } from './identity/demo.js';
import { readSecret } from './identity/secret.js';
import { createGovernance } from './links/governance/governance.js';
import { createAssetStore } from './links/information/asset.store.js';
import { openEventCodes } from './links/information/event-codes/event-code.store.js';
import { watchEventCodes } from './links/information/event-codes/watch.js';
import { watchInbox } from './links/information/inbox.job.js';
import { openJournal } from './links/information/load.journal.js';
import { createLoadService, type LoadService } from './links/information/load.service.js';
import { openPathSource, openUploadSource, writeExport } from './links/information/opening.js';
import { readSigningKey } from './links/information/record/record.key.js';
import { loadLegalBasis } from './links/information/register/basis.js';
import { createRegister, type Register } from './links/information/register/register.job.js';
import { openSchemes } from './links/information/schemes/scheme.store.js';
import { createUploadLoads } from './links/information/upload.job.js';
import { createUploads } from './links/information/upload.service.js';
import { createOps } from './ops/ops.js';
import { schemesOfStore } from './ops/schemes.js';
import { dayOf, MACHINE } from './work/environment.js';
import { createWorkBase, type WorkBase } from './work/work.js';

export interface StartOptions {
  readonly folder: DataFolder;
  /** Opened for writing. The server uses it; who opened it closes it. */
  readonly backend: SearchBackend;
  readonly work: WorkDatabase;
  readonly version: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly limits?: ServerLimits;
  readonly logger?: FastifyBaseLogger | boolean;
  readonly inboxEveryMs?: number;
}

/** A listening server. */
export interface RunningServer {
  readonly url: string;
  readonly loads: LoadService;
  readonly app: FastifyInstance;
  readonly work: WorkBase;
  /** Takes no more requests and stops the running load at its next commit. */
  close(): Promise<void>;
}

/** The built pages lie beside this package, at the same depth from its sources and its build. */
const PAGES_DIR = fileURLToPath(new URL('../../web/dist/app', import.meta.url));

/** The load service of a data folder, as the server and the command both use it. */
export async function openLoads(
  folder: DataFolder,
  backend: SearchBackend,
  hooks: {
    metrics?: Metrics;
    onError?: (error: unknown) => void;
    onEnded?: () => void;
    version?: string;
  } = {},
): Promise<LoadService> {
  return createLoadService({
    backend,
    assets: createAssetStore(folder.files),
    journal: await openJournal(folder.loads),
    onEnded(job) {
      hooks.metrics?.loadEnded(job);
      hooks.onEnded?.();
    },
    ...(hooks.onError ? { onError: hooks.onError } : {}),
    ...(hooks.version === undefined ? {} : { version: hooks.version }),
  });
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host: host.replace(/^\[|\]$/g, ''), port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      const sentence = `Port ${port} is in use by another program. Stop it, or name another port with --port.`;
      throw new QuanlianError('server.port_taken', sentence, { cause: error });
    }
    if (code === 'EACCES') {
      const sentence = `Port ${port} may not be used by this account. Name a port above 1023 with --port.`;
      throw new QuanlianError('server.port_taken', sentence, { cause: error });
    }
    throw error;
  }
}

/** Leaves the address for the command, readable by the owner alone. */
async function noteAddress(folder: DataFolder, url: string): Promise<void> {
  const address: ServerAddress = { url, pid: process.pid };
  await writeFile(folder.server, `${JSON.stringify(address)}\n`, { mode: 0o600 });
}

/**
 * Starts the server on loopback. Throws `server.host_refused` and `server.port_taken`; nothing is left running then.
 * Uploads that an earlier run left undone are loaded first.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { folder, backend, work, host, port, version } = options;
  const limits = options.limits ?? DEFAULT_LIMITS;
  await mkdir(folder.root, { recursive: true });
  const config = await readConfig(folder.config);
  const { required: signInRequired, publicUrl } = config.signIn;
  requireServable(host, { signInRequired, publicUrl, demoAccounts: await hasDemoAccounts(work.system) });
  const metrics = createMetrics();
  let app: FastifyInstance | undefined;
  const onError = (error: unknown) => app?.log.error({ err: error }, 'background work failed');
  let register: Register | undefined;
  const onEnded = () => void register?.refresh();
  const loads = await openLoads(folder, backend, { metrics, onError, onEnded, version });
  const token = await readToken(folder);
  let address = `http://${host}:${port}`;
  const secret = await readSecret(folder.secret);
  // Made at the first start, so that its public half can be noted down before the first record.
  await readSigningKey(folder.recordKey);
  const base = createWorkBase({
    database: work,
    folder,
    environment: MACHINE,
    config,
    secret,
    token,
    baseUrl: () => publicUrl?.replace(/\/$/, '') ?? address,
    onError,
  });
  const governance = await createGovernance(base, { secret });
  const uploads = createUploads(folder.uploads, { bytes: limits.uploadBytes, silenceMs: limits.uploadSilenceMs });
  const uploadLoads = createUploadLoads({ loads, openUpload: openUploadSource });
  const assets = createAssetStore(folder.files);
  const { mostPerQuery } = limits.query;
  const schemes = openSchemes(folder.schemes);
  const eventCodes = openEventCodes(folder.eventCodes);
  const basis = await loadLegalBasis(governance.law, eventCodes);
  const today = () => dayOf(MACHINE.now());
  const derived = createRegister({
    backend,
    folder,
    codeList: basis.codeList,
    today,
    now: MACHINE.now,
    onError,
  });
  register = derived;
  const listening = await createApp({
    version,
    host,
    token,
    folder,
    backend,
    assets,
    schemes,
    eventCodes,
    basis,
    register: derived,
    loads,
    uploads,
    uploadLoads,
    database: () => work.health(),
    metrics,
    writeExport,
    pagesDir: PAGES_DIR,
    limits,
    work: base,
    governance,
    ops: createOps({
      work: base,
      backend,
      assets,
      mostPerQuery,
      schemes: schemesOfStore(schemes, 'CPC'),
      basis,
      onError,
    }),
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  app = listening;
  const url = await listen(listening, host, port);
  address = url;
  base.jobs.start();
  void derived.refresh();
  await noteAddress(folder, url);
  await uploadLoads.restart(uploads);
  const every = options.inboxEveryMs === undefined ? {} : { everyMs: options.inboxEveryMs };
  const inbox = watchInbox({ dir: folder.inbox, loads, openFiles: openPathSource, onError, version, ...every });

  const codesWatch = watchEventCodes(eventCodes, () => void derived.refresh(), onError);

  return {
    url,
    loads,
    app: listening,
    work: base,
    async close() {
      inbox.stop();
      codesWatch.stop();
      await rm(folder.server, { force: true });
      await base.jobs.stop();
      base.mailer?.close();
      await loads.close();
      await derived.stop();
      await listening.close();
    },
  };
}
