import type { WorkDatabase } from '@quanlian/db';
import type { Audit } from '../work/audit/audit.js';
import type { Environment } from '../work/environment.js';
import { type Actors, createActors } from './actors.js';
import { type ApiKeyService, createApiKeys } from './api-keys.service.js';
import { type Auth, createAuth } from './auth.js';
import type { WorkConfig } from './config.js';
import { createInvitations, type InvitationService } from './invitations.service.js';
import { createKeyQuotas, type KeyQuotas } from './key-quotas.js';
import { createLockout } from './lockout.js';
import { createMembers, type MemberService } from './members.service.js';
import { createOrganizations, type OrganizationService } from './organizations.service.js';
import { createRequests, type Requests } from './requests.js';
import { deriveKey } from './secret.js';
import { createLog, createSignIn, type SignInService } from './sign-in.service.js';

/** People, organizations and who may be let in, put together. */
export interface Identity {
  readonly actors: Actors;
  readonly requests: Requests;
  readonly signIn: SignInService;
  readonly organizations: OrganizationService;
  readonly members: MemberService;
  readonly invitations: InvitationService;
  readonly apiKeys: ApiKeyService;
  readonly keyQuotas: KeyQuotas;
}

export interface IdentityDeps {
  readonly work: WorkDatabase;
  readonly audit: Audit;
  readonly environment: Environment;
  readonly config: WorkConfig;
  readonly secret: Buffer;
  /** The token of the data folder. */
  readonly token: string;
  /** The address people use; asked for when somebody first signs in, as the port may not be known before. */
  readonly baseUrl: () => string;
  readonly onError: (error: unknown) => void;
}

/** The sign-in library is made at first use; a provider that could not be reached then is asked again. */
function lazyAuth({ work, audit, config, secret, environment, baseUrl }: IdentityDeps): () => Promise<Auth> {
  const log = createLog({ work, audit });
  let made: Promise<Auth> | undefined;
  return () => {
    made ??= createAuth({
      system: work.system,
      config,
      baseUrl: baseUrl(),
      secret: deriveKey(secret, 'sign-in').toString('base64url'),
      environment,
      onSession: (personId, address) => log('person.sign-in', personId, { address }),
    }).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { work, audit, environment, token, config, onError } = deps;
  const actors = createActors(work.system, environment);
  const lockout = createLockout(work.system, environment);
  const base = { work, audit, environment };
  const signIn = createSignIn({ ...base, lockout, auth: lazyAuth(deps) });
  const apiKeys = createApiKeys({ ...base, actors });
  return {
    actors,
    signIn,
    apiKeys,
    keyQuotas: createKeyQuotas({ system: work.system, environment, limits: config.keys, onError }),
    requests: createRequests({ actors, signIn, apiKeys, token }),
    organizations: createOrganizations({ db: work.db, audit, environment }),
    members: createMembers(base),
    invitations: createInvitations({ ...base, lockout }),
  };
}
