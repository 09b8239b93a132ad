import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths } from './api.generated.js';

export type { components, operations, paths } from './api.generated.js';

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  /** An API key, or the token of the data folder; needed where the server asks for sign-in and for what writes. */
  readonly key?: string;
  /** Takes the place of the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A client whose paths, parameters and answers are those of the OpenAPI description this version was generated from. */
export function createClient({ baseUrl, key, fetch }: ClientOptions): Client<paths> {
  return createFetchClient<paths>({
    baseUrl,
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
    ...(fetch === undefined ? {} : { fetch }),
    // The server reads a list as its name repeated.
    querySerializer: { array: { style: 'form', explode: true } },
  });
}
