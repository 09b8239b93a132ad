import type { Readable } from 'node:stream';
import { IdSchema, NewPaperSchema, type Paper, PaperSchema, QuanlianError } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { flag, problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Api } from '../../http/api.js';
import { FILE_POLICY } from '../../http/security.js';
import type { Requests } from '../../identity/requests.js';
import type { PaperService } from './papers.service.js';

interface Deps extends Pick<Requests, 'requireActor'> {
  readonly papers: PaperService;
  readonly largestBytes: number;
}

const TAGS = ['service'];
const READ = ['access.sign_in_required', 'access.key_refused', 'access.denied'] as const;
const ById = z.object({ id: IdSchema });
const FILE_TYPE = 'application/octet-stream';

/** Types a browser shows without running anything of them. */
const SHOWN: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];
/** A PDF is shown by the browser's own viewer, which a sandbox keeps from working; nothing else is loaded. */
const PDF_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'self'";

function addUpload(app: Api, { requireActor, papers, largestBytes }: Deps): void {
  // The body goes to disk as it comes; nothing gathers it in memory first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FILE_TYPE, (_request, payload, done) => done(null, payload));
  app.post(
    '/papers',
    {
      bodyLimit: largestBytes + 1024,
      schema: {
        tags: TAGS,
        summary: 'Add a paper',
        description: 'The body is the file itself. Its type is found by what it holds.',
        consumes: [FILE_TYPE],
        querystring: NewPaperSchema,
        body: z.unknown().meta({ type: 'string', format: 'binary' }),
        response: { 201: PaperSchema, ...problems('paper.refused', 'request.too_large', ...READ, ...WRITE_PROBLEMS) },
      },
    },
    async (request, reply) => {
      if (request.headers['content-type']?.split(';')[0] !== FILE_TYPE)
        throw new QuanlianError(
          'request.invalid',
          `Send the file itself as the body, with the content type ${FILE_TYPE}.`,
        );
      const actor = await requireActor(request);
      return reply.status(201).send(await papers.add(actor, request.query, request.body as Readable));
    },
  );
}

function disposition({ name, mediaType }: Paper, preview: boolean): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const kind = preview && SHOWN.includes(mediaType) ? 'inline' : 'attachment';
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

function addReading(app: Api, { requireActor, papers }: Deps): void {
  app.get(
    '/papers',
    {
      schema: {
        tags: TAGS,
        summary: 'Papers within reach, newest first',
        querystring: z.object({
          organizationId: IdSchema.optional(),
          subjectKind: z.string().max(64).optional(),
          subjectId: IdSchema.optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ papers: z.array(PaperSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ papers: await papers.list(await requireActor(request), request.query) }),
  );
  app.get(
    '/papers/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'One paper',
        params: ById,
        response: { 200: PaperSchema, ...problems('paper.not_found', ...READ) },
      },
    },
    async (request) => papers.get(await requireActor(request), request.params.id),
  );
  app.get(
    '/papers/:id/content',
    {
      schema: {
        tags: TAGS,
        summary: 'The file of a paper',
        description: 'An attachment; with `preview` images and PDF may be shown in place.',
        params: ById,
        querystring: z.object({ preview: flag }),
        response: {
          200: { description: 'The file', content: { [FILE_TYPE]: { schema: z.unknown() } } },
          ...problems('paper.not_found', ...READ),
        },
      },
    },
    async (request, reply) => {
      const { paper, size, content } = await papers.content(await requireActor(request), request.params.id);
      const { preview } = request.query;
      const shownPdf = preview && paper.mediaType === 'application/pdf';
      return reply
        .header(
          'content-type',
          paper.mediaType.startsWith('text/') ? `${paper.mediaType}; charset=utf-8` : paper.mediaType,
        )
        .header('content-length', size)
        .header('content-disposition', disposition(paper, preview))
        .header('content-security-policy', shownPdf ? PDF_POLICY : FILE_POLICY)
        .header('cross-origin-resource-policy', 'same-origin')
        .send(content as never);
    },
  );
}

function addRemoving(app: Api, { requireActor, papers }: Deps): void {
  app.delete(
    '/papers/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Take a paper away; the log keeps its hash',
        params: ById,
        querystring: z.object({ why: z.string().trim().min(1).max(2000) }),
        response: { 204: z.null(), ...problems('paper.not_found', ...READ, ...WRITE_PROBLEMS) },
      },
    },
    async (request, reply) => {
      await papers.remove(await requireActor(request), request.params.id, request.query.why);
      return reply.status(204).send(null);
    },
  );
}

/** Papers. The upload's body is read in its own way, so these routes stand apart from the others. */
export function paperRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addUpload, addReading, addRemoving]) add(app, deps);
  };
}
