import {
  BATCH_STATES,
  BatchListSchema,
  BatchSchema,
  CurriculumSchema,
  NewBatchSchema,
  NewCurriculumSchema,
  NewCurriculumVersionSchema,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import { createRun, type Run } from '../run.js';
import { ById, Day, Page, READ, TAGS, type TrainingRoutesDeps, WRITE } from './route.parts.js';

function addCurricula(app: Api, { training: { curricula } }: TrainingRoutesDeps, run: Run): void {
  app.get(
    '/training/curricula',
    {
      schema: {
        tags: TAGS,
        summary: 'Courses with their versions',
        response: { 200: z.object({ curricula: z.array(CurriculumSchema) }), ...problems(...READ) },
      },
    },
    (request) => run(request, async (trx, actor) => ({ curricula: await curricula.list(trx, actor) })),
  );
  app.post(
    '/training/curricula',
    {
      schema: {
        tags: TAGS,
        summary: 'Make a course',
        body: NewCurriculumSchema,
        response: { 201: CurriculumSchema, ...problems('training.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      const made = await run(request, (trx, actor) => curricula.create(trx, actor, request.body));
      return reply.status(201).send(made);
    },
  );
  app.post(
    '/training/curricula/:id/versions',
    {
      schema: {
        tags: TAGS,
        summary: 'Publish the next version of a course with its test',
        params: ById,
        body: NewCurriculumVersionSchema,
        response: { 201: CurriculumSchema, ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      const made = await run(request, (trx, actor) => curricula.publish(trx, actor, request.params.id, request.body));
      return reply.status(201).send(made);
    },
  );
  app.post(
    '/training/curricula/:id/retire',
    {
      schema: {
        tags: TAGS,
        summary: 'Retire a course; no batch is made of it any more',
        params: ById,
        response: { 200: CurriculumSchema, ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    (request) => run(request, (trx, actor) => curricula.retire(trx, actor, request.params.id)),
  );
}

const BatchQuery = z.object({
  state: z.enum(BATCH_STATES).optional(),
  curriculumId: z.uuid().optional(),
  from: Day.optional().describe('Batches that end on this day or later'),
  to: Day.optional().describe('Batches that start on this day or before'),
  ...Page,
});

const BatchChange = z.object({
  expectedVersion: z.number().int(),
  quota: z.number().int().min(1).max(100_000).optional(),
  place: z.string().trim().max(300).optional(),
  enrolUntil: Day.optional(),
  state: z.enum(BATCH_STATES).optional(),
  reason: z.string().trim().max(1000).optional(),
});

function addBatches(app: Api, { training: { batches } }: TrainingRoutesDeps, run: Run): void {
  app.get(
    '/training/batches',
    {
      schema: {
        tags: TAGS,
        summary: 'Batches of courses, newest first',
        querystring: BatchQuery,
        response: { 200: BatchListSchema, ...problems(...READ) },
      },
    },
    (request) => run(request, (trx, actor) => batches.list(trx, actor, request.query)),
  );
  app.get(
    '/training/batches/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'One batch with its sessions',
        params: ById,
        response: { 200: BatchSchema, ...problems('training.not_found', ...READ) },
      },
    },
    (request) => run(request, (trx, actor) => batches.get(trx, actor, request.params.id)),
  );
  app.post(
    '/training/batches',
    {
      schema: {
        tags: TAGS,
        summary: 'Make a batch of a course',
        body: NewBatchSchema,
        response: { 201: BatchSchema, ...problems('training.not_found', 'training.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      const made = await run(request, (trx, actor) => batches.create(trx, actor, request.body));
      return reply.status(201).send(made);
    },
  );
  app.patch(
    '/training/batches/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Change a batch: seats, place, end of enrolment, state',
        params: ById,
        body: BatchChange,
        response: {
          200: BatchSchema,
          ...problems('training.not_found', 'training.refused', 'training.changed', ...WRITE),
        },
      },
    },
    (request) => run(request, (trx, actor) => batches.change(trx, actor, request.params.id, request.body)),
  );
  app.post(
    '/training/batches/:id/trainers',
    {
      schema: {
        tags: TAGS,
        summary: 'Give a batch to a trainer',
        params: ById,
        body: z.object({ personId: z.uuid() }),
        response: { 204: z.null(), ...problems('training.not_found', 'person.not_found', ...WRITE) },
      },
    },
    async (request, reply) => {
      await run(request, (trx, actor) => batches.assign(trx, actor, request.params.id, request.body.personId));
      return reply.status(204).send(null);
    },
  );
}

function addTrainers(app: Api, { training: { batches } }: TrainingRoutesDeps, run: Run): void {
  app.get(
    '/training/batches/:id/trainers',
    {
      schema: {
        tags: TAGS,
        summary: 'Who runs a batch',
        params: ById,
        response: {
          200: z.object({ trainers: z.array(z.object({ id: z.uuid(), name: z.string().nullable() })) }),
          ...problems('training.not_found', ...READ),
        },
      },
    },
    (request) =>
      run(request, async (trx, actor) => ({ trainers: await batches.trainers(trx, actor, request.params.id) })),
  );
  app.delete(
    '/training/batches/:id/trainers/:person',
    {
      schema: {
        tags: TAGS,
        summary: 'Take a batch from a trainer again',
        params: ById.extend({ person: z.uuid() }),
        response: { 204: z.null(), ...problems('training.not_found', ...WRITE) },
      },
    },
    async (request, reply) => {
      const { id, person } = request.params;
      await run(request, (trx, actor) => batches.unassign(trx, actor, id, person));
      return reply.status(204).send(null);
    },
  );
}

/** Courses and batches. */
export function catalogueRoutes(deps: TrainingRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const run = createRun(deps);
    addCurricula(app, deps, run);
    addBatches(app, deps, run);
    addTrainers(app, deps, run);
  };
}
