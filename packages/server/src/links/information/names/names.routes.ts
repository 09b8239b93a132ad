import {
  IdSchema,
  NameMergeSchema,
  NameParentSchema,
  type NameProposals,
  NameProposalsSchema,
  NameUndoSchema,
  NewNameMergeSchema,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import { FILE_TYPE, FileBody, tableOf, takesTables } from '../../../http/table-file.js';
import type { Requests } from '../../../identity/requests.js';
import type { Names } from './names.service.js';
import { readNameTree } from './tree.js';

interface Deps extends Pick<Requests, 'requireActor'> {
  readonly names: Names;
  readonly proposals: (words: string, limit: number) => Promise<NameProposals>;
}

const TAGS = ['information'];
const RowsSchema = z.object({ rows: z.number().int() });
const READ = ['access.sign_in_required', 'access.key_refused'] as const;
const WRITE = [...READ, 'access.denied', ...WRITE_PROBLEMS] as const;

function addMerges(app: Api, { requireActor, names, proposals }: Deps): void {
  app.get(
    '/names/proposals',
    {
      schema: {
        tags: TAGS,
        summary: 'Names of owners that may be one, with what speaks for it; nothing is merged by itself',
        querystring: z.object({
          q: z.string().max(200).default('').describe('Words that one of the names must have'),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: NameProposalsSchema, ...problems(...READ) },
      },
    },
    async (request) => {
      await requireActor(request);
      return proposals(request.query.q, request.query.limit);
    },
  );
  app.get(
    '/names/merges',
    {
      schema: {
        tags: TAGS,
        summary: 'Merges of names of one’s organizations, those undone too, newest first',
        response: { 200: z.object({ merges: z.array(NameMergeSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ merges: await names.list(await requireActor(request)) }),
  );
  app.post(
    '/names/merges',
    {
      schema: {
        tags: TAGS,
        summary: 'Take names for one, for one’s organization and its merged view',
        body: NewNameMergeSchema,
        response: { 201: NameMergeSchema, ...problems('name_merge.conflict', ...WRITE) },
      },
    },
    async (request, reply) => reply.status(201).send(await names.merge(await requireActor(request), request.body)),
  );
  app.post(
    '/names/merges/:id/undo',
    {
      schema: {
        tags: TAGS,
        summary: 'Take a merge back; every answer is as before',
        params: z.object({ id: IdSchema }),
        body: NameUndoSchema,
        response: { 200: NameMergeSchema, ...problems('name_merge.not_found', 'name_merge.conflict', ...WRITE) },
      },
    },
    async (request) => names.undo(await requireActor(request), request.params.id, request.body),
  );
}

function addTree(app: Api, { requireActor, names }: Deps): void {
  app.get(
    '/names/tree',
    {
      schema: {
        tags: TAGS,
        summary: 'Which owner is below which, from when to when, and who says so',
        response: { 200: z.object({ rows: z.array(NameParentSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ rows: await names.tree(await requireActor(request)) }),
  );
  app.post(
    '/names/tree',
    {
      schema: {
        tags: TAGS,
        summary: 'Import who is below whom; rows of a source take the place of its earlier ones',
        body: z.object({
          csv: z.string().max(5_000_000).describe('Comma-separated with the heads parent, child, from, to and source'),
          organizationId: IdSchema.optional(),
        }),
        response: { 200: RowsSchema, ...problems('table.invalid', ...WRITE) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const { csv, organizationId } = request.body;
      return { rows: await names.importTree(actor, await readNameTree(csv), organizationId) };
    },
  );
}

/** The tree as a file, in a scope of its own because it takes any body as bytes. */
function addTreeFile(app: Api, { requireActor, names }: Deps): void {
  takesTables(app);
  app.post(
    '/names/tree/file',
    {
      schema: {
        tags: TAGS,
        summary:
          'Import who is below whom from a CSV or XLSX file; rows of a source take the place of its earlier ones',
        consumes: [FILE_TYPE],
        body: FileBody,
        querystring: z.object({ organizationId: IdSchema.optional() }),
        response: { 200: RowsSchema, ...problems('table.invalid', ...WRITE) },
      },
    },
    async (request) => {
      const actor = await requireActor(request);
      const rows = await readNameTree(tableOf(request.body));
      return { rows: await names.importTree(actor, rows, request.query.organizationId) };
    },
  );
}

/** Variants of names, merges that can be taken back, and who is below whom. Under `/api/v1`. */
export function namesRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    addMerges(app, deps);
    addTree(app, deps);
    await app.register(async (files) => addTreeFile(files as unknown as Api, deps));
  };
}
