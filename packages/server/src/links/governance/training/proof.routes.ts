import {
  CertificateSchema,
  CoveragePeopleSchema,
  type CoveragePerson,
  CoverageSchema,
  IssueReportSchema,
  TRAINING_TIERS,
  VerifiedCertificateSchema,
} from '@quanlian/contract';
import { addDays } from '@quanlian/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { flag, problems } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import { requireIn } from '../../../work/actor.js';
import { dayOf } from '../../../work/environment.js';
import { createRun, ExportQuery, exportable, type Run, sendTable, TABLE_ANSWER } from '../run.js';
import { ById, Day, Page, READ, TAGS, type TrainingRoutesDeps, WRITE } from './route.parts.js';

function addCertificates(app: Api, { training: { certificates } }: TrainingRoutesDeps, run: Run): void {
  app.get(
    '/certificates/:code',
    {
      config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
      schema: {
        tags: TAGS,
        summary: 'Verify a training certificate by its code; nobody has to sign in',
        description: 'A record of the operator of this installation, not of a national office.',
        params: z.object({ code: z.string().min(1).max(60) }),
        response: { 200: VerifiedCertificateSchema, ...problems('certificate.not_found') },
      },
    },
    (request) => certificates.verify(request.params.code),
  );
  app.get(
    '/training/certificates',
    {
      schema: {
        tags: TAGS,
        summary: 'Certificates within reach, newest first, at most 1000',
        querystring: z.object({ batchId: z.uuid().optional(), learnerId: z.uuid().optional(), mine: flag }),
        response: { 200: z.object({ certificates: z.array(CertificateSchema) }), ...problems(...READ) },
      },
    },
    (request) =>
      run(request, async (trx, actor) => ({ certificates: await certificates.list(trx, actor, request.query) })),
  );
  app.post(
    '/training/batches/:id/certificates',
    {
      schema: {
        tags: TAGS,
        summary: 'Issue certificates to everybody of a batch who has earned one',
        params: ById,
        response: { 200: IssueReportSchema, ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    (request) => run(request, (trx, actor) => certificates.issue(trx, actor, request.params.id)),
  );
  app.post(
    '/training/certificates/:id/revoke',
    {
      schema: {
        tags: TAGS,
        summary: 'Revoke a certificate; its verification says so from then on',
        params: ById,
        body: z.object({ reason: z.string().trim().min(1).max(500) }),
        response: { 200: CertificateSchema, ...problems('certificate.not_found', 'training.refused', ...WRITE) },
      },
    },
    (request) => run(request, (trx, actor) => certificates.revoke(trx, actor, request.params.id, request.body.reason)),
  );
}

const PeopleQuery = {
  on: Day.optional().describe('Today by default'),
  organizationId: z.uuid().optional().describe('With all organizations under it'),
  tier: z.enum(TRAINING_TIERS).optional(),
  certified: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  endsWithin: z.coerce
    .number()
    .int()
    .min(0)
    .max(3660)
    .optional()
    .describe('Only those whose certificate ends within so many days'),
};

const HEADINGS = {
  zh: ['编号', '姓名', '单位', '层级', '对象', '证书编号', '有效期至', '缺训原因', '已报班次'],
  en: ['Code', 'Name', 'Organization', 'Tier', 'Audience', 'Certificate', 'Valid until', 'Missing', 'Enrolled in'],
};

const MOST_EXPORTED = 200_000;

const cellsOf = (person: CoveragePerson, lang: 'zh' | 'en'): string[] => [
  person.code,
  person.name,
  person.organization[lang],
  person.tier,
  person.audience,
  person.certificate ?? '',
  person.validUntil ?? '',
  person.missing ?? '',
  person.enrolledIn ?? '',
];

function addCoverage(app: Api, { training: { coverage }, environment }: TrainingRoutesDeps, run: Run): void {
  const today = () => dayOf(environment.now());
  const queryOf = ({ endsWithin, ...query }: z.infer<z.ZodObject<typeof PeopleQuery>>) => {
    const on = query.on ?? today();
    return { ...query, on, endsBy: endsWithin === undefined ? undefined : addDays(on, endsWithin) };
  };
  app.get(
    '/training/coverage',
    {
      schema: {
        tags: TAGS,
        summary: 'People certified among those on the roster, by organization and tier, on any day',
        querystring: z.object({ on: Day.optional(), organizationId: z.uuid().optional() }),
        response: { 200: CoverageSchema, ...problems(...READ) },
      },
    },
    (request) => {
      const { on = today(), organizationId } = request.query;
      return run(request, (trx, actor) => coverage.coverage(trx, actor, { on, organizationId }));
    },
  );
  app.get(
    '/training/coverage/people',
    {
      schema: {
        tags: TAGS,
        summary: 'The people behind the coverage: certified, missing and why, due for a refresher',
        querystring: z.object({ ...PeopleQuery, ...Page }),
        response: { 200: CoveragePeopleSchema, ...problems(...READ) },
      },
    },
    (request) => {
      const { limit, offset, ...query } = request.query;
      return run(request, (trx, actor) => coverage.people(trx, actor, { ...queryOf(query), limit, offset }));
    },
  );
  app.get(
    '/training/coverage/people/export',
    {
      schema: {
        tags: TAGS,
        summary: 'The people behind the coverage, as a file',
        querystring: z.object({ ...PeopleQuery, organizationId: z.uuid(), ...ExportQuery }),
        response: { 200: TABLE_ANSWER, ...problems(...READ) },
      },
    },
    async (request, reply) => {
      const { format, lang, ...query } = request.query;
      const people = await run(request, async (trx, actor) => {
        requireIn(actor, 'export.run', query.organizationId);
        const found = await coverage.people(trx, actor, { ...queryOf(query), limit: MOST_EXPORTED, offset: 0 });
        return exportable(actor, found.people);
      });
      const rows = people.map((person) => cellsOf(person, lang));
      const content = { sheet: lang === 'zh' ? '培训覆盖' : 'Coverage', headings: HEADINGS[lang], rows };
      return sendTable(reply, format, 'coverage', content) as never;
    },
  );
}

/** Certificates and coverage. */
export function proofRoutes(deps: TrainingRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const run = createRun(deps);
    addCertificates(app, deps, run);
    addCoverage(app, deps, run);
  };
}
