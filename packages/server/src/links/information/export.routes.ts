import { Readable } from 'node:stream';
import { NAME_VIEWS, type PatentDocument, QuanlianError, SORTS } from '@quanlian/contract';
import { expandClasses, type SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, repeatable } from '../../http/answers.js';
import type { QueryBudget } from '../../http/query-budget.js';
import { askedView, type NamesOf } from './names/asked-view.js';
import { withMergedNames } from './names/merged-view.js';
import { ABOUT_SCHEME, QuestionParameters, SchemeVersionText, versionsOf } from './question.js';
import type { SchemeStore } from './schemes/scheme.store.js';
import { costOfSearch, readQuestion } from './search.service.js';

const EXPORT_FORMATS = ['csv', 'xlsx', 'jsonl', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Writes documents as they come into a file of one format; `lang` is that of the headings. */
export type WriteExport = (
  format: ExportFormat,
  documents: AsyncIterable<PatentDocument>,
  lang: 'zh' | 'en',
) => AsyncIterable<Uint8Array | string>;

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

const EXPORT_COST = 200;
const AT_ONCE = 4;
const LONGEST_STEM = 60;

/** A file name from the query; RFC 6266: plain letters for old programs, UTF-8 for the others. */
export function dispositionOf(query: string, format: ExportFormat): string {
  const words = query
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const stem = `quanlian-${[...words].slice(0, LONGEST_STEM).join('') || 'all'}`;
  const plain = stem.replace(/[^A-Za-z0-9-]/g, '_');
  return `attachment; filename="${plain}.${format}"; filename*=UTF-8''${encodeURIComponent(`${stem}.${format}`)}`;
}

export function exportRoutes(deps: {
  backend: SearchBackend;
  schemes: SchemeStore;
  budget: QueryBudget;
  write: WriteExport;
  /** The calendar day it is, `YYYY-MM-DD`. */
  today: () => string;
  namesOf?: NamesOf;
}): FastifyPluginAsyncZod {
  const { backend, schemes, budget, write, today, namesOf } = deps;
  let running = 0;

  /** Counts the export as running until its last byte is taken or the client has gone. */
  async function* counted(content: AsyncIterable<Uint8Array | string>) {
    try {
      yield* content;
    } finally {
      running -= 1;
    }
  }

  return async (app) => {
    app.get(
      '/export',
      {
        schema: {
          tags: ['information'],
          summary: 'The whole result of a query as a file, without a limit of rows',
          querystring: z.object({
            ...QuestionParameters,
            sort: z.enum(SORTS).default('newest'),
            names: z
              .enum(NAME_VIEWS)
              .default('raw')
              .describe(
                '`merged`: find by the names that one’s organization takes for one; the file holds those of the sources',
              ),
            format: z.enum(EXPORT_FORMATS).default('csv'),
            scheme: repeatable(SchemeVersionText).describe(ABOUT_SCHEME),
            lang: z.enum(['zh', 'en']).default('en').describe('The language of the headings'),
          }),
          response: {
            200: {
              description: 'The file; every row is of the corpus as it was when the export began',
              content: Object.fromEntries(
                EXPORT_FORMATS.map((format) => [MEDIA_TYPES[format].split(';')[0], { schema: z.string() }]),
              ),
            },
            ...problems('query.invalid', 'query.too_costly', 'scheme.unknown', 'access.sign_in_required'),
          },
        },
      },
      async (request, reply) => {
        const { q, format, lang, sort, names, scheme } = request.query;
        const question = readQuestion(request.query).filtered;
        const asked = names === 'merged' ? withMergedNames(question, await askedView(namesOf, request)) : question;
        const classScheme = scheme.length > 0 ? await schemes.classScheme(asked, versionsOf(scheme)) : undefined;
        const filtered = expandClasses(asked, classScheme);
        budget.take(request.ip, EXPORT_COST + costOfSearch(filtered, { facet: [], limit: 0 }));
        if (running >= AT_ONCE) {
          throw new QuanlianError('request.too_many', `${AT_ONCE} exports are running. Try again when one has ended.`);
        }
        running += 1;
        const content = counted(write(format, backend.scan(filtered, sort, today()), lang));
        return reply
          .type(MEDIA_TYPES[format])
          .header('content-disposition', dispositionOf(q, format))
          .send(Readable.from(content) as never);
      },
    );
  };
}
