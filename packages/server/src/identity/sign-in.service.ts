import { QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import { systemActor } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import { INSTALLATION_CHAIN } from '../work/audit/chain.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import type { Auth } from './auth.js';
import type { Lockout } from './lockout.js';
import { requireStrong } from './passwords.js';

/** What a step of signing in answers: cookies to set, and what comes next. */
interface SignInStep {
  readonly cookies: readonly string[];
  readonly state: 'signed-in' | 'code-needed';
}

/** Signing in and out, the second factor, and sessions. `headers` are the request's, with its cookies. */
export interface SignInService {
  withPassword(headers: Headers, email: string, password: string): Promise<SignInStep>;
  withCode(headers: Headers, code: string): Promise<SignInStep>;
  /** The address of the provider's page to go to. */
  withProvider(
    headers: Headers,
    provider: string,
    backTo: string,
  ): Promise<{ url: string; cookies: readonly string[] }>;
  /** The provider's answer comes back here. */
  fromProvider(request: Request): Promise<Response>;
  signOut(headers: Headers): Promise<readonly string[]>;
  session(headers: Headers): Promise<{ id: string; personId: string } | undefined>;
  sessions(personId: string): Promise<readonly SessionRow[]>;
  revoke(personId: string, sessionId: string): Promise<void>;
  changePassword(headers: Headers, now: string, next: string): Promise<readonly string[]>;
  enableCode(headers: Headers, password: string): Promise<{ uri: string; backupCodes: readonly string[] }>;
  confirmCode(headers: Headers, code: string): Promise<readonly string[]>;
  disableCode(headers: Headers, password: string): Promise<void>;
}

interface SessionRow {
  readonly id: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
}

interface Deps {
  readonly work: WorkDatabase;
  readonly auth: () => Promise<Auth>;
  readonly lockout: Lockout;
  readonly audit: Audit;
  readonly environment: Environment;
}

const REFUSED = 'The e-mail address, the password or the code does not fit.';
const refused = () => new QuanlianError('sign_in.refused', REFUSED);

const cookiesOf = (headers: Headers): string[] => headers.getSetCookie();
const clientOf = (headers: Headers): string => headers.get('x-quanlian-client') ?? 'unknown';

/** The library refuses by exceptions with a status; anything else is a failure of ours. */
function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status < 500 ? status : undefined;
}

/** Writes down what happened to a person's sign-in. */
export function createLog({ work, audit }: Pick<Deps, 'work' | 'audit'>) {
  return (action: string, personId: string, personal: Record<string, unknown> = {}): Promise<void> =>
    withWork(work.db, systemActor('sign-in'), async (trx) => {
      const subject = { kind: 'person', id: personId };
      audit.append(trx, { organizationId: INSTALLATION_CHAIN, action, subject, personal, personId });
    });
}

function passwordSteps(deps: Deps): Pick<SignInService, 'withPassword' | 'changePassword'> {
  const { work, auth, lockout } = deps;
  const log = createLog(deps);
  const personBy = (email: string) =>
    work.system.selectFrom('person').select(['id', 'disabled_at']).where('email', '=', email).executeTakeFirst();
  return {
    async withPassword(headers, email, password) {
      const address = email.toLowerCase();
      await lockout.check(address, clientOf(headers));
      const body = { email: address, password, rememberMe: true };
      const answer = await (await auth()).api
        .signInEmail({ body, headers, returnHeaders: true })
        .catch((error: unknown) => {
          if (statusOf(error) === undefined) throw error;
          return undefined;
        });
      const person = await personBy(address);
      if (!answer || !person || person.disabled_at !== null) {
        await lockout.failed(address, clientOf(headers));
        if (person) await log('person.sign-in-refused', person.id, { address: clientOf(headers) });
        throw refused();
      }
      const cookies = cookiesOf(answer.headers);
      if ('twoFactorRedirect' in answer.response) return { cookies, state: 'code-needed' };
      await lockout.succeeded(address);
      return { cookies, state: 'signed-in' };
    },
    async changePassword(headers, now, next) {
      const api = (await auth()).api;
      const session = await api.getSession({ headers });
      if (!session) throw new QuanlianError('access.sign_in_required', 'Sign in first.');
      requireStrong(next, session.user.email);
      await lockout.check(session.user.email, clientOf(headers));
      const body = { currentPassword: now, newPassword: next, revokeOtherSessions: true };
      try {
        const { headers: answered } = await api.changePassword({ body, headers, returnHeaders: true });
        await log('person.change-password', session.user.id);
        return cookiesOf(answered);
      } catch (error) {
        if (statusOf(error) === undefined) throw error;
        await lockout.failed(session.user.email, clientOf(headers));
        throw refused();
      }
    },
  };
}

/** A backup code has letters or a dash; a code of the authenticator is six digits. */
const isTotp = (code: string): boolean => /^\d{6}$/.test(code);

function codeSteps(deps: Deps): Pick<SignInService, 'withCode' | 'enableCode' | 'confirmCode' | 'disableCode'> {
  const { auth } = deps;
  const log = createLog(deps);
  const orRefused = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
    try {
      return await asked;
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      throw refused();
    }
  };
  const sent = async (headers: Headers, code: string) => {
    const api = (await auth()).api;
    const asked = { body: { code }, headers, returnHeaders: true as const };
    return orRefused(isTotp(code) ? api.verifyTOTP(asked) : api.verifyBackupCode(asked));
  };
  return {
    async withCode(headers, code) {
      const answer = await sent(headers, code);
      return { cookies: cookiesOf(answer.headers), state: 'signed-in' };
    },
    async enableCode(headers, password) {
      const api = (await auth()).api;
      const answer = await orRefused(api.enableTwoFactor({ body: { password, method: 'totp' }, headers }));
      if (!('totpURI' in answer)) throw refused();
      return { uri: answer.totpURI, backupCodes: answer.backupCodes };
    },
    async confirmCode(headers, code) {
      const answer = await sent(headers, code);
      const person = (answer.response as { user?: { id: string } }).user;
      if (person) await log('person.enable-code', person.id);
      return cookiesOf(answer.headers);
    },
    async disableCode(headers, password) {
      const api = (await auth()).api;
      const session = await api.getSession({ headers });
      await orRefused(api.disableTwoFactor({ body: { password }, headers }));
      if (session) await log('person.disable-code', session.user.id);
    },
  };
}

function providerSteps({ auth }: Deps): Pick<SignInService, 'withProvider' | 'fromProvider'> {
  return {
    async withProvider(headers, provider, backTo) {
      try {
        const answer = await (await auth()).api.signInSocial({
          body: {
            provider,
            callbackURL: backTo,
            errorCallbackURL: `${backTo}sign-in?signIn=refused`,
            disableRedirect: true,
          },
          headers,
          returnHeaders: true,
        });
        if (!answer.response.url) throw refused();
        return { url: answer.response.url, cookies: cookiesOf(answer.headers) };
      } catch (error) {
        if (statusOf(error) === undefined) throw error;
        throw new QuanlianError('sign_in.unavailable', `There is no sign-in named “${provider}” here.`, {
          cause: error,
        });
      }
    },
    fromProvider: async (request) => (await auth()).handler(request),
  };
}

function sessionSteps(deps: Deps): Pick<SignInService, 'signOut' | 'session' | 'sessions' | 'revoke'> {
  const { work, auth, environment } = deps;
  const log = createLog(deps);
  return {
    async signOut(headers) {
      const answer = await (await auth()).api.signOut({ headers, returnHeaders: true });
      return cookiesOf(answer.headers);
    },
    async session(headers) {
      if (!headers.get('cookie')?.includes('session_token')) return undefined;
      const found = await (await auth()).api.getSession({ headers });
      return found ? { id: found.session.id, personId: found.user.id } : undefined;
    },
    sessions: (personId) =>
      work.system
        .selectFrom('sign_in_session')
        .select(['id', 'created_at', 'expires_at', 'ip_address', 'user_agent'])
        .where('person_id', '=', personId)
        .where('expires_at', '>', environment.now())
        .orderBy('created_at', 'desc')
        .execute(),
    async revoke(personId, sessionId) {
      await work.system
        .deleteFrom('sign_in_session')
        .where('id', '=', sessionId)
        .where('person_id', '=', personId)
        .execute();
      await log('person.revoke-session', personId);
    },
  };
}

export function createSignIn(deps: Deps): SignInService {
  return { ...passwordSteps(deps), ...codeSteps(deps), ...providerSteps(deps), ...sessionSteps(deps) };
}
