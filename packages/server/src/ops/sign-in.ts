import type { FastifyRequest } from 'fastify';
import type { OpsClientRecord, OpsClients } from './client.store.js';
import { badGrant, badToken, noClient, unknownClient } from './faults.js';
import type { Tokens } from './tokens.js';

interface Credentials {
  readonly key: string;
  readonly secret: string;
}

function fromBase64(text: string): Credentials | undefined {
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon > 0 ? { key: decoded.slice(0, colon), secret: decoded.slice(colon + 1) } : undefined;
}

/** Key and secret: in the header with or without the word Basic, or in the form. */
function credentialsOf(authorization: string | undefined, form: URLSearchParams): Credentials | undefined {
  const encoded = /^(?:Basic\s+)?([A-Za-z0-9+/_=-]+)$/i.exec((authorization ?? '').trim())?.[1];
  if (encoded) return fromBase64(encoded);
  const key = form.get('client_id');
  return key ? { key, secret: form.get('client_secret') ?? '' } : undefined;
}

/** The answer to a token request. Numbers are text, as the service has them: clients rely on it. */
export interface TokenAnswer {
  readonly [name: string]: string | readonly string[];
}

export async function signIn(
  request: FastifyRequest,
  deps: { readonly clients: OpsClients; readonly tokens: Tokens; readonly tokenSeconds: number },
): Promise<{ client: OpsClientRecord; answer: TokenAnswer }> {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  const credentials = credentialsOf(request.headers.authorization, form);
  if (!credentials) throw noClient();
  const grant = form.get('grant_type');
  if (grant === null || grant === '') throw badGrant('Required param : grant_type');
  if (grant !== 'client_credentials') throw badGrant('unsupported_grant_type');
  const client = await deps.clients.signIn(credentials.key, credentials.secret);
  if (!client) throw unknownClient();
  const { token, issuedAt } = deps.tokens.issue(client);
  const answer = {
    issued_at: String(issuedAt),
    application_name: client.id,
    scope: 'core',
    status: 'approved',
    api_product_list: '[ops-prod]',
    api_product_list_json: ['ops-prod'],
    expires_in: String(deps.tokenSeconds),
    'developer.email': '',
    token_type: 'BearerToken',
    client_id: client.key,
    access_token: token,
    organization_name: 'quanlian',
    refresh_token_expires_in: '0',
    refresh_count: '0',
  };
  return { client, answer };
}

/** The client whose token a request shows. Throws the answer that makes clients fetch a new one. */
export function clientOf(request: FastifyRequest, tokens: Tokens): OpsClientRecord {
  const shown = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const client = shown === undefined ? undefined : tokens.clientOf(shown);
  if (!client) throw badToken();
  return client;
}
