import { createReadStream } from 'node:fs';
import { PatentDocumentSchema, QuanlianError } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems } from '../../http/answers.js';
import type { QueryBudget } from '../../http/query-budget.js';
import { FILE_POLICY } from '../../http/security.js';
import { createPictures } from './asset.pictures.js';
import type { AssetStore } from './asset.store.js';
import { viewDocument } from './document.service.js';
import { extensionOf, isShownInline } from './media-types.js';

const StoredFileSchema = z
  .object({ hash: z.string(), mediaType: z.string(), size: z.number().int(), pages: z.number().int() })
  .meta({ id: 'StoredFile' });

const PublicationAnswer = z
  .object({
    document: PatentDocumentSchema,
    alternatives: z.array(z.string()).describe('Other publications of the same office and number'),
    linked: z.record(z.string(), z.string()).describe('Cited numbers and the documents here that they name'),
    citedBy: z.object({ total: z.number().int(), ids: z.array(z.string()).describe('The 50 newest') }),
    files: z.record(z.string(), StoredFileSchema).describe('Files of figures and what is stored of them'),
  })
  .meta({ id: 'PublicationAnswer' });

const DOCUMENT_COST = 5;
/** A page of drawings asks for many pictures at once. */
const PICTURE_COST = 1;

export function documentRoutes(deps: {
  backend: SearchBackend;
  assets: AssetStore;
  budget: QueryBudget;
}): FastifyPluginAsyncZod {
  const pictures = createPictures(deps.assets);
  return async (app) => {
    app.get(
      '/publications/:id',
      {
        schema: {
          tags: ['information'],
          summary: 'One publication with its links inside the corpus',
          description: 'The number may be written with blanks or dots and without its kind where only one is known.',
          params: z.object({ id: z.string().min(1).max(100) }),
          response: { 200: PublicationAnswer, ...problems('document.not_found', 'document.ambiguous') },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        deps.budget.take(request.ip, DOCUMENT_COST);
        return viewDocument(deps, request.params.id);
      },
    );

    app.get(
      '/files/:hash',
      {
        schema: {
          tags: ['information'],
          summary: 'A drawing or page image by the SHA-256 of its bytes',
          params: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/, 'a hash is 64 hexadecimal digits') }),
          response: {
            200: { description: 'The file', content: { 'application/octet-stream': { schema: z.any() } } },
            304: {
              description: 'The browser has it already',
              content: { 'application/octet-stream': { schema: z.any() } },
            },
            ...problems('request.not_found'),
          },
        },
      },
      async (request, reply) => {
        const { hash } = request.params;
        const stored = await deps.assets.open(hash);
        if (!stored) throw new QuanlianError('request.not_found', 'No file with this hash is stored here.');
        const etag = `"${hash}"`;
        reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable');
        if (request.headers['if-none-match'] === etag) return reply.status(304).send();
        const disposition = isShownInline(stored.mediaType) ? 'inline' : 'attachment';
        return reply
          .header('content-security-policy', FILE_POLICY)
          .header(
            'content-disposition',
            `${disposition}; filename="${hash.slice(0, 16)}.${extensionOf(stored.mediaType)}"`,
          )
          .header('content-length', stored.size)
          .type(stored.mediaType)
          .send(createReadStream(stored.file));
      },
    );

    app.get(
      '/files/:hash/pages/:page',
      {
        schema: {
          tags: ['information'],
          summary: 'One page of a drawing or page image, as every browser shows it',
          description:
            'TIFF becomes PNG; of a scanned PDF the picture of the page is given. The original stays at /files.',
          params: z.object({
            hash: z.string().regex(/^[0-9a-f]{64}$/, 'a hash is 64 hexadecimal digits'),
            page: z.coerce.number().int().min(1).max(100_000),
          }),
          response: {
            200: { description: 'The picture', content: { 'image/png': { schema: z.any() } } },
            304: { description: 'The browser has it already', content: { 'image/png': { schema: z.any() } } },
            ...problems('request.not_found', 'image.refused'),
          },
        },
      },
      async (request, reply) => {
        const { hash, page } = request.params;
        const etag = `"${hash}-${page}"`;
        if (request.headers['if-none-match'] === etag) return reply.status(304).header('etag', etag).send();
        deps.budget.take(request.ip, PICTURE_COST);
        const picture = await pictures(hash, page);
        if (!picture)
          throw new QuanlianError('request.not_found', `No file with this hash and a page ${page} is stored here.`);
        return reply
          .header('etag', etag)
          .header('cache-control', 'private, max-age=31536000, immutable')
          .header('content-security-policy', FILE_POLICY)
          .header('content-disposition', 'inline')
          .type(picture.mediaType)
          .send(Buffer.from(picture.bytes));
      },
    );
  };
}
