import type { Environment } from '../work/environment.js';
import type { OpsClientRecord } from './client.store.js';

interface Token {
  readonly client: OpsClientRecord;
  readonly until: number;
}

/** Tokens kept at once; with more, those past their end are forgotten, then the oldest. */
const MOST_TOKENS = 100_000;

/** Tokens of signed-in clients. They live in memory: after a restart clients fetch new ones, as the service has them do. */
export function createTokens({ now, random }: Pick<Environment, 'now' | 'random'>, lifeSeconds: number) {
  const tokens = new Map<string, Token>();

  function makeRoom(): void {
    if (tokens.size < MOST_TOKENS) return;
    const at = now().getTime();
    for (const [text, { until }] of tokens) if (until <= at) tokens.delete(text);
    while (tokens.size >= MOST_TOKENS) tokens.delete(tokens.keys().next().value as string);
  }

  return {
    issue(client: OpsClientRecord): { token: string; issuedAt: number } {
      makeRoom();
      const token = random(21).toString('base64url');
      const issuedAt = now().getTime();
      tokens.set(token, { client, until: issuedAt + lifeSeconds * 1000 });
      return { token, issuedAt };
    },
    clientOf(token: string): OpsClientRecord | undefined {
      const found = tokens.get(token);
      if (found === undefined) return undefined;
      if (found.until > now().getTime()) return found.client;
      tokens.delete(token);
      return undefined;
    },
    /** Takes every token of a client back: it was revoked, or its quota changed. */
    forget(clientId: string): void {
      for (const [text, { client }] of tokens) if (client.id === clientId) tokens.delete(text);
    },
  };
}
export type Tokens = ReturnType<typeof createTokens>;
