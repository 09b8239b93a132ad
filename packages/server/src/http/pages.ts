import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { QuanlianError } from '@quanlian/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Addresses that are never a page of the application. */
const NOT_PAGES = /^\/(?:api|3\.2|assets|healthz|readyz|metrics)(?:[/?]|$)/;

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>Quanlian 全链</title>
<p>The pages are not built yet. Run <code>npm run build</code> in the project folder and reload. The API works: <a href="/api">/api</a>.</p>
<p lang="zh">页面尚未构建。请在项目目录运行 <code>npm run build</code>，然后刷新。接口可用：<a href="/api">/api</a>。</p>
`;

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  !NOT_PAGES.test(request.url) &&
  (request.headers.accept ?? '').includes('text/html');

/** Serves the built application: hashed assets for a year, the page itself always asked for anew, on every page's address. */
export async function servePages(app: FastifyInstance, dir: string): Promise<void> {
  const built = await access(join(dir, 'index.html')).then(
    () => true,
    () => false,
  );
  if (built) {
    await app.register(fastifyStatic, {
      root: dir,
      cacheControl: false,
      setHeaders(reply, path) {
        const hashed = path.startsWith(join(dir, 'assets'));
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const sendPage = (reply: FastifyReply) =>
    built ? reply.sendFile('index.html') : reply.status(503).type('text/html; charset=utf-8').send(NOT_BUILT);

  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (wantsPage(request)) return sendPage(reply);
    throw new QuanlianError('request.not_found', 'There is nothing at this address. The API is described at /api.');
  });
  if (!built) app.get('/', { schema: { hide: true } }, (_request, reply) => sendPage(reply));
}
