import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import type { Environment } from '../work/environment.js';
import type { WorkConfig } from './config.js';
import { discover, providerOf } from './oidc.js';
import { hashPassword, verifyPassword } from './passwords.js';

export const AUTH_PATH = '/api/v1/identity/sign-in';

export interface AuthOptions {
  readonly system: Kysely<WorkSchema>;
  readonly config: WorkConfig;
  /** The address people use, without a path. */
  readonly baseUrl: string;
  readonly secret: string;
  readonly environment: Environment;
  /** Told of every session that begins, however the person came. */
  readonly onSession: (personId: string, address: string | null) => Promise<void>;
}

/** Our names of the library's tables and columns. */
const MODELS = {
  user: {
    modelName: 'person',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  session: {
    modelName: 'sign_in_session',
    fields: {
      userId: 'person_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  account: {
    modelName: 'sign_in_account',
    fields: {
      userId: 'person_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'sign_in_verification',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
} as const;

const TWO_FACTOR = {
  issuer: 'Quanlian',
  twoFactorTable: 'sign_in_two_factor',
  schema: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'sign_in_two_factor',
      fields: {
        userId: 'person_id',
        backupCodes: 'backup_codes',
        failedVerificationCount: 'failed_count',
        lockedUntil: 'locked_until',
      },
    },
  },
} as const;

async function readyProviders({ config, environment }: AuthOptions) {
  const entries = Object.entries(config.signIn.providers);
  return Promise.all(
    entries.map(async ([id, provider]) => providerOf(id, provider, await discover(provider), environment.now)),
  );
}

/** The sign-in library is large and nothing needs it before somebody comes. */
async function readLibrary() {
  const [{ betterAuth }, { genericOAuth }, { twoFactor }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/generic-oauth'),
    import('better-auth/plugins/two-factor'),
  ]);
  return { betterAuth, genericOAuth, twoFactor };
}

/** The sign-in library, on our tables, with our hashing. Nobody signs up: people come by invitation. */
export async function createAuth(options: AuthOptions) {
  const { betterAuth, genericOAuth, twoFactor } = await readLibrary();
  const { system, config, baseUrl, secret, environment, onSession } = options;
  const providers = await readyProviders(options);
  const isEnabled = async (personId: string): Promise<boolean> => {
    const query = system.selectFrom('person').select('id').where('id', '=', personId).where('disabled_at', 'is', null);
    return (await query.executeTakeFirst()) !== undefined;
  };
  return betterAuth({
    appName: 'Quanlian',
    baseURL: baseUrl,
    basePath: AUTH_PATH,
    secret,
    database: { db: system, type: 'postgres', transaction: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
    user: MODELS.user,
    session: {
      ...MODELS.session,
      expiresIn: config.signIn.sessionHours * 3600,
      updateAge: 3600,
      cookieCache: { enabled: false },
    },
    account: {
      ...MODELS.account,
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: providers.map(({ providerId }) => providerId) },
    },
    verification: MODELS.verification,
    onAPIError: { errorURL: `${baseUrl}/sign-in?signIn=refused` },
    databaseHooks: {
      session: {
        create: {
          // False makes no session: a disabled person comes in by no way.
          before: async ({ userId }) => ((await isEnabled(userId)) ? undefined : false),
          after: ({ userId, ipAddress }) => onSession(userId, ipAddress ?? null),
        },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: 1000,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'quanlian',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => environment.newId() },
      ipAddress: { ipAddressHeaders: ['x-quanlian-client'] },
    },
    plugins: [twoFactor(TWO_FACTOR), genericOAuth({ config: providers })],
  });
}

export type Auth = Awaited<ReturnType<typeof createAuth>>;
