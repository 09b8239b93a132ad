import { Readable } from 'node:stream';
import {
  type CorpusCoverage,
  CorpusCoverageSchema,
  NumberCoverageSchema,
  WeekCoverageSchema,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { TABLE_FORMATS, TABLE_MEDIA_TYPES, type TableContent, writeTable } from '@quanlian/formats/tables';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, flag, problems } from '../../../http/answers.js';
import type { QueryBudget } from '../../../http/query-budget.js';
import { AUTHORITY_FORMS, authorityFile } from './authority-file.js';
import { countNumbers, countWeeks, createCoverage } from './coverage.service.js';

const COVERAGE_COST = 200;
const NUMBERS_COST = 400;
const FILE_COST = 400;
const COVERAGE_TABLES = ['rows', 'kinds', 'fields', 'gaps'] as const;
type CoverageTable = (typeof COVERAGE_TABLES)[number];

const Office = z.string().regex(/^[A-Z]{2}$/, 'an office is two capital letters, such as CN');
const asText = (value: string | number | null): string => (value === null ? '' : String(value));

/** One table of the coverage with headings by its own names, for a file. */
export function coverageTable(coverage: CorpusCoverage, table: CoverageTable): TableContent {
  const rows: readonly Record<string, string | number | null>[] = coverage[table];
  const headings = Object.keys(rows[0] ?? { office: '' });
  return { sheet: table, headings, rows: rows.map((row) => headings.map((heading) => asText(row[heading] ?? null))) };
}

/** What the corpus holds by office, kind, year and field, with its gaps; as files too (WIPO ST.37). */
export function coverageRoutes(deps: {
  backend: SearchBackend;
  budget: QueryBudget;
  today: () => string;
}): FastifyPluginAsyncZod {
  const { backend, budget, today } = deps;
  const coverage = createCoverage(backend);
  return async (app) => {
    app.get(
      '/coverage',
      {
        schema: {
          tags: ['information'],
          summary: 'What the corpus holds by office, kind, year and field, with first and last dates and gaps',
          response: { 200: CorpusCoverageSchema.meta({ id: 'CorpusCoverage' }), ...problems() },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, COVERAGE_COST);
        return coverage();
      },
    );

    app.get(
      '/coverage/numbers',
      {
        schema: {
          tags: ['information'],
          summary: 'The numbers of one kind of an office as series, with the runs that are missing',
          querystring: z.object({ office: Office, kind: z.string().min(1).max(3) }),
          response: { 200: NumberCoverageSchema.meta({ id: 'NumberCoverage' }), ...problems('query.too_costly') },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, NUMBERS_COST);
        return countNumbers(backend, request.query.office, request.query.kind);
      },
    );

    app.get(
      '/coverage/weeks',
      {
        schema: {
          tags: ['information'],
          summary: 'The weeks of a year of one kind of an office, with those that have far fewer than usual',
          querystring: z.object({
            office: Office,
            kind: z.string().min(1).max(10).describe('A kind, or “unknown” for documents without one'),
            year: z.string().regex(/^(1[789]|20)\d\d$/, 'a year, such as 2024'),
            field: z
              .string()
              .regex(/^([1-9]|[12]\d|3[0-5])$/)
              .optional()
              .describe('Only documents of this field of technology (WIPO’s 35)'),
          }),
          response: { 200: WeekCoverageSchema.meta({ id: 'WeekCoverage' }), ...problems() },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, COVERAGE_COST);
        return countWeeks(backend, request.query);
      },
    );

    app.get(
      '/coverage/export',
      {
        schema: {
          tags: ['information'],
          summary: 'A table of the coverage as a file',
          querystring: z.object({
            table: z.enum(COVERAGE_TABLES).default('rows'),
            format: z.enum(TABLE_FORMATS).default('csv'),
          }),
          response: {
            200: {
              description: 'The file',
              content: Object.fromEntries(
                TABLE_FORMATS.map((format) => [TABLE_MEDIA_TYPES[format].split(';')[0], { schema: z.string() }]),
              ),
            },
            ...problems(),
          },
        },
      },
      async (request, reply) => {
        budget.take(request.ip, COVERAGE_COST);
        const { table, format } = request.query;
        return reply
          .type(TABLE_MEDIA_TYPES[format])
          .header('content-disposition', `attachment; filename="quanlian-coverage-${table}.${format}"`)
          .send(writeTable(format, coverageTable(await coverage(), table)) as never);
      },
    );

    app.get(
      '/coverage/authority-file',
      {
        schema: {
          tags: ['information'],
          summary: 'The publications of an office that are held here as an authority file (WIPO ST.37)',
          querystring: z.object({
            office: Office,
            form: z.enum(AUTHORITY_FORMS).default('xml'),
            gaps: flag.describe('Also list the numbers in between of which nothing is held, with the code U'),
          }),
          response: {
            200: {
              description: 'The file',
              content: { 'application/xml': { schema: z.string() }, 'text/plain': { schema: z.string() } },
            },
            ...problems(),
          },
        },
      },
      async (request, reply) => {
        budget.take(request.ip, FILE_COST);
        const { office, form, gaps } = request.query;
        const content = authorityFile(backend, { office, form, gaps, today: today() });
        return reply
          .type(form === 'xml' ? 'application/xml; charset=utf-8' : 'text/plain; charset=utf-8')
          .header('content-disposition', `attachment; filename="${office}_AF_${today().replace(/-/g, '')}.${form}"`)
          .send(Readable.from(content) as never);
      },
    );
  };
}
