import {
  type ErrorCode,
  NewResearchFindingSchema,
  NewResearchSchema,
  RESEARCH_STATES,
  ResearchSchema,
  ResearchYieldSchema,
} from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import type { Requests } from '../../../identity/requests.js';
import { createRun, type Run } from '../run.js';
import type { ResearchService } from './research.service.js';

export interface ResearchRoutesDeps extends Pick<Requests, 'requireActor'> {
  readonly db: Kysely<WorkSchema>;
  readonly research: ResearchService;
}

const TAGS = ['governance'];
const READ: readonly ErrorCode[] = ['access.sign_in_required', 'access.key_refused', 'access.denied'];
const CHANGE: readonly ErrorCode[] = [...READ, ...WRITE_PROBLEMS, 'research.not_found', 'research.refused'];
const ById = z.object({ id: z.uuid() });
const answers = { 200: ResearchSchema, ...problems(...CHANGE) };

function addProjects(app: Api, { research }: ResearchRoutesDeps, run: Run): void {
  app.get(
    '/research',
    {
      schema: {
        tags: TAGS,
        summary: 'Research projects within reach, newest first, and how much became measures',
        response: {
          200: z.object({ projects: z.array(ResearchSchema), yield: ResearchYieldSchema }),
          ...problems(...READ),
        },
      },
    },
    (request) =>
      run(request, async (trx, actor) => ({
        projects: await research.list(trx, actor),
        yield: await research.yield(trx, actor),
      })),
  );
  app.get(
    '/research/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'One research project with its findings',
        params: ById,
        response: { 200: ResearchSchema, ...problems('research.not_found', ...READ) },
      },
    },
    (request) => run(request, (trx, actor) => research.get(trx, actor, request.params.id)),
  );
  app.post(
    '/research',
    {
      schema: {
        tags: TAGS,
        summary: 'Begin a research project',
        body: NewResearchSchema,
        response: { 201: ResearchSchema, ...problems('person.not_found', ...CHANGE) },
      },
    },
    async (request, reply) => {
      const made = await run(request, (trx, actor) => research.create(trx, actor, request.body));
      return reply.status(201).send(made);
    },
  );
  app.post(
    '/research/:id/state',
    {
      schema: {
        tags: TAGS,
        summary: 'Move a research project on',
        params: ById,
        body: z.object({ to: z.enum(RESEARCH_STATES), expectedVersion: z.number().int() }),
        response: answers,
      },
    },
    (request) => {
      const { to, expectedVersion } = request.body;
      return run(request, (trx, actor) => research.move(trx, actor, request.params.id, to, expectedVersion));
    },
  );
}

function addFindings(app: Api, { research }: ResearchRoutesDeps, run: Run): void {
  app.post(
    '/research/:id/findings',
    {
      schema: {
        tags: TAGS,
        summary: 'Write down a finding',
        params: ById,
        body: NewResearchFindingSchema,
        response: answers,
      },
    },
    (request) => run(request, (trx, actor) => research.addFinding(trx, actor, request.params.id, request.body)),
  );
  app.post(
    '/research/findings/:id/adopt',
    {
      schema: {
        tags: TAGS,
        summary: 'Say which measures of a plan came of a finding',
        params: ById,
        body: z.object({ measureIds: z.array(z.uuid()).max(50) }),
        response: answers,
      },
    },
    (request) => run(request, (trx, actor) => research.adopt(trx, actor, request.params.id, request.body.measureIds)),
  );
  app.post(
    '/research/findings/:id/reject',
    {
      schema: {
        tags: TAGS,
        summary: 'Reject a finding with a reason',
        params: ById,
        body: z.object({ reason: z.string().trim().min(1).max(1000) }),
        response: answers,
      },
    },
    (request) => run(request, (trx, actor) => research.reject(trx, actor, request.params.id, request.body.reason)),
  );
}

/** Research projects, their findings, and what became of them. Under `/api/v1`. */
export function researchRoutes(deps: ResearchRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const run = createRun(deps);
    addProjects(app, deps, run);
    addFindings(app, deps, run);
  };
}
