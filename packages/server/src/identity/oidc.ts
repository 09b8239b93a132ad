import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';
import { z } from 'zod';
import { callOut } from '../http/outgoing.js';
import type { ProviderConfig } from './config.js';

const DiscoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url(),
});
type Discovery = z.infer<typeof DiscoverySchema>;

const TokenSchema = z.object({
  access_token: z.string().min(1),
  id_token: z.string().min(1),
  token_type: z.string(),
  expires_in: z.number().optional(),
});

const ClaimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
});

const UserInfoSchema = z.object({
  sub: z.string().min(1),
  email: z.email().optional(),
  email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  name: z.string().optional(),
});

const trimmed = (issuer: string): string => issuer.replace(/\/$/, '');

async function readJson<Schema extends z.ZodType>(
  schema: Schema,
  url: string,
  options: Parameters<typeof callOut>[1],
): Promise<z.infer<Schema>> {
  const { status, text } = await callOut(url, options);
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  return schema.parse(JSON.parse(text));
}

/** The provider's own description (OpenID Connect Discovery 1.0); it has to be of the issuer that was configured. */
export async function discover(config: ProviderConfig): Promise<Discovery> {
  const { issuer, allowPrivateAddress } = config;
  const address = `${trimmed(issuer)}/.well-known/openid-configuration`;
  const found = await readJson(DiscoverySchema, address, { method: 'GET', allowPrivateAddress });
  if (trimmed(found.issuer) !== trimmed(issuer)) throw new Error(`${address} speaks for another issuer`);
  return found;
}

/**
 * The claims of an ID token. It came from the issuer's own token endpoint over the connection this program opened, so
 * its signature need not be checked (OpenID Connect Core 1.0, 3.1.3.7, 6); whom it is for and until when must be.
 */
function readClaims(token: string, issuer: string, clientId: string, now: Date) {
  const claims = ClaimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== issuer || !audience.includes(clientId)) throw new Error('the ID token is for somebody else');
  if (claims.exp * 1000 < now.getTime()) throw new Error('the ID token is past its end');
  return claims;
}

/** One configured provider in the shape the sign-in library takes, with every call made by our own rules. */
export function providerOf(
  providerId: string,
  config: ProviderConfig,
  discovery: Discovery,
  now: () => Date,
): GenericOAuthConfig {
  const { clientId, clientSecret, allowPrivateAddress } = config;
  return {
    providerId,
    name: config.title,
    clientId,
    clientSecret,
    authorizationUrl: discovery.authorization_endpoint,
    tokenUrl: discovery.token_endpoint,
    userInfoUrl: discovery.userinfo_endpoint,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    disableImplicitSignUp: true,
    disableSignUp: true,
    accountSubject: ({ profile }) => String(profile['sub']),
    async getToken({ code, redirectURI, codeVerifier }) {
      const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectURI });
      if (codeVerifier) body.set('code_verifier', codeVerifier);
      const basic = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
      const tokens = await readJson(TokenSchema, discovery.token_endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          authorization: `Basic ${Buffer.from(basic).toString('base64')}`,
        },
        body: body.toString(),
        allowPrivateAddress,
      });
      readClaims(tokens.id_token, discovery.issuer, clientId, now());
      return { accessToken: tokens.access_token, idToken: tokens.id_token, tokenType: tokens.token_type };
    },
    async getUserInfo({ accessToken, idToken }) {
      const claims = readClaims(idToken ?? '', discovery.issuer, clientId, now());
      const user = await readJson(UserInfoSchema, discovery.userinfo_endpoint, {
        method: 'GET',
        headers: { authorization: `Bearer ${accessToken}` },
        allowPrivateAddress,
      });
      if (user.sub !== claims.sub) throw new Error('the user info is about somebody else');
      const emailVerified = user.email_verified === true || user.email_verified === 'true';
      return { id: user.sub, sub: user.sub, name: user.name ?? '', email: user.email ?? null, emailVerified };
    },
  };
}
