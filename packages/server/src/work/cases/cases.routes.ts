import {
  AmendCaseSchema,
  AttachPaperSchema,
  BothSchema,
  CaseBoardSchema,
  CaseCalendarSchema,
  CaseCommentSchema,
  CaseListSchema,
  CasePageSchema,
  CommentBodySchema,
  CompleteTaskSchema,
  DaySchema,
  type ErrorCode,
  MyTasksSchema,
  OpenCaseSchema,
  QuanlianError,
  SimulateSchema,
  SimulationSchema,
  TransitionSchema,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Api } from '../../http/api.js';
import type { Requests } from '../../identity/requests.js';
import { type Actor, reachOf } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import type { CaseWork } from './compose.js';
import { addExport } from './export.routes.js';
import { FilterQuery, ListQuery, PageQuery } from './query.js';
import type { StoredCase } from './stored-case.js';

interface Deps extends CaseWork, Pick<Requests, 'requireActor'> {}

const TAGS = ['governance'];
const READ: readonly ErrorCode[] = ['access.sign_in_required', 'access.key_refused'];
const ONE: readonly ErrorCode[] = [...READ, 'case.not_found'];
const STEP: readonly ErrorCode[] = [
  ...ONE,
  'access.denied',
  'case.refused',
  'case.changed',
  'paper.not_found',
  ...WRITE_PROBLEMS,
];
const ById = z.object({ id: z.uuid() });

function addLists(app: Api, { requireActor, cases, caseLists }: Deps): void {
  app.get(
    '/cases',
    {
      schema: {
        tags: TAGS,
        summary: 'Cases within reach: filter, sort, page',
        querystring: ListQuery,
        response: { 200: CaseListSchema, ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => caseLists.list(trx, actor, request.query));
    },
  );
  app.get(
    '/cases/board',
    {
      schema: {
        tags: TAGS,
        summary: 'The cases of one process by state',
        querystring: FilterQuery.extend({ process: z.string().max(100) }),
        response: { 200: CaseBoardSchema, ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const { process, ...filter } = request.query;
      return cases.work(actor, (trx) => caseLists.board(trx, actor, process, filter));
    },
  );
  app.get(
    '/cases/calendar',
    {
      schema: {
        tags: TAGS,
        summary: 'Last days of deadlines by date',
        querystring: FilterQuery.extend({ from: DaySchema, to: DaySchema }),
        response: { 200: CaseCalendarSchema, ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => caseLists.calendar(trx, actor, request.query));
    },
  );
}

function addOwn(app: Api, { requireActor, cases, caseLists, registry }: Deps): void {
  app.get(
    '/processes',
    {
      schema: {
        tags: TAGS,
        summary: 'The processes cases run by',
        response: {
          200: z.object({
            processes: z.array(
              z.object({
                id: z.string(),
                version: z.number(),
                title: BothSchema,
                states: z.array(z.object({ id: z.string(), title: BothSchema, kind: z.string() })),
                /** Whether the person may open one anywhere. */
                mayOpen: z.boolean(),
              }),
            ),
          }),
          ...problems(...READ),
        },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return {
        processes: registry.current.map(({ definition, permissions, openedElsewhere }) => {
          const reach = reachOf(actor, permissions.open);
          const reached = reach === 'everything' || reach.organizations.length > 0;
          const { id, version, title } = definition;
          return { id, version, title, states: [...definition.states], mayOpen: reached && !openedElsewhere };
        }),
      };
    },
  );
  app.get(
    '/tasks/mine',
    {
      schema: {
        tags: TAGS,
        summary: 'What waits for the person, nearest last day first',
        querystring: PageQuery,
        response: { 200: MyTasksSchema, ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => caseLists.mine(trx, actor, request.query));
    },
  );
}

function addPages(app: Api, { requireActor, cases, caseViews, registry }: Deps): void {
  app.get(
    '/cases/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'One case: diagram, clocks, timeline, papers, comments, next actions',
        params: ById,
        response: { 200: CasePageSchema, ...problems(...ONE) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      return cases.work(actor, (trx) => caseViews.page(trx, actor, request.params.id));
    },
  );
  app.post(
    '/cases/:id/simulate',
    {
      schema: {
        tags: TAGS,
        summary: 'What would happen if; nothing is stored',
        params: ById,
        body: SimulateSchema,
        response: { 200: SimulationSchema, ...problems(...ONE, ...WRITE_PROBLEMS) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const { steps } = request.body;
      return cases.work(actor, (trx) => caseViews.simulate(trx, actor, request.params.id, steps));
    },
  );
  app.post(
    '/cases',
    {
      schema: {
        tags: TAGS,
        summary: 'Open a case',
        body: OpenCaseSchema,
        response: { 201: CasePageSchema, ...problems('access.denied', ...STEP) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      if (registry.newest(request.body.process).openedElsewhere)
        throw new QuanlianError('request.invalid', 'Cases of this process are opened from their own page.', {
          path: 'process',
        });
      const page = await cases.work(actor, async (trx) => {
        const { id } = await cases.open(trx, actor, request.body);
        return caseViews.page(trx, actor, id);
      });
      return reply.status(201).send(page);
    },
  );
}

function addSteps(app: Api, { requireActor, cases, caseViews }: Deps): void {
  const after = async (actor: Actor, step: (trx: WorkTransaction) => Promise<StoredCase>) =>
    cases.work(actor, async (trx) => {
      const { id } = await step(trx);
      return caseViews.page(trx, actor, id);
    });
  const schema = <Body extends z.ZodType>(summary: string, body: Body) => ({
    tags: TAGS,
    summary,
    params: ById,
    body,
    response: { 200: CasePageSchema, ...problems(...STEP) },
  });
  app.post('/cases/:id/transitions', { schema: schema('Take a step', TransitionSchema) }, async (request) => {
    const actor = await requireActor(request);
    return after(actor, (trx) => cases.transition(trx, actor, request.params.id, request.body));
  });
  app.post(
    '/cases/:id/tasks',
    { schema: schema('Close one of the parallel tasks', CompleteTaskSchema) },
    async (request) => {
      const actor = await requireActor(request);
      return after(actor, (trx) => cases.completeTask(trx, actor, request.params.id, request.body));
    },
  );
  app.post(
    '/cases/:id/amendments',
    { schema: schema('Change fields or parties without a step', AmendCaseSchema) },
    async (request) => {
      const actor = await requireActor(request);
      return after(actor, (trx) => cases.amend(trx, actor, request.params.id, request.body));
    },
  );
  app.post('/cases/:id/papers', { schema: schema('Add a stored paper', AttachPaperSchema) }, async (request) => {
    const actor = await requireActor(request);
    return after(actor, (trx) => cases.attachPaper(trx, actor, request.params.id, request.body));
  });
  app.post(
    '/cases/:id/comments',
    {
      schema: {
        tags: TAGS,
        summary: 'Add a comment',
        params: ById,
        body: CommentBodySchema,
        response: { 201: CaseCommentSchema, ...problems('access.denied', ...ONE, ...WRITE_PROBLEMS) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const comment = await cases.work(actor, (trx) => cases.comment(trx, actor, request.params.id, request.body.text));
      return reply.status(201).send(comment);
    },
  );
  app.delete(
    '/cases/:id/comments/:comment',
    {
      schema: {
        tags: TAGS,
        summary: 'Remove a comment; the log keeps that it was there, and its words until they are erased',
        params: ById.extend({ comment: z.uuid() }),
        body: z.object({ why: z.string().trim().min(1).max(2000) }),
        response: { 204: z.null(), ...problems('access.denied', ...ONE, ...WRITE_PROBLEMS) },
      },
    },
    async (request, reply) => {
      const actor = await requireActor(request);
      const { id, comment } = request.params;
      await cases.work(actor, (trx) =>
        cases.removeComment(trx, actor, id, { commentId: comment, why: request.body.why }),
      );
      return reply.status(204).send(null);
    },
  );
}

/** Cases of every process. */
export function caseRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addOwn, addLists, addExport, addPages, addSteps]) add(app, deps);
  };
}
