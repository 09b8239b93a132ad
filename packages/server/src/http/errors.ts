import { ERROR_CODES, type ErrorBody, type ErrorCode, QuanlianError } from '@quanlian/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ProblemWithDetails } from './problem.js';

const body = (code: ErrorCode, message: string, path?: string): ErrorBody => ({
  error: { code, message, ...(path === undefined ? {} : { path }) },
});

const PLACES: Readonly<Record<string, string>> = {
  querystring: 'the query string',
  params: 'the address',
  headers: 'the headers',
  body: 'the body',
};

function describeInvalid(error: FastifyError & { validation: unknown[] }): ErrorBody {
  const issues = error.validation as { instancePath: string; message?: string }[];
  const path = issues[0]?.instancePath.split('/').filter(Boolean).join('.') || undefined;
  const place = PLACES[error.validationContext ?? ''] ?? 'the request';
  const what = issues.map((issue) => `${issue.instancePath.slice(1) || 'value'}: ${issue.message ?? 'does not fit'}`);
  return body('request.invalid', `In ${place}, ${what.join('; ')}. See /api for what is accepted.`, path);
}

/** What Fastify itself refuses, by its status, as one of our codes with a sentence. */
function describeRefused(error: FastifyError, status: number): ErrorBody {
  if (status === 413) return body('request.too_large', 'The request is larger than this server accepts.');
  if (status === 429) return body('request.too_many', error.message);
  if (status === 404) return body('request.not_found', 'There is nothing at this address.');
  if (status === 415) return body('request.invalid', 'This content type is not accepted here; see /api.');
  return body('request.invalid', 'The request is not well-formed HTTP or JSON.');
}

/** The status and body of any error. Text of unexpected ones stays in the log. */
function describeError(error: unknown): { status: number; body: ErrorBody; expected: boolean } {
  if (error instanceof QuanlianError) {
    const { status } = error;
    return { status, body: error.toBody(), expected: status < 500 || status === 507 || status === 503 };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const invalid = error as unknown as FastifyError & { validation: unknown[] };
    return { status: 400, body: describeInvalid(invalid), expected: true };
  }
  const status = (error as Partial<FastifyError> | null)?.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return { status, body: describeRefused(error as FastifyError, status), expected: true };
  }
  const sentence = 'Something failed inside the server. Its log has the details; try again, and report it if it stays.';
  return { status: 500, body: body('server.internal', sentence), expected: false };
}

/** Sends an error in the one shape; parsers' positions ride along as `errors`, readings of a number as `alternatives`. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body: answer, expected } = describeError(error);
  if (!expected) request.log.error({ err: error, url: request.url }, 'request failed');
  // Other content types may have been announced before the failure.
  return reply
    .status(status)
    .serializer(JSON.stringify)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send({ ...answer, ...problemDetails(status, answer), ...extras(error) });
}

/** What RFC 9457 asks for, beside the body that was there before. */
function problemDetails(status: number, { error: { code, message } }: ErrorBody): object {
  const title = code in ERROR_CODES ? ERROR_CODES[code as ErrorCode].about : code;
  return { type: `urn:quanlian:${code}`, title, status, detail: message };
}

const extras = (error: unknown): object => (error instanceof ProblemWithDetails ? error.more : {});

/** Makes every failure of a request end in the one shape. The answer to an unknown address is set by the pages. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendError);
}

/** The answer to bytes that are not HTTP, written by hand since no request exists. */
export const MALFORMED_HTTP = [
  'HTTP/1.1 400 Bad Request',
  'content-type: application/problem+json; charset=utf-8',
  'connection: close',
  '',
  JSON.stringify(body('request.invalid', 'The request is not well-formed HTTP or JSON.')),
].join('\r\n');
