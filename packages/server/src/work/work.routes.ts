import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AccessRoutesDeps, accessRoutes } from '../identity/access.routes.js';
import { accountRoutes } from '../identity/accounts.routes.js';
import { createAccounts } from '../identity/accounts.service.js';
import { organizationRoutes } from '../identity/organizations.routes.js';
import { regionRoutes } from '../identity/regions.js';
import { isApiKey } from '../identity/requests.js';
import { IDENTITY_PREFIX, sessionRoutes } from '../identity/session.routes.js';
import { settingsRoutes } from '../identity/settings.routes.js';
import { auditRoutes } from './audit/audit.routes.js';
import { jobRoutes } from './jobs/job.routes.js';
import { noticeRoutes } from './notices/notices.routes.js';
import { paperRoutes } from './papers/papers.routes.js';
import { fill } from './text.js';
import type { WorkBase } from './work.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for routes that find out themselves who asks. */
    asksWho?: boolean;
  }
}

const INVITATION = {
  title: '全链平台邀请 · Invitation to Quanlian',
  text: '{name}：\n\n您受邀加入全链平台，请打开下面的地址并设置密码。\nYou are invited to Quanlian. Open this address and set a password:\n\n{address}\n',
};

/** Sends an invitation; when the mail server does not take it, the inviting person passes the secret on. */
function invitationSender({ mailer, baseUrl }: WorkBase): AccessRoutesDeps['sendInvitation'] {
  return async ({ email, name, secret }) => {
    if (!mailer) return false;
    // Behind the mark, so that the secret is not in any server's log.
    const text = fill(INVITATION.text, { name, address: `${baseUrl()}/invitation#${secret}` });
    return mailer.send({ to: email, subject: INVITATION.title, text }).then(
      () => true,
      () => false,
    );
  };
}

/** Marks every route registered after it in its scope as one that asks who sends the request. */
export function marksRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, asksWho: true };
  });
}

/** Whether an API key may stand in place of the token: where the route looks at it. */
export const takesKeys = (request: FastifyRequest, shown: string): boolean =>
  isApiKey(shown) && request.routeOptions.config.asksWho === true;

/** The routes of the work base. Under `/api/v1`. */
export async function registerWork(app: FastifyInstance, base: WorkBase): Promise<void> {
  const { identity, database, config, baseUrl } = base;
  const { requests } = identity;
  marksRoutes(app);
  await app.register(
    sessionRoutes({ identity, work: database, config, baseUrl, reset: base.passwordReset.available }),
    { prefix: IDENTITY_PREFIX },
  );
  const { settings, passwordReset } = base;
  await app.register(settingsRoutes({ ...requests, settings, passwordReset }), { prefix: IDENTITY_PREFIX });
  await app.register(organizationRoutes(identity), { prefix: IDENTITY_PREFIX });
  await app.register(accessRoutes({ identity, sendInvitation: invitationSender(base) }), { prefix: IDENTITY_PREFIX });
  await app.register(accountRoutes(requests, createAccounts(base)), { prefix: IDENTITY_PREFIX });
  await app.register(regionRoutes(base.folder.regions), { prefix: IDENTITY_PREFIX });
  await app.register(auditRoutes(requests, base.auditService));
  await app.register(noticeRoutes({ ...requests, notices: base.noticeService }));
  await app.register(jobRoutes(requests, base.jobService));
  await app.register(paperRoutes({ ...requests, papers: base.papers, largestBytes: config.papers.largestBytes }));
}
