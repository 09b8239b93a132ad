import type { QueryError } from '@quanlian/contract';

/** The code the pages themselves give when no answer came at all. */
export const OFFLINE = 'page.offline';

/** A refusal by the server, or the lack of any answer (`code` is then `OFFLINE`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    /** What was wrong in a query, with positions, when the query could not be read. */
    readonly queryErrors: readonly QueryError[] = [],
    /** The documents a number may mean, when it means several. */
    readonly alternatives: readonly string[] = [],
  ) {
    super(message);
  }
}

const API = '/api/v1';

/** Names and values of a query string; a list repeats its name, undefined leaves it out. */
export type Params = Record<string, string | number | boolean | readonly string[] | undefined>;

/** The address of an API resource with its query string. */
export function apiUrl(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return `${API}${path}${text === '' ? '' : `?${text}`}`;
}

interface ErrorAnswer {
  error?: { code?: string; message?: string };
  errors?: QueryError[];
  alternatives?: string[];
}

/** The error an answer stands for; an answer without a body of ours keeps its HTTP status as the message. */
export function errorFrom(status: number, body: unknown): ApiError {
  const { error, errors, alternatives } = (typeof body === 'object' && body !== null ? body : {}) as ErrorAnswer;
  // A proxy in front of a stopped server answers 502 to 504 without our body.
  const fallback = status >= 502 && status <= 504 ? OFFLINE : 'server.internal';
  return new ApiError(error?.code ?? fallback, error?.message ?? `HTTP ${status}`, status, errors, alternatives);
}

/** Sends a request and reads its JSON answer; throws `ApiError`. */
export async function callApi<T>(url: string, init: RequestInit = {}): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(url, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(OFFLINE, String(cause), 0);
  }
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw errorFrom(answer.status, body);
  if (body === undefined && answer.status !== 204) throw errorFrom(502, undefined);
  return body as T;
}

/** Every write carries this header, which a form of another site cannot send. */
export const WRITE_HEADERS = { 'x-quanlian': '1' };
