import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import type { SearchBackend } from '@quanlian/engine';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { DataFolder } from './data-folder.js';
import { handleErrors, MALFORMED_HTTP, sendError } from './http/errors.js';
import { tagAnswers } from './http/etags.js';
import { healthRoutes } from './http/health.routes.js';
import type { Metrics } from './http/metrics.js';
import { describeApi, serveApiPages } from './http/openapi.js';
import { LEAST_PACKED, packAnswers } from './http/packing.js';
import { servePages } from './http/pages.js';
import { type BudgetLimits, createQueryBudget } from './http/query-budget.js';
import { secure } from './http/security.js';
import { requireSignIn } from './http/sign-in-gate.js';
import { countKeys } from './identity/key-quotas.js';
import { type Governance, registerGovernance } from './links/governance/governance.js';
import type { AssetStore } from './links/information/asset.store.js';
import { corpusRoutes } from './links/information/corpus.routes.js';
import { coverageRoutes } from './links/information/coverage/coverage.routes.js';
import { documentRoutes } from './links/information/document.routes.js';
import { eventCodeRoutes } from './links/information/event-codes/event-code.routes.js';
import type { EventCodes } from './links/information/event-codes/event-code.store.js';
import { explainRoutes } from './links/information/explain/explain.routes.js';
import { exportRoutes, type WriteExport } from './links/information/export.routes.js';
import { inboxRoutes } from './links/information/inbox.routes.js';
import { likenessRoutes } from './links/information/likeness.routes.js';
import type { LoadService } from './links/information/load.service.js';
import { loadsRoutes } from './links/information/loads.routes.js';
import { lookupRoutes } from './links/information/lookup.routes.js';
import type { NamesView } from './links/information/names/merged-view.js';
import { namesRoutes } from './links/information/names/names.routes.js';
import { createNames } from './links/information/names/names.service.js';
import { createProposals } from './links/information/names/proposals.thread.js';
import { numbersRoutes } from './links/information/numbers/numbers.routes.js';
import { readSigningKey } from './links/information/record/record.key.js';
import { recordRoutes } from './links/information/record/record.routes.js';
import type { LegalBasis } from './links/information/register/legal.service.js';
import type { Register } from './links/information/register/register.job.js';
import { registerRoutes } from './links/information/register/register.routes.js';
import { savedQueryRoutes } from './links/information/saved/saved.routes.js';
import { createSavedQueries } from './links/information/saved/saved.service.js';
import { concordanceRoutes } from './links/information/schemes/concordance.routes.js';
import { followSchemes } from './links/information/schemes/following.js';
import { schemeRoutes } from './links/information/schemes/scheme.routes.js';
import type { SchemeStore } from './links/information/schemes/scheme.store.js';
import { searchRoutes } from './links/information/search.routes.js';
import { classSuggestionRoutes } from './links/information/suggest/suggest.routes.js';
import { synonymsRoutes } from './links/information/synonyms.routes.js';
import { createSynonyms } from './links/information/synonyms.service.js';
import type { UploadLoads } from './links/information/upload.job.js';
import type { Uploads } from './links/information/upload.service.js';
import { opsClientRoutes } from './ops/clients.routes.js';
import type { OpsFace } from './ops/ops.js';
import { opsRoutes } from './ops/ops.routes.js';
import { isOpsAddress, sendFault } from './ops/refusal.js';
import { backupRoutes } from './work/backup/backup.routes.js';
import { dayOf, MACHINE } from './work/environment.js';
import type { WorkBase } from './work/work.js';
import { marksRoutes, registerWork, takesKeys } from './work/work.routes.js';

/** Bounds on what one client may ask of the server. */
export interface ServerLimits {
  readonly requestsPerMinute: number;
  readonly query: BudgetLimits;
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  readonly uploadSilenceMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  requestsPerMinute: 3000,
  query: { mostPerQuery: 2000, capacity: 20_000, perSecond: 2000 },
  bodyBytes: 1024 * 1024,
  uploadBytes: 64 * 1024 ** 3,
  uploadSilenceMs: 60_000,
};

/** Everything the server is made of; built by `startServer` or by a test. */
export interface AppDeps {
  readonly version: string;
  readonly host: string;
  readonly token: string;
  readonly folder: DataFolder;
  readonly backend: SearchBackend;
  readonly assets: AssetStore;
  readonly schemes: SchemeStore;
  /** The loaded lists of legal-event codes. */
  readonly eventCodes: EventCodes;
  /** What legal events mean and how long rights last. */
  readonly basis: LegalBasis;
  readonly register: Register;
  readonly loads: LoadService;
  readonly uploads: Uploads;
  readonly uploadLoads: UploadLoads;
  readonly database: () => Promise<void>;
  readonly metrics: Metrics;
  readonly writeExport: WriteExport;
  /** The built pages. */
  readonly pagesDir: string;
  readonly limits: ServerLimits;
  /** People, organizations and their work; left out by tests of the corpus alone. */
  readonly work?: WorkBase;
  /** Cases and the programmes that run by them. */
  readonly governance?: Governance;
  /** The face that speaks as the EPO's Open Patent Services. */
  readonly ops?: OpsFace;
  readonly logger?: FastifyBaseLogger | boolean;
  /** The time it is; the work's when left out. */
  readonly now?: () => Date;
}

const LONGEST_HEAD = 2 * 1024 * 1024;
const HEADERS_LIMIT_MS = 30_000;
const IDLE_LIMIT_MS = 120_000;

function createFastify({ limits, work, logger = false }: AppDeps): FastifyInstance {
  const options = {
    bodyLimit: limits.bodyBytes,
    // The longest query there may be stands in an address, each of its characters encoded.
    http: { maxHeaderSize: LONGEST_HEAD },
    // Measured between bytes: an upload may take hours, a silent client may not.
    connectionTimeout: IDLE_LIMIT_MS,
    keepAliveTimeout: 30_000,
    routerOptions: { maxParamLength: 500 },
    // A proxy on this machine tells where the client is; from anywhere else such a header is not believed.
    trustProxy: work?.config.signIn.publicUrl ? 'loopback' : false,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      isOpsAddress(request.raw.url ?? '') ? sendFault(error, request, reply) : sendError(error, request, reply),
    clientErrorHandler: (_error: unknown, socket: { writable: boolean; end(text: string): void; destroy(): void }) => {
      if (socket.writable) socket.end(MALFORMED_HTTP);
      else socket.destroy();
    },
  };
  const app =
    typeof logger === 'boolean' ? fastify({ ...options, logger }) : fastify({ ...options, loggerInstance: logger });
  app.server.headersTimeout = HEADERS_LIMIT_MS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  return app.withTypeProvider<ZodTypeProvider>() as unknown as FastifyInstance;
}

/** The names that whoever sends a request takes for one. */
function namesViewOf(work: WorkBase): (request: FastifyRequest) => Promise<NamesView> {
  const names = createNames(work);
  return async (request) => names.view(await work.identity.requests.requireActor(request));
}

/** The work's own routes, and the backup, which takes the corpus in as well. */
async function registerAllWork(api: FastifyInstance, work: WorkBase, deps: AppDeps): Promise<void> {
  const { folder, version, governance } = deps;
  await registerWork(api, work);
  if (governance) await registerGovernance(api, governance);
  const proposals = createProposals(folder.registerTables);
  await api.register(namesRoutes({ ...work.identity.requests, names: createNames(work), proposals }));
  await api.register(savedQueryRoutes({ ...work.identity.requests, saved: createSavedQueries(work) }));
  const { database, environment, identity, audit } = work;
  const options = () => ({ root: folder.root, work: database, program: version, now: environment.now() });
  await api.register(backupRoutes({ ...identity.requests, audit, options }));
}

/** The face for existing clients, and the routes by which people manage those. */
async function registerOps(app: FastifyInstance, { ops, work }: AppDeps): Promise<void> {
  if (!ops || !work) return;
  await app.register(opsRoutes(ops));
  await app.register(
    async (api) => {
      marksRoutes(api);
      await api.register(opsClientRoutes({ face: ops, work }));
    },
    { prefix: '/api/v1' },
  );
  app.addHook('onClose', () => ops.stop());
}

/** Puts the server together. The answer listens nowhere yet; `inject` asks it without a network. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const { limits, folder, assets, schemes, loads, uploads, uploadLoads, metrics, work } = deps;
  const synonyms = createSynonyms(deps.backend, schemes);
  const backend = followSchemes(deps.backend, schemes, synonyms);
  const app = createFastify(deps);
  const budget = createQueryBudget(limits.query);
  const now = deps.now ?? work?.environment.now ?? MACHINE.now;
  const today = () => dayOf(now());

  handleErrors(app);
  metrics.watch(app);
  const { host, token, version } = deps;
  await secure(app, { host, token, takesKeys, publicUrl: work?.config.signIn.publicUrl });
  if (work) countKeys(app, work.identity.requests, work.identity.keyQuotas);
  if (work?.config.signIn.required) requireSignIn(app, work.identity.requests);
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { after }) =>
      Object.assign(new Error(`Too many requests came from here. Try again in ${after}.`), { statusCode: 429 }),
  });
  packAnswers(app);
  await app.register(compress, { threshold: LEAST_PACKED });
  await describeApi(app, deps.version);

  await app.register(healthRoutes({ corpus: () => backend.refresh(), database: deps.database, metrics }));
  await app.register(
    async (api) => {
      tagAnswers(api);
      const namesOf = work && namesViewOf(work);
      await api.register(searchRoutes({ backend, schemes, budget, today, namesOf }));
      await api.register(likenessRoutes({ backend, budget }));
      await api.register(synonymsRoutes({ synonyms }));
      await api.register(documentRoutes({ backend, assets, budget }));
      await api.register(exportRoutes({ backend, schemes, budget, write: deps.writeExport, today, namesOf }));
      await api.register(explainRoutes({ backend, budget }));
      await api.register(recordRoutes({ backend, budget, version, key: () => readSigningKey(folder.recordKey) }));
      await api.register(numbersRoutes({ backend, budget }));
      await api.register(lookupRoutes);
      await api.register(schemeRoutes({ backend, schemes, budget }));
      await api.register(concordanceRoutes({ backend, schemes, budget }));
      await api.register(classSuggestionRoutes({ backend, schemes, budget }));
      await api.register(coverageRoutes({ backend, budget, today }));
      await api.register(eventCodeRoutes({ eventCodes: deps.eventCodes }));
      await api.register(registerRoutes({ backend, budget, basis: deps.basis, today, register: deps.register }));
      await api.register(corpusRoutes({ backend, folder, budget }));
      await api.register(loadsRoutes({ loads, uploads, uploadLoads, uploadBytes: limits.uploadBytes }));
      await api.register(inboxRoutes(folder.inbox));
    },
    { prefix: '/api/v1' },
  );
  if (work) await app.register((api) => registerAllWork(api, work, deps), { prefix: '/api/v1' });
  await registerOps(app, deps);
  await serveApiPages(app);
  await servePages(app, deps.pagesDir);
  return app;
}
