import type { Readable } from 'node:stream';
import { PatentDocumentSchema, QuanlianError } from '@quanlian/contract';
import { isEncoding, readMapping, shippedMappings, TABLE_FIELDS, TableMappingSchema } from '@quanlian/formats/mappings';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../http/answers.js';

const PREVIEW_BYTES = 32 * 1024 * 1024;
const FILE_TYPE = 'application/octet-stream';

const MappingsAnswer = z
  .object({
    fields: z.array(z.string()).describe('What a column can mean'),
    mappings: z.record(z.string(), TableMappingSchema).describe('Mappings that come with the program, by name'),
  })
  .meta({ id: 'MappingsAnswer' });

const PreviewAnswer = z
  .object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())).describe('Cells of the first rows'),
    guess: z.record(z.string(), z.unknown()).describe('What the columns probably mean, by their names'),
    results: z
      .array(
        z.object({
          row: z.number().int().describe('Counted from 1 below the headings'),
          document: PatentDocumentSchema.optional(),
          code: z.string().optional(),
          message: z.string().optional(),
        }),
      )
      .describe('With a mapping: what becomes of the first rows'),
    encoding: z
      .string()
      .optional()
      .describe('What the cells were read in where the file does not tell it; a mapping must name it'),
  })
  .meta({ id: 'TablePreviewAnswer' });

async function readBody(body: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    parts.push(chunk);
    size += chunk.length;
    if (size > PREVIEW_BYTES) {
      throw new QuanlianError(
        'request.too_large',
        `A table is looked at up to ${PREVIEW_BYTES} bytes; send its beginning.`,
      );
    }
  }
  return Buffer.concat(parts);
}

/** Tables before they are loaded: what their columns are, and what a mapping makes of their first rows. */
export const tableRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/loads/mappings',
    {
      schema: {
        tags: ['information'],
        summary: 'Fields of a table mapping, and the mappings that come with the program',
        response: { 200: MappingsAnswer, ...problems() },
      },
      serializerCompiler: asJson,
    },
    async () => ({ fields: [...TABLE_FIELDS], mappings: { ...shippedMappings() } }),
  );

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FILE_TYPE, (_request, payload, done) => done(null, payload));
  app.post(
    '/loads/preview',
    {
      bodyLimit: PREVIEW_BYTES,
      schema: {
        tags: ['information'],
        summary: 'Look at a table before it is loaded',
        description: 'The body is a CSV, JSON Lines or XLSX file; of a CSV or JSON Lines file its beginning is enough.',
        security: [{ token: [] }],
        consumes: [FILE_TYPE],
        querystring: z.object({
          name: z.string().min(1).max(1000).describe('The name of the file'),
          mapping: z.string().max(8000).optional().describe('What the columns mean, as JSON'),
          encoding: z
            .string()
            .max(40)
            .refine(isEncoding, 'it is no encoding; write for example gb18030')
            .optional()
            .describe('Reads the cells in this encoding instead of the one they look like'),
        }),
        body: z.unknown().meta({ type: 'string', format: 'binary' }),
        response: { 200: PreviewAnswer, ...problems('table.invalid', 'request.too_large', ...WRITE_PROBLEMS) },
      },
      serializerCompiler: asJson,
    },
    async (request) => {
      const { name, mapping, encoding } = request.query;
      const means = mapping === undefined ? undefined : readMapping(mapping, 'of this request');
      // The readers are large, and come when the first table does.
      const { previewTable } = await import('@quanlian/formats');
      const bytes = await readBody(request.body as Readable);
      const { columns, rows, guess, results, ...found } = await previewTable(bytes, name, means, encoding);
      return {
        columns: [...columns],
        rows: rows.map((row) => [...row]),
        guess: { ...guess },
        results: [...results],
        ...found,
      };
    },
  );
};
