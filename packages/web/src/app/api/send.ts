import { apiUrl, callApi, type Params, WRITE_HEADERS } from './client.js';

/** Sends a change and reads the answer, if there is one; throws `ApiError`. */
export function sendApi<T = void>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  params: Params = {},
): Promise<T> {
  const url = apiUrl(path, params);
  if (body === undefined) return callApi<T>(url, { method, headers: WRITE_HEADERS });
  const headers = { ...WRITE_HEADERS, 'content-type': 'application/json' };
  return callApi<T>(url, { method, body: JSON.stringify(body), headers });
}
