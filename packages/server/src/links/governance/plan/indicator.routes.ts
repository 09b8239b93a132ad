import {
  DefinitionEffectSchema,
  IndicatorDefinitionSchema,
  IndicatorValueSchema,
  ProposeDefinitionSchema,
  ReportValueSchema,
  ReviewValueSchema,
  ValueLineageSchema,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import { ById, type PlanRouteDeps, READ, TAGS, WRITE } from './plan.answers.js';

const ByVersion = ById.extend({ version: z.coerce.number().int().positive() });
/** 20 000 sources of a value are some megabytes. */
const MOST_BYTES = 16 * 1024 * 1024;

function addValues(app: Api, { requireActor, cases, values }: PlanRouteDeps): void {
  app.get(
    '/indicators/:id/values',
    {
      schema: {
        tags: TAGS,
        summary: 'The values of one unit, oldest first',
        params: ById,
        querystring: z.object({ organization: z.uuid() }),
        response: { 200: z.object({ values: z.array(IndicatorValueSchema) }), ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const { organization } = request.query;
      return {
        values: await cases.work(actor, (trx) => values.series(trx, actor, request.params.id, organization)),
      };
    },
  );
  app.post(
    '/indicators/:id/values',
    {
      bodyLimit: MOST_BYTES,
      schema: {
        tags: TAGS,
        summary: 'Report a value with what it rests on',
        params: ById,
        body: ReportValueSchema,
        response: { 201: IndicatorValueSchema, ...problems('request.too_large', ...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const value = await cases.work(actor, (trx) => values.report(trx, actor, request.params.id, request.body));
      return reply.status(201).send(value);
    },
  );
  app.get(
    '/values/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'A value with every record and paper it rests on',
        params: ById,
        response: { 200: ValueLineageSchema, ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => values.lineage(trx, actor, request.params.id));
    },
  );
  app.post(
    '/values/:id/review',
    {
      schema: {
        tags: TAGS,
        summary: 'Accept a value or send it back',
        params: ById,
        body: ReviewValueSchema,
        response: { 200: IndicatorValueSchema, ...problems(...WRITE) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => values.review(trx, actor, request.params.id, request.body));
    },
  );
}

function addDefinitions(app: Api, { requireActor, cases, definitions }: PlanRouteDeps): void {
  app.get(
    '/indicators/:id/definitions',
    {
      schema: {
        tags: TAGS,
        summary: 'All versions of an indicator’s definition',
        params: ById,
        response: { 200: z.object({ definitions: z.array(IndicatorDefinitionSchema) }), ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return { definitions: await cases.work(actor, (trx) => definitions.list(trx, actor, request.params.id)) };
    },
  );
  app.post(
    '/indicators/:id/definitions',
    {
      schema: {
        tags: TAGS,
        summary: 'Propose a change of definition',
        params: ById,
        body: ProposeDefinitionSchema,
        response: { 201: z.object({ version: z.number().int() }), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const version = await cases.work(actor, (trx) =>
        definitions.propose(trx, actor, request.params.id, request.body),
      );
      return reply.status(201).send({ version });
    },
  );
  app.get(
    '/indicators/:id/definitions/:version/effect',
    {
      schema: {
        tags: TAGS,
        summary: 'What a proposed definition would do to past values',
        params: ByVersion,
        response: { 200: DefinitionEffectSchema, ...problems('plan.refused', 'access.denied', ...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const { id, version } = request.params;
      return cases.work(actor, (trx) => definitions.effect(trx, actor, id, version));
    },
  );
}

function addDecisions(app: Api, { requireActor, cases, definitions }: PlanRouteDeps): void {
  app.post(
    '/indicators/:id/definitions/:version/adopt',
    {
      schema: {
        tags: TAGS,
        summary: 'Adopt a proposed definition whose effect was seen',
        params: ByVersion,
        body: z.object({
          total: z.number().int().min(0).describe('Values that the effect listed'),
          changed: z.number().int().min(0).describe('Values that it changed'),
        }),
        response: { 204: z.null(), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const { id, version } = request.params;
      await cases.work(actor, (trx) => definitions.adopt(trx, actor, id, version, request.body));
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/indicators/:id/definitions/:version/reject',
    {
      schema: {
        tags: TAGS,
        summary: 'Reject a proposed definition',
        params: ByVersion,
        response: { 204: z.null(), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const { id, version } = request.params;
      await cases.work(actor, (trx) => definitions.reject(trx, actor, id, version));
      return reply.status(204).send(null);
    },
  );
}

/** Values and definitions of indicators. */
export function indicatorRoutes(deps: PlanRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addValues, addDefinitions, addDecisions]) add(app, deps);
  };
}
