import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type LoadFailure, LoadFailureSchema, LoadJobSchema, QuanlianError } from '@quanlian/contract';
import { readMapping } from '@quanlian/formats/mappings';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Api } from '../../http/api.js';
import type { LoadService } from './load.service.js';
import { tableRoutes } from './table.routes.js';
import type { UploadLoads } from './upload.job.js';
import type { Uploads } from './upload.service.js';

interface Deps {
  readonly loads: LoadService;
  readonly uploads: Uploads;
  readonly uploadLoads: UploadLoads;
  readonly uploadBytes: number;
}

const LoadId = z.object({ id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'not an id of a load') });

const FILE_TYPE = 'application/octet-stream';
/** Encodings of a body that are file formats too, so that the body is loaded packed as it came. */
const PACKED_AS_FILES: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'zstd', 'identity']);
const MAPPING_LENGTH = 8000;
const FAILURES_AS_JSON = 1000;
const FAILURES_IN_LIST = 5;

function checkEncoding(encoding: string | undefined): void {
  if (encoding === undefined || PACKED_AS_FILES.has(encoding.trim().toLowerCase())) return;
  const sentence = `A body with the encoding “${encoding}” is not unpacked here. Send the file as it is, or as gzip or zstd.`;
  throw new QuanlianError('request.invalid', sentence, { path: 'content-encoding' });
}

function addUpload(app: Api, { uploads, uploadLoads, uploadBytes }: Deps): void {
  // The body goes to disk as it comes; nothing gathers it in memory first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FILE_TYPE, (_request, payload, done) => done(null, payload));
  app.post(
    '/loads',
    {
      bodyLimit: uploadBytes,
      // Unpacked on its way in, a small body could fill the disk; the readers unpack it within the limits of archives.
      decompress: false,
      schema: {
        tags: ['information'],
        summary: 'Upload a file and load it',
        description:
          'The body is the file itself: an office file, zip, gz, zst or tar. With `Content-Encoding` gzip or zstd it is loaded as a file packed so.',
        security: [{ token: [] }],
        consumes: [FILE_TYPE],
        querystring: z.object({
          name: z.string().min(1).max(1000).describe('The name of the file'),
          mapping: z.string().max(MAPPING_LENGTH).optional().describe('For a table: what its columns mean, as JSON'),
        }),
        body: z.unknown().meta({ type: 'string', format: 'binary' }),
        response: { 202: LoadJobSchema, ...problems('request.too_large', 'corpus.disk_full', ...WRITE_PROBLEMS) },
      },
      serializerCompiler: asJson,
    },
    async (request, reply) => {
      if (request.headers['content-type']?.split(';')[0] !== FILE_TYPE) {
        const sentence = `Send the file itself as the body, with the content type ${FILE_TYPE}.`;
        throw new QuanlianError('request.invalid', sentence, { path: 'content-type' });
      }
      checkEncoding(request.headers['content-encoding']);
      const { name, mapping } = request.query;
      const means = mapping === undefined ? undefined : readMapping(mapping, 'of this request');
      const length = request.headers['content-length'];
      const announced = length === undefined ? undefined : Number(length);
      const upload = await uploads.receive(request.body as Readable, name, announced);
      return reply.status(202).send(await uploadLoads.start(upload, means));
    },
  );
}

function addReports(app: Api, { loads }: Deps): void {
  app.get(
    '/loads',
    {
      schema: {
        tags: ['information'],
        summary: 'Loads, newest first',
        description: 'Each with a few of its failures; the rest have an address of their own.',
        response: { 200: z.object({ jobs: z.array(LoadJobSchema) }), ...problems() },
      },
      serializerCompiler: asJson,
    },
    async () => ({
      jobs: loads.list().map((job) => ({ ...job, failures: job.failures.slice(0, FAILURES_IN_LIST) })),
    }),
  );

  app.get(
    '/loads/:id',
    {
      schema: {
        tags: ['information'],
        summary: 'One load with its first failures',
        params: LoadId,
        response: { 200: LoadJobSchema, ...problems('load.not_found') },
      },
      serializerCompiler: asJson,
    },
    async (request) => loads.get(request.params.id),
  );
}

function addStop(app: Api, { loads }: Deps): void {
  app.delete(
    '/loads/:id',
    {
      schema: {
        tags: ['information'],
        summary: 'Stop a load at its next commit',
        description: 'What was committed stays. Loading the same file again goes on from there.',
        security: [{ token: [] }],
        params: LoadId,
        response: { 200: LoadJobSchema, ...problems('load.not_found', ...WRITE_PROBLEMS) },
      },
      serializerCompiler: asJson,
    },
    async (request) => loads.stop(request.params.id),
  );
}

async function firstFailures(lines: NodeJS.ReadableStream): Promise<LoadFailure[]> {
  const failures: LoadFailure[] = [];
  for await (const line of createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })) {
    failures.push(JSON.parse(line) as LoadFailure);
    if (failures.length >= FAILURES_AS_JSON) break;
  }
  return failures;
}

function addFailures(app: Api, { loads }: Deps): void {
  app.get(
    '/loads/:id/failures',
    {
      schema: {
        tags: ['information'],
        summary: 'Every failure of a load as JSON Lines',
        description: `With \`Accept: application/json\` the first ${FAILURES_AS_JSON} come as one JSON object.`,
        params: LoadId,
        response: {
          200: {
            description: 'The failures in the order of the file',
            content: {
              'application/x-ndjson': { schema: LoadFailureSchema },
              'application/json': { schema: z.object({ failures: z.array(LoadFailureSchema) }) },
            },
          },
          ...problems('load.not_found'),
        },
      },
      serializerCompiler: asJson,
    },
    async (request, reply) => {
      const { id } = request.params;
      const lines = await loads.failures(id);
      if (request.headers.accept === 'application/json') {
        return reply.type('application/json').send({ failures: lines ? await firstFailures(lines) : [] });
      }
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="${id}.failures.jsonl"`)
        .send((lines ?? '') as never);
    },
  );
}

/** Uploading, and what becomes of loads. */
export function loadsRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addUpload, addReports, addStop, addFailures]) add(app, deps);
    await app.register(tableRoutes);
  };
}
