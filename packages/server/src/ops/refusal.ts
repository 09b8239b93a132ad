import { QuanlianError } from '@quanlian/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault, OpsFault } from './faults.js';

/** Addresses of the face, with and without version. */
const PREFIX = /^\/(?:3\.\d\/)?(?:rest-services|auth|developers)(?:[/?]|$)/;

/** Whether an address belongs to the face, so that even what no route took is answered in its own way. */
export const isOpsAddress = (url: string): boolean => PREFIX.test(url);

/** Any failure as the face answers it: XML, whatever was asked for. */
function faultOf(error: unknown): OpsFault {
  if (error instanceof OpsFault) return error;
  if (error instanceof URIError)
    return fault('CLIENT.WrongReferenceFormatting', 'The percent signs of the address encode nothing.');
  const { status, message } =
    error instanceof QuanlianError
      ? error
      : {
          status: (error as { statusCode?: number } | null)?.statusCode ?? 500,
          message: 'The request is not well-formed.',
        };
  if (status === 503 || status === 507) return fault('SERVER.LimitedServerResources', message);
  if (status === 404) return fault('CLIENT.NotFound', message);
  if (status === 405) return fault('CLIENT.MethodNotAllowed', message);
  if (status === 408) return fault('CLIENT.RequestTimeout', message);
  if (status === 413)
    return new OpsFault(413, fault('CLIENT.InvalidInput', 'The request is larger than is accepted.').body);
  if (status === 429) return fault('CLIENT.RobotDetected', message);
  if (status >= 400 && status < 500) return fault('CLIENT.InvalidQuery', message);
  return fault('SERVER.DomainAccess', 'Something failed inside; try again later or with a smaller request.');
}

/** Headers of every answer, whatever it says. */
export const EVERY_ANSWER: Readonly<Record<string, string>> = {
  'x-api': 'ops-v3.2',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'Authorization, Content-Type, Accept, X-OPS-Range, Range',
  'access-control-expose-headers':
    'X-API, X-Throttling-Control, X-IndividualQuotaPerHour-Used, X-RegisteredQuotaPerWeek-Used, X-Rejection-Reason, Retry-After, ETag',
  // Pages of other origins may show what they are given; the token decides who is given it.
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'Accept',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Sends a failure. */
export function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body, headers } = faultOf(error);
  if (status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
  return reply
    .status(status)
    .headers(EVERY_ANSWER)
    .headers(headers)
    .header('content-type', 'application/xml')
    .serializer((payload: string) => payload)
    .send(body);
}
