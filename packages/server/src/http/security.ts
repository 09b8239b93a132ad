import { createHash, timingSafeEqual } from 'node:crypto';
import helmet from '@fastify/helmet';
import { QuanlianError } from '@quanlian/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isAllowedHost } from './hosts.js';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Scripts, styles and connections of this server alone. Style attributes are allowed for the labels of charts. */
const PAGE_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'object-src': ["'none'"],
};

/** The policy of the API pages: like the others, but their style sheet is set by script. */
export const API_PAGES_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/** The policy of stored files: whatever a file holds, it is not run and loads nothing. */
export const FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function isSameOrigin(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  try {
    // Both as addresses, so that a port that is the default may be written or not.
    const asked = new URL(origin);
    return asked.host === new URL(`${asked.protocol}//${host}`).host;
  } catch {
    return false;
  }
}

function refuseOrigin(): never {
  throw new QuanlianError(
    'request.origin_refused',
    'Changes are taken from the pages of this server (with the header “x-quanlian: 1”) or from a program that shows ' +
      'the token of the data folder as “Authorization: Bearer …”. This request is neither.',
  );
}

/**
 * Lets a write through when it comes from this server's own page, or from a program that knows the token.
 * A page of another origin never gets through, even with the token.
 */
function checkWrite(request: FastifyRequest, tokenDigest: Buffer, takesKeys: (shown: string) => boolean): void {
  const { origin, authorization } = request.headers;
  if (origin !== undefined && !isSameOrigin(request)) refuseOrigin();
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') refuseOrigin();
  if (authorization !== undefined) {
    const shown = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
    if (timingSafeEqual(digest(shown), tokenDigest) || takesKeys(shown)) return;
    throw new QuanlianError(
      'request.token_refused',
      'The token is not the one of this data folder; it is in the file “token” there.',
    );
  }
  if (!isSameOrigin(request) || request.headers['x-quanlian'] !== '1') refuseOrigin();
}

export interface SecurityOptions {
  readonly host: string;
  readonly token: string;
  /** The address people use when a proxy stands before the server. */
  readonly publicUrl?: string | undefined;
  /** Whether what is shown in place of the token is a key, which the route itself looks at. */
  readonly takesKeys?: (request: FastifyRequest, shown: string) => boolean;
}

/** Whether a text is the token, in the same time whatever it is. */
export const isToken = (shown: string, token: string): boolean => timingSafeEqual(digest(shown), digest(token));

/** Headers for browsers, the Host allow-list, and the check on every write. */
export async function secure(app: FastifyInstance, options: SecurityOptions): Promise<void> {
  const tokenDigest = digest(options.token);
  const { takesKeys = () => false, publicUrl } = options;
  const hosts = [options.host, ...(publicUrl ? [new URL(publicUrl).hostname] : [])];
  app.addHook('onRequest', async (request) => {
    if (!isAllowedHost(request.headers.host, ...hosts)) {
      throw new QuanlianError(
        'request.host_refused',
        'The Host header names a host this server does not serve. Use the address it printed when it started.',
      );
    }
    // What lets in by a token of its own gives a foreign page nothing that the page could not ask for itself.
    if (request.routeOptions.config.ownAccess === true) return;
    if (!SAFE_METHODS.includes(request.method)) checkWrite(request, tokenDigest, (shown) => takesKeys(request, shown));
  });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    // The server speaks plain HTTP on loopback; a promise of HTTPS would lock browsers out.
    strictTransportSecurity: publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}
