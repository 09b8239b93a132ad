import {
  AGE_BANDS,
  ChecklistItemSchema,
  ChecklistSchema,
  type ErrorCode,
  FINDING_STANDINGS,
  FINDING_STATES,
  type Finding,
  FindingSchema,
  InspectionOverviewSchema,
  InspectionPlanSchema,
  InspectionSchema,
  NewChecklistSchema,
  NewFindingSchema,
  NewInspectionPlanSchema,
  ReportInspectionSchema,
  SEVERITIES,
  StartInspectionSchema,
} from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import type { Requests } from '../../../identity/requests.js';
import { requireIn } from '../../../work/actor.js';
import { dayOf, type Environment } from '../../../work/environment.js';
import { createRun, ExportQuery, type Run, sendTable, TABLE_ANSWER } from '../run.js';
import type { InspectionWork } from './inspection.js';

export interface InspectionRoutesDeps extends Pick<Requests, 'requireActor'> {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Pick<Environment, 'now'>;
  readonly inspection: InspectionWork;
}

const TAGS = ['governance'];
const READ: readonly ErrorCode[] = ['access.sign_in_required', 'access.key_refused', 'access.denied'];
const ONE: readonly ErrorCode[] = [...READ, 'inspection.not_found'];
const WRITE: readonly ErrorCode[] = [...ONE, ...WRITE_PROBLEMS, 'inspection.refused'];
const STEP: readonly ErrorCode[] = [...WRITE, 'case.not_found', 'case.refused', 'case.changed', 'paper.not_found'];
const ById = z.object({ id: z.uuid() });
const Page = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
};

function addChecklists(app: Api, { inspection: { checklists } }: InspectionRoutesDeps, run: Run): void {
  app.get(
    '/inspection/checklists',
    {
      schema: {
        tags: TAGS,
        summary: 'Checklists with their versions',
        response: { 200: z.object({ checklists: z.array(ChecklistSchema) }), ...problems(...READ) },
      },
    },
    (request) => run(request, async (trx, actor) => ({ checklists: await checklists.list(trx, actor) })),
  );
  app.post(
    '/inspection/checklists',
    {
      schema: {
        tags: TAGS,
        summary: 'Make a checklist',
        body: NewChecklistSchema,
        response: { 201: ChecklistSchema, ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const made = await run(request, (trx, actor) => checklists.create(trx, actor, request.body));
      return reply.status(201).send(made);
    },
  );
  app.post(
    '/inspection/checklists/:id/versions',
    {
      schema: {
        tags: TAGS,
        summary: 'Publish the next version of a checklist',
        params: ById,
        body: z.object({ items: z.array(ChecklistItemSchema).min(1).max(300) }),
        response: { 200: ChecklistSchema, ...problems(...WRITE) },
      },
    },
    (request) => run(request, (trx, actor) => checklists.publish(trx, actor, request.params.id, request.body.items)),
  );
}

function addPlans(app: Api, { inspection: { checklists, inspections } }: InspectionRoutesDeps, run: Run): void {
  app.get(
    '/inspection/plans',
    {
      schema: {
        tags: TAGS,
        summary: 'Plans of inspections, newest first',
        response: { 200: z.object({ plans: z.array(InspectionPlanSchema) }), ...problems(...READ) },
      },
    },
    (request) => run(request, async (trx, actor) => ({ plans: await checklists.plans(trx, actor) })),
  );
  app.post(
    '/inspection/plans',
    {
      schema: {
        tags: TAGS,
        summary: 'Plan inspections; the organizations see nothing of it before theirs starts',
        body: NewInspectionPlanSchema,
        response: { 201: InspectionPlanSchema, ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const made = await run(request, (trx, actor) => checklists.plan(trx, actor, request.body));
      return reply.status(201).send(made);
    },
  );
  app.post(
    '/inspection/plans/:id/inspections',
    {
      schema: {
        tags: TAGS,
        summary: 'Announce the inspection of an organization and give it to an inspector',
        params: ById,
        body: StartInspectionSchema,
        response: { 201: InspectionSchema, ...problems(...STEP) },
      },
    },
    async (request, reply) => {
      const made = await run(request, (trx, actor) => inspections.start(trx, actor, request.params.id, request.body));
      return reply.status(201).send(made);
    },
  );
}

function addInspections(app: Api, { inspection: { inspections } }: InspectionRoutesDeps, run: Run): void {
  app.get(
    '/inspections',
    {
      schema: {
        tags: TAGS,
        summary: 'Inspections within reach, newest first',
        querystring: z.object(Page),
        response: {
          200: z.object({ total: z.number().int(), inspections: z.array(InspectionSchema.omit({ findings: true })) }),
          ...problems(...READ),
        },
      },
    },
    (request) => run(request, (trx, actor) => inspections.list(trx, actor, request.query)),
  );
  app.get(
    '/inspections/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'One inspection with its findings',
        params: ById,
        response: { 200: InspectionSchema, ...problems(...ONE) },
      },
    },
    (request) => run(request, (trx, actor) => inspections.get(trx, actor, request.params.id)),
  );
}

function addSteps(app: Api, { inspection: { inspections } }: InspectionRoutesDeps, run: Run): void {
  const answers = { 200: InspectionSchema, ...problems(...STEP) };
  const Version = z.object({ expectedVersion: z.number().int() });
  app.post(
    '/inspections/:id/findings',
    {
      schema: {
        tags: TAGS,
        summary: 'Write down a finding with its proof',
        params: ById,
        body: NewFindingSchema,
        response: answers,
      },
    },
    (request) => run(request, (trx, actor) => inspections.addFinding(trx, actor, request.params.id, request.body)),
  );
  app.post(
    '/inspections/:id/report',
    {
      schema: {
        tags: TAGS,
        summary: 'Report an inspection; every item has a result or a finding',
        params: ById,
        body: ReportInspectionSchema,
        response: answers,
      },
    },
    (request) => run(request, (trx, actor) => inspections.report(trx, actor, request.params.id, request.body)),
  );
  app.post(
    '/inspections/:id/order',
    {
      schema: {
        tags: TAGS,
        summary: 'Order rectification of every open finding; each order is a case with its clock',
        params: ById,
        body: Version,
        response: answers,
      },
    },
    (request) =>
      run(request, (trx, actor) => inspections.order(trx, actor, request.params.id, request.body.expectedVersion)),
  );
  app.post(
    '/inspections/:id/close',
    {
      schema: {
        tags: TAGS,
        summary: 'Close an inspection with nothing left to rectify',
        params: ById,
        body: Version,
        response: answers,
      },
    },
    (request) =>
      run(request, (trx, actor) => inspections.close(trx, actor, request.params.id, request.body.expectedVersion)),
  );
}

const FindingsQuery = {
  inspectionId: z.uuid().optional(),
  organizationId: z.uuid().optional(),
  state: z.enum(FINDING_STATES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  item: z.string().max(32).optional(),
  standing: z.enum(FINDING_STANDINGS).optional().describe('As a figure of the overview counts them'),
  age: z.enum(AGE_BANDS).optional().describe('Open ones, by how many days they have been open'),
  on: z.iso.date().optional().describe('The day `standing` and `age` are counted on; today by default'),
};

const FindingsQuerySchema = z.object(FindingsQuery);

/** What a query asks for, with the day its figures are counted on. */
function askedFindings({ standing, age, on, ...query }: z.infer<typeof FindingsQuerySchema>, today: string) {
  const isCounted = standing !== undefined || age !== undefined;
  return { ...query, ...(isCounted ? { counted: { standing, age, on: on ?? today } } : {}) };
}

const HEADINGS = {
  zh: ['检查项', '内容', '依据', '严重程度', '问题', '发现日期', '状态', '整改期限', '办结日期', '重复发生'],
  en: ['Item', 'What', 'Clause', 'Severity', 'Finding', 'Found on', 'State', 'Due on', 'Closed on', 'Repeats'],
};
const MOST_EXPORTED = 100_000;

const cellsOf = (finding: Finding, lang: 'zh' | 'en'): string[] => [
  finding.item,
  finding.text[lang],
  finding.clause ?? '',
  finding.severity,
  finding.description,
  finding.foundOn,
  finding.state,
  finding.dueOn ?? '',
  finding.closedOn ?? '',
  finding.repeats === null ? '' : { zh: '是', en: 'yes' }[lang],
];

function addFindings(app: Api, deps: InspectionRoutesDeps, run: Run): void {
  const { inspections, overviews } = deps.inspection;
  app.get(
    '/inspection/findings',
    {
      schema: {
        tags: TAGS,
        summary: 'Findings within reach, newest first',
        querystring: z.object({ ...FindingsQuery, ...Page }),
        response: {
          200: z.object({ total: z.number().int(), findings: z.array(FindingSchema) }),
          ...problems(...READ),
        },
      },
    },
    (request) => {
      const { limit, offset, ...query } = request.query;
      const asked = askedFindings(query, dayOf(deps.environment.now()));
      return run(request, (trx, actor) => inspections.findings(trx, actor, { ...asked, limit, offset }));
    },
  );
  app.get(
    '/inspection/findings/export',
    {
      schema: {
        tags: TAGS,
        summary: 'Findings as a file',
        querystring: z.object({ ...FindingsQuery, organizationId: z.uuid(), ...ExportQuery }),
        response: { 200: TABLE_ANSWER, ...problems(...READ) },
      },
    },
    async (request, reply) => {
      const { format, lang, ...query } = request.query;
      const { findings } = await run(request, (trx, actor) => {
        requireIn(actor, 'export.run', query.organizationId);
        const asked = askedFindings(query, dayOf(deps.environment.now()));
        return inspections.findings(trx, actor, { ...asked, limit: MOST_EXPORTED, offset: 0 });
      });
      const rows = findings.map((finding) => cellsOf(finding, lang));
      const content = { sheet: lang === 'zh' ? '检查问题' : 'Findings', headings: HEADINGS[lang], rows };
      return sendTable(reply, format, 'findings', content) as never;
    },
  );
  app.get(
    '/inspection/overview',
    {
      schema: {
        tags: TAGS,
        summary: 'Findings open and closed, their age, and what comes again, on any day',
        querystring: z.object({ on: z.iso.date().optional(), organizationId: z.uuid().optional() }),
        response: { 200: InspectionOverviewSchema, ...problems(...READ) },
      },
    },
    (request) => {
      const { on = dayOf(deps.environment.now()), organizationId } = request.query;
      return run(request, (trx, actor) => overviews.on(trx, actor, { on, organizationId }));
    },
  );
}

/** Checklists, plans, inspections and their findings. Under `/api/v1`. */
export function inspectionRoutes(deps: InspectionRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const run = createRun(deps);
    for (const add of [addChecklists, addPlans, addInspections, addSteps, addFindings]) add(app, deps, run);
  };
}
