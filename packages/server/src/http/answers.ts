import { ERROR_CODES, ErrorBodySchema, type ErrorCode } from '@quanlian/contract';
import { z } from 'zod';

/** Problems any route may answer with: a value that does not fit, a refused client or key, a failure inside. */
const ALWAYS: readonly ErrorCode[] = [
  'request.invalid',
  'request.host_refused',
  'request.too_many',
  'access.key_refused',
  'access.over_quota',
  'server.internal',
];

/** Problems of every route that changes something. */
export const WRITE_PROBLEMS: readonly ErrorCode[] = ['request.origin_refused', 'request.token_refused'];

/** The response schemas of a route's problems by HTTP status; each status is described by its codes. */
export function problems(...codes: readonly ErrorCode[]) {
  const byStatus: Record<number, ErrorCode[]> = {};
  for (const code of new Set([...ALWAYS, ...codes])) {
    const { status } = ERROR_CODES[code];
    byStatus[status] = [...(byStatus[status] ?? []), code];
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, found]) => {
      const description = found.map((code) => `\`${code}\`: ${ERROR_CODES[code].about}`).join('\n\n');
      return [status, { description, content: { 'application/problem+json': { schema: ErrorBodySchema } } }];
    }),
  );
}

/** A list in a query string: its name repeated, or once. */
export const repeatable = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).default([]));

const switchOf = (usual: 'true' | 'false') =>
  z
    .enum(['true', '1', 'false', '0'])
    .default(usual)
    .transform((text) => text === 'true' || text === '1');

/** A switch in a query string: `true` or `1`, `false` or `0`. */
export const flag = switchOf('false');

/** The same where leaving it out means that it is on. */
export const flagOn = switchOf('true');

/** Data of the corpus is public and shaped by the engine: it is written out as it is, without a second check. */
export const asJson = () => (data: unknown) => JSON.stringify(data);

/** The answer to a client that has the same already (`If-None-Match`). */
export const NOT_MODIFIED = {
  description: 'The client has it already: `If-None-Match` named the entity tag of an earlier answer',
  content: { 'application/json': { schema: z.any() } },
};
