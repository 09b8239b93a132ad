import {
  AttendanceMarksSchema,
  BULK_MODES,
  BulkReportSchema,
  type Enrolment,
  EnrolmentListSchema,
  EnrolmentSchema,
  PastedTableSchema,
  ROSTER_AUDIENCES,
  RosterSchema,
  TestAnswersSchema,
  TestQuestionSchema,
  TestResultSchema,
  TRAINING_TIERS,
} from '@quanlian/contract';
import { readTable } from '@quanlian/formats/tables';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { flag, problems } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import { FILE_TYPE, FileBody, tableOf, takesTables } from '../../../http/table-file.js';
import { dayOf } from '../../../work/environment.js';
import { createRun, ExportQuery, exportable, type Run, requireExports, sendTable, TABLE_ANSWER } from '../run.js';
import { ENROLMENT_COLUMNS, ROSTER_COLUMNS } from './roster.rows.js';
import { ById, Day, Page, READ, TAGS, type TrainingRoutesDeps, WRITE } from './route.parts.js';

const Mode = z.enum(BULK_MODES).default('good-rows');
const ENROL_PROBLEMS = problems('table.invalid', 'training.not_found', 'training.refused', ...WRITE);

const shown = ({ done: _, personId: __, ...enrolment }: Enrolment & { done: unknown; personId: unknown }): Enrolment =>
  enrolment;

function addEnrolling(app: Api, { training: { enrolments } }: TrainingRoutesDeps, run: Run): void {
  app.post(
    '/training/batches/:id/enrolments',
    {
      bodyLimit: 12_000_000,
      schema: {
        tags: TAGS,
        summary: 'Enrol everybody in pasted rows; each row gets a message',
        params: ById,
        body: PastedTableSchema,
        response: { 200: BulkReportSchema, ...ENROL_PROBLEMS },
      },
    },
    async (request) => {
      const rows = await readTable(request.body.rows, ENROLMENT_COLUMNS);
      const { mode } = request.body;
      return run(request, (trx, actor) => enrolments.enrol(trx, actor, request.params.id, { rows, mode }));
    },
  );
  app.post(
    '/training/enrolments/:id/withdraw',
    {
      schema: {
        tags: TAGS,
        summary: 'Take somebody out of a batch',
        params: ById,
        body: z.object({ why: z.string().trim().min(1).max(1000) }),
        response: { 204: z.null(), ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      await run(request, (trx, actor) => enrolments.withdraw(trx, actor, request.params.id, request.body.why));
      return reply.status(204).send(null);
    },
  );
}

function addReading(app: Api, { training: { enrolments, rosters }, environment }: TrainingRoutesDeps, run: Run): void {
  app.get(
    '/training/batches/:id/enrolments',
    {
      schema: {
        tags: TAGS,
        summary: 'Who takes part in a batch and how far they are',
        params: ById,
        response: { 200: EnrolmentListSchema, ...problems('training.not_found', ...READ) },
      },
    },
    (request) =>
      run(request, async (trx, actor) => {
        const found = await enrolments.list(trx, actor, request.params.id);
        return { completion: found.completion, enrolments: found.enrolments.map(shown) };
      }),
  );
  app.get(
    '/training/mine',
    {
      schema: {
        tags: TAGS,
        summary: 'The batches one takes part in oneself',
        response: { 200: z.object({ enrolments: z.array(EnrolmentSchema) }), ...problems(...READ) },
      },
    },
    (request) => run(request, async (trx, actor) => ({ enrolments: (await enrolments.mine(trx, actor)).map(shown) })),
  );
  app.get(
    '/training/roster',
    {
      schema: {
        tags: TAGS,
        summary: 'Who should be trained, on any day',
        querystring: z.object({
          on: Day.optional(),
          organizationId: z.uuid().optional(),
          tier: z.enum(TRAINING_TIERS).optional(),
          audience: z.enum(ROSTER_AUDIENCES).optional(),
          ...Page,
        }),
        response: { 200: RosterSchema, ...problems(...READ) },
      },
    },
    (request) => {
      const on = request.query.on ?? dayOf(environment.now());
      return run(request, async (trx, actor) => ({ on, ...(await rosters.at(trx, actor, { ...request.query, on })) }));
    },
  );
}

const EXPORT_HEADINGS = {
  zh: ['编号', '姓名', '进度', '出勤', '课次', '考试次数', '最好成绩', '证书编号'],
  en: ['Code', 'Name', 'Progress', 'Attended', 'Sessions', 'Attempts', 'Best test', 'Certificate'],
};

function addExport(app: Api, { training: { enrolments } }: TrainingRoutesDeps, run: Run): void {
  app.get(
    '/training/batches/:id/enrolments/export',
    {
      schema: {
        tags: TAGS,
        summary: 'Who takes part in a batch, as a file',
        params: ById,
        querystring: z.object(ExportQuery),
        response: { 200: TABLE_ANSWER, ...problems('training.not_found', ...READ) },
      },
    },
    async (request, reply) => {
      const { format, lang } = request.query;
      const found = await run(request, async (trx, actor) => {
        const list = await enrolments.list(trx, actor, request.params.id);
        requireExports(actor);
        return exportable(actor, list.enrolments);
      });
      const rows = found.map(({ learner, progress, attended, sessions, attempts, bestPercent, certificate }) =>
        [learner.code, learner.name, progress, attended, sessions, attempts, bestPercent ?? '', certificate ?? ''].map(
          String,
        ),
      );
      const content = { sheet: lang === 'zh' ? '学员' : 'Enrolments', headings: EXPORT_HEADINGS[lang], rows };
      return sendTable(reply, format, 'enrolments', content) as never;
    },
  );
}

function addTeaching(app: Api, { training: { attendance, exams } }: TrainingRoutesDeps, run: Run): void {
  app.post(
    '/training/sessions/:id/attendance',
    {
      schema: {
        tags: TAGS,
        summary: 'Write down who was there; all marks or none',
        params: ById,
        body: AttendanceMarksSchema,
        response: { 204: z.null(), ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      await run(request, (trx, actor) => attendance.record(trx, actor, request.params.id, request.body.marks));
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/training/sessions/:id/check-in',
    {
      schema: {
        tags: TAGS,
        summary: 'Mark oneself as present at an online session of today',
        params: ById,
        response: { 204: z.null(), ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      await run(request, (trx, actor) => attendance.checkIn(trx, actor, request.params.id));
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/training/batches/:id/test',
    {
      schema: {
        tags: TAGS,
        summary: 'The questions of the test, without the answers',
        params: ById,
        response: {
          200: z.object({ questions: z.array(TestQuestionSchema), attempts: z.number().int() }),
          ...problems('training.not_found', 'training.refused', ...READ),
        },
      },
    },
    (request) => run(request, (trx, actor) => exams.paper(trx, actor, request.params.id)),
  );
  app.post(
    '/training/enrolments/:id/test',
    {
      schema: {
        tags: TAGS,
        summary: 'Hand in the answers of the test',
        params: ById,
        body: TestAnswersSchema,
        response: { 200: TestResultSchema, ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    (request) => run(request, (trx, actor) => exams.submit(trx, actor, request.params.id, request.body.answers)),
  );
}

const RosterTarget = {
  organizationId: z.uuid().describe('Whose roster it is; rows may name organizations under it'),
  on: Day.optional().describe('The day it holds from; today by default'),
};

function addRosters(app: Api, { training: { rosters }, environment }: TrainingRoutesDeps, run: Run): void {
  app.post(
    '/training/rosters',
    {
      bodyLimit: 12_000_000,
      schema: {
        tags: TAGS,
        summary: 'Take a roster from pasted rows; each row gets a message',
        body: PastedTableSchema.extend({ ...RosterTarget, replace: z.boolean().default(false) }),
        response: { 200: BulkReportSchema, ...ENROL_PROBLEMS },
      },
    },
    async (request) => {
      const { rows: text, on = dayOf(environment.now()), ...input } = request.body;
      const rows = await readTable(text, ROSTER_COLUMNS);
      return run(request, (trx, actor) => rosters.import(trx, actor, { ...input, on, rows }));
    },
  );
}

function addFiles(app: Api, { training: { enrolments, rosters }, environment }: TrainingRoutesDeps, run: Run): void {
  takesTables(app);
  const file = { consumes: [FILE_TYPE], body: FileBody, response: { 200: BulkReportSchema, ...ENROL_PROBLEMS } };
  app.post(
    '/training/batches/:id/enrolments/file',
    {
      schema: {
        ...file,
        tags: TAGS,
        summary: 'Enrol everybody in a CSV or XLSX file; each row gets a message',
        params: ById,
        querystring: z.object({ mode: Mode }),
      },
    },
    async (request) => {
      const rows = await readTable(tableOf(request.body), ENROLMENT_COLUMNS);
      const { mode } = request.query;
      return run(request, (trx, actor) => enrolments.enrol(trx, actor, request.params.id, { rows, mode }));
    },
  );
  app.post(
    '/training/rosters/file',
    {
      schema: {
        ...file,
        tags: TAGS,
        summary: 'Take a roster from a CSV or XLSX file; each row gets a message',
        querystring: z.object({ ...RosterTarget, mode: Mode, replace: flag }),
      },
    },
    async (request) => {
      const { on = dayOf(environment.now()), ...input } = request.query;
      const rows = await readTable(tableOf(request.body), ROSTER_COLUMNS);
      return run(request, (trx, actor) => rosters.import(trx, actor, { ...input, on, rows }));
    },
  );
}

/** Rosters, enrolment, attendance and tests. */
export function peopleRoutes(deps: TrainingRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const run = createRun(deps);
    for (const add of [addEnrolling, addReading, addExport, addTeaching, addRosters]) add(app, deps, run);
    await app.register(async (files) => addFiles(files as unknown as Api, deps, run));
  };
}
