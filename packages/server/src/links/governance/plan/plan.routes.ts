import {
  CasePageSchema,
  IndicatorBaselineSchema,
  IndicatorTargetSchema,
  MeasureStateSchema,
  NewIndicatorSchema,
  NewMeasureSchema,
  NewObjectiveSchema,
  NewPlanSchema,
  NewPlanTaskSchema,
  PlanMeasureSchema,
  PlanPageSchema,
  PlanRowSchema,
  PostponeSchema,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import { indicatorRoutes } from './indicator.routes.js';
import { ById, type PlanRouteDeps, READ, TAGS, WRITE } from './plan.answers.js';
import { reportRoutes } from './report.routes.js';

const Made = z.object({ id: z.uuid() });
const Version = z.object({ expectedVersion: z.number().int().positive() });

function addPlans(app: Api, { requireActor, cases, plans }: PlanRouteDeps): void {
  app.get(
    '/plans',
    {
      schema: {
        tags: TAGS,
        summary: 'Outlines and plans within reach',
        response: { 200: z.object({ plans: z.array(PlanRowSchema) }), ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return { plans: await cases.work(actor, (trx) => plans.list(trx, actor)) };
    },
  );
  app.post(
    '/plans',
    {
      schema: {
        tags: TAGS,
        summary: 'Begin a plan',
        body: NewPlanSchema,
        response: { 201: Made, ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const id = await cases.work(actor, (trx) => plans.create(trx, actor, request.body));
      return reply.status(201).send({ id });
    },
  );
  app.get(
    '/plans/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'A plan: objectives, indicators with targets, measures',
        params: ById,
        response: { 200: PlanPageSchema, ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => plans.page(trx, actor, request.params.id));
    },
  );
  for (const [verb, summary] of [
    ['adopt', 'Put a plan into force'],
    ['close', 'Close a plan'],
  ] as const)
    app.post(
      `/plans/:id/${verb}`,
      {
        schema: {
          tags: TAGS,
          summary,
          params: ById,
          body: Version,
          response: { 200: PlanPageSchema, ...problems(...WRITE) },
        },
      },
      async (request) => {
        const actor = await requireActor(request);
        const { id } = request.params;
        return cases.work(actor, async (trx) => {
          await plans[verb](trx, actor, id, request.body.expectedVersion);
          return plans.page(trx, actor, id);
        });
      },
    );
}

function addParts(app: Api, { requireActor, cases, plans }: PlanRouteDeps): void {
  const made = <Body extends z.ZodType>(summary: string, body: Body) => ({
    tags: TAGS,
    summary,
    params: ById,
    body,
    response: { 201: Made, ...problems(...WRITE) },
  });
  const done = <Body extends z.ZodType>(summary: string, body: Body) => ({
    tags: TAGS,
    summary,
    params: ById,
    body,
    response: { 204: z.null(), ...problems(...WRITE) },
  });
  app.post(
    '/plans/:id/objectives',
    { schema: made('Add an objective', NewObjectiveSchema) },
    async (request, reply) => {
      const actor = await requireActor(request);
      const id = await cases.work(actor, (trx) => plans.addObjective(trx, actor, request.params.id, request.body));
      return reply.status(201).send({ id });
    },
  );
  app.post(
    '/plans/:id/indicators',
    { schema: made('Add an indicator', NewIndicatorSchema) },
    async (request, reply) => {
      const actor = await requireActor(request);
      const id = await cases.work(actor, (trx) => plans.addIndicator(trx, actor, request.params.id, request.body));
      return reply.status(201).send({ id });
    },
  );
  app.put(
    '/indicators/:id/baseline',
    { schema: done('Set where a unit started', IndicatorBaselineSchema) },
    async (request, reply) => {
      const actor = await requireActor(request);
      await cases.work(actor, (trx) => plans.setBaseline(trx, actor, request.params.id, request.body));
      return reply.status(204).send(null);
    },
  );
  const Target = IndicatorTargetSchema.extend({ value: z.number().nullable() });
  app.put(
    '/indicators/:id/target',
    { schema: done('Set or take away a unit’s target', Target) },
    async (request, reply) => {
      const actor = await requireActor(request);
      await cases.work(actor, (trx) => plans.setTarget(trx, actor, request.params.id, request.body));
      return reply.status(204).send(null);
    },
  );
}

function addMeasures(app: Api, { requireActor, cases, plans }: PlanRouteDeps): void {
  app.post(
    '/plans/:id/measures',
    {
      schema: {
        tags: TAGS,
        summary: 'Add a measure',
        params: ById,
        body: NewMeasureSchema,
        response: { 201: PlanMeasureSchema, ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const measure = await cases.work(actor, (trx) => plans.addMeasure(trx, actor, request.params.id, request.body));
      return reply.status(201).send(measure);
    },
  );
  app.put(
    '/measures/:id/state',
    {
      schema: {
        tags: TAGS,
        summary: 'Set how far a measure is',
        params: ById,
        body: Version.extend({ state: MeasureStateSchema }),
        response: { 204: z.null(), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      await cases.work(actor, (trx) => plans.setMeasureState(trx, actor, request.params.id, request.body));
      return reply.status(204).send(null);
    },
  );
}

function addTasks(app: Api, { requireActor, cases, caseViews, planTasks }: PlanRouteDeps): void {
  const answers = problems('case.not_found', 'case.refused', 'case.changed', ...WRITE);
  app.post(
    '/plan-tasks',
    {
      schema: {
        tags: TAGS,
        summary: 'Give out a task of a measure',
        body: NewPlanTaskSchema,
        response: { 201: CasePageSchema, ...answers },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const page = await cases.work(actor, async (trx) => {
        const { id } = await planTasks.create(trx, actor, request.body);
        return caseViews.page(trx, actor, id);
      });
      return reply.status(201).send(page);
    },
  );
  app.post(
    '/plan-tasks/:id/dispatch',
    {
      schema: {
        tags: TAGS,
        summary: 'Dispatch a task that was kept as a draft',
        params: ById,
        body: Version,
        response: { 200: CasePageSchema, ...answers },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, async (trx) => {
        await planTasks.dispatch(trx, actor, request.params.id, request.body.expectedVersion);
        return caseViews.page(trx, actor, request.params.id);
      });
    },
  );
  app.post(
    '/plan-tasks/:id/postpone',
    {
      schema: {
        tags: TAGS,
        summary: 'Change a task’s due date',
        params: ById,
        body: PostponeSchema,
        response: { 200: CasePageSchema, ...answers },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, async (trx) => {
        await planTasks.postpone(trx, actor, request.params.id, request.body);
        return caseViews.page(trx, actor, request.params.id);
      });
    },
  );
}

/** The outline and the plans, their indicators, tasks and reports. */
export function planRoutes(deps: PlanRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addPlans, addParts, addMeasures, addTasks]) add(app, deps);
    await app.register(indicatorRoutes(deps));
    await app.register(reportRoutes(deps));
  };
}
