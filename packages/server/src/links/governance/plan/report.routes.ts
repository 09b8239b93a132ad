import type { Readable } from 'node:stream';
import {
  EditReportSchema,
  FigureRecordsSchema,
  NewReportSchema,
  PlanDashboardSchema,
  PlanReportSchema,
} from '@quanlian/contract';
import { TABLE_FORMATS, TABLE_MEDIA_TYPES, writeTable } from '@quanlian/formats/tables';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import type { FilledDocument } from '../../../work/papers/template.js';
import { ById, type PlanRouteDeps, READ, TAGS, WRITE } from './plan.answers.js';
import { PLAN_TABLES, planTable } from './plan.export.js';
import { exportData, reportDocument } from './report.service.js';

const Year = z.coerce.number().int().min(1980).max(2100);
const YearQuery = z.object({ year: Year.optional(), date: z.iso.date().optional() });
const Language = z.enum(['zh', 'en']).default('zh');
const OwnLanguage = z.enum(['zh', 'en']).optional().describe('Left out: the language of the account');
const Version = z.object({ expectedVersion: z.number().int().positive() });
const Summary = PlanReportSchema.omit({ blocks: true, source: true, date: true });

const DOCUMENT_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** The libraries that write documents are large; they are read when the first document is asked for. */
async function writeDocument(format: keyof typeof DOCUMENT_TYPES, document: FilledDocument): Promise<Buffer> {
  if (format === 'docx') return (await import('../../../work/papers/docx.js')).writeDocx(document);
  return (await import('../../../work/papers/pdf.js')).writePdf(document);
}

const binary = (description: string, types: readonly string[]) => ({
  description,
  content: Object.fromEntries(
    types.map((type) => [type, { schema: z.unknown().meta({ type: 'string', format: 'binary' }) }]),
  ),
});

function addDashboards(app: Api, { requireActor, cases, dashboards }: PlanRouteDeps): void {
  app.get(
    '/plans/:id/dashboard',
    {
      schema: {
        tags: TAGS,
        summary: 'Figures of a year, as far as one reaches',
        params: ById,
        querystring: YearQuery,
        response: { 200: PlanDashboardSchema, ...problems('access.denied', ...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => dashboards.dashboard(trx, actor, request.params.id, request.query));
    },
  );
  app.get(
    '/plans/:id/figures/:key',
    {
      schema: {
        tags: TAGS,
        summary: 'The records a figure counts',
        params: ById.extend({ key: z.string().max(100) }),
        querystring: YearQuery,
        response: { 200: FigureRecordsSchema, ...problems('access.denied', ...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const { id, key } = request.params;
      return cases.work(actor, (trx) => dashboards.records(trx, actor, id, { ...request.query, key }));
    },
  );
  app.get(
    '/plans/:id/export',
    {
      schema: {
        tags: TAGS,
        summary: 'A table of a year as CSV or XLSX',
        params: ById,
        querystring: z.object({
          year: Year.optional(),
          table: z.enum(PLAN_TABLES),
          format: z.enum(TABLE_FORMATS),
          language: Language,
        }),
        response: {
          200: binary('The table', Object.values(TABLE_MEDIA_TYPES)),
          ...problems('access.denied', ...READ),
        },
      },
      serializerCompiler: () => (data) => data as string,
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const { year, table, format, language } = request.query;
      const data = await cases.work(actor, (trx) => exportData(dashboards, { trx, actor }, request.params.id, year));
      const stream: Readable = writeTable(format, planTable(table, data, language));
      return reply
        .type(TABLE_MEDIA_TYPES[format])
        .header('content-disposition', `attachment; filename="${table}-${data.data.year}.${format}"`)
        .send(stream as never);
    },
  );
}

function addReports(app: Api, { requireActor, cases, reports }: PlanRouteDeps): void {
  app.get(
    '/plans/:id/reports',
    {
      schema: {
        tags: TAGS,
        summary: 'Reports of a plan',
        params: ById,
        response: { 200: z.object({ reports: z.array(Summary) }), ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return { reports: await cases.work(actor, (trx) => reports.list(trx, actor, request.params.id)) };
    },
  );
  app.post(
    '/plans/:id/reports',
    {
      schema: {
        tags: TAGS,
        summary: 'Begin a yearly summary or next year’s plan',
        params: ById,
        body: NewReportSchema,
        response: { 201: PlanReportSchema, ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const report = await cases.work(actor, (trx) => reports.create(trx, actor, request.params.id, request.body));
      return reply.status(201).send(report);
    },
  );
  app.get(
    '/reports/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'A report with what its queries give now, or gave when it was frozen',
        params: ById,
        response: { 200: PlanReportSchema, ...problems('access.denied', ...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => reports.read(trx, actor, request.params.id));
    },
  );
}

function addWriting(app: Api, { requireActor, cases, reports, languageOf }: PlanRouteDeps): void {
  app.put(
    '/reports/:id/blocks',
    {
      schema: {
        tags: TAGS,
        summary: 'Change the blocks of a living report',
        params: ById,
        body: EditReportSchema,
        response: { 200: PlanReportSchema, ...problems(...WRITE) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const { blocks, expectedVersion } = request.body;
      return cases.work(actor, (trx) => reports.edit(trx, actor, request.params.id, blocks, expectedVersion));
    },
  );
  app.post(
    '/reports/:id/freeze',
    {
      schema: {
        tags: TAGS,
        summary: 'Keep a report as it is',
        params: ById,
        body: Version,
        response: { 200: PlanReportSchema, ...problems(...WRITE) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => reports.freeze(trx, actor, request.params.id, request.body.expectedVersion));
    },
  );
  app.get(
    '/reports/:id/document',
    {
      schema: {
        tags: TAGS,
        summary: 'A report as DOCX or PDF',
        params: ById,
        querystring: z.object({ format: z.enum(['docx', 'pdf']), language: OwnLanguage }),
        response: {
          200: binary('The document', Object.values(DOCUMENT_TYPES)),
          ...problems('template.invalid', 'access.denied', ...READ),
        },
      },
      serializerCompiler: () => (data) => data as string,
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const { format, language = await languageOf(actor) } = request.query;
      const report = await cases.work(actor, (trx) => reports.read(trx, actor, request.params.id));
      const document = reportDocument(report, language);
      const bytes = await writeDocument(format, document);
      return reply
        .type(DOCUMENT_TYPES[format])
        .header('content-disposition', `attachment; filename="report-${report.year}.${format}"`)
        .send(bytes as never);
    },
  );
}

/** Dashboards, tables and reports of plans. */
export function reportRoutes(deps: PlanRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addDashboards, addReports, addWriting]) add(app, deps);
  };
}
