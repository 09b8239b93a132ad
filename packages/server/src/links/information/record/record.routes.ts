import {
  MOST_SETS,
  RecordKeySchema,
  ReplayReportSchema,
  type SearchRecord,
  SearchRecordSchema,
  SearchSetSchema,
  SORTS,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import { costOf, type QueryBudget } from '../../../http/query-budget.js';
import { QuestionBody } from '../question.js';
import { readQuestion } from '../search.service.js';
import { recordPdf, replayPdf } from './record.document.js';
import type { SigningKey } from './record.key.js';
import { makeRecord, readRecord, replayRecord } from './record.service.js';

export interface RecordRoutesDeps {
  readonly backend: SearchBackend;
  readonly budget: QueryBudget;
  readonly key: () => Promise<SigningKey>;
  readonly version: string;
}

/** Every hit is read to its last word, like in an export. */
const RECORD_COST = 200;
/** A record of as many documents as it may list. */
const LARGEST_RECORD = 16 * 1024 * 1024;
const TAGS = ['information'];
const REPLAY_PROBLEMS = ['replay.refused', 'replay.changing', 'query.unsupported', ...WRITE_PROBLEMS] as const;

const Lang = z.object({ lang: z.enum(['zh', 'en']).default('en') });
const Pdf = {
  200: { description: 'The paper', content: { 'application/pdf': { schema: z.string() } } },
};
/** The body is checked by the reader of records itself, which says what does not fit. */
const AnyRecord = z.unknown().describe('A record as it was given out (see SearchRecord)');

export function recordRoutes({ backend, budget, key, version }: RecordRoutesDeps): FastifyPluginAsyncZod {
  const now = () => new Date();

  async function check(client: string, content: unknown): Promise<SearchRecord> {
    const { shown } = await key();
    const record = readRecord(content, [shown.publicKey]);
    budget.take(client, RECORD_COST + costOf(record.signed.query.ast));
    return record;
  }

  return async (app) => {
    app.get(
      '/records/key',
      {
        schema: {
          tags: TAGS,
          summary: 'The public key that records of searches are signed with here',
          response: { 200: RecordKeySchema, ...problems() },
        },
      },
      async () => (await key()).shown,
    );

    app.post(
      '/records',
      {
        schema: {
          tags: TAGS,
          summary: 'Run a search to its last hit and sign what came of it',
          body: z.object({
            ...QuestionBody,
            sets: z.array(SearchSetSchema).max(MOST_SETS).default([]),
            sort: z.enum(SORTS).default('relevance'),
          }),
          response: {
            200: SearchRecordSchema,
            ...problems('query.invalid', 'query.unsupported', 'query.too_costly', 'replay.changing', ...WRITE_PROBLEMS),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const read = readQuestion(request.body);
        budget.take(request.ip, RECORD_COST + costOf(read.filtered));
        return makeRecord(backend, request.body, read, { key: await key(), program: version, now });
      },
    );

    const replayBody = { bodyLimit: LARGEST_RECORD };
    app.post(
      '/records/replay',
      {
        ...replayBody,
        schema: {
          tags: TAGS,
          summary: 'Check a record and say what the same search finds differently now',
          body: AnyRecord,
          response: { 200: ReplayReportSchema, ...problems(...REPLAY_PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => replayRecord(backend, await check(request.ip, request.body), now),
    );

    app.post(
      '/records/pdf',
      {
        ...replayBody,
        schema: {
          tags: TAGS,
          summary: 'A record as PDF, once it was checked',
          querystring: Lang,
          body: AnyRecord,
          response: { ...Pdf, ...problems('template.invalid', ...REPLAY_PROBLEMS) },
        },
      },
      async (request, reply) => {
        const record = await check(request.ip, request.body);
        return reply.type('application/pdf').send((await recordPdf(record, request.query.lang)) as never);
      },
    );

    app.post(
      '/records/replay/pdf',
      {
        ...replayBody,
        schema: {
          tags: TAGS,
          summary: 'The report of a repeated search as PDF',
          querystring: Lang,
          body: AnyRecord,
          response: { ...Pdf, ...problems('template.invalid', ...REPLAY_PROBLEMS) },
        },
      },
      async (request, reply) => {
        const report = await replayRecord(backend, await check(request.ip, request.body), now);
        return reply.type('application/pdf').send((await replayPdf(report, request.query.lang)) as never);
      },
    );
  };
}
