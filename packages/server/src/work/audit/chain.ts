import { createHash } from 'node:crypto';

/** The hash before the first entry of a chain. */
export const FIRST_HASH = Buffer.alloc(32);

/** The chain of what belongs to no organization: sign-in, people, the installation. */
export const INSTALLATION_CHAIN = '00000000-0000-0000-0000-000000000000';

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON with sorted keys and no spaces, so that the same value always has the same bytes (after RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What the chain keeps of a personal value: without the salt it tells nothing about a value that can be guessed. */
export function commitmentOf(salt: Buffer, field: string, value: unknown): string {
  return sha256(salt, canonicalJson([field, value])).toString('hex');
}

/** The fields of an entry that its hash covers. */
export interface HashedEntry {
  readonly organizationId: string;
  readonly sequence: bigint;
  readonly id: string;
  readonly at: Date;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly onBehalfOf: string | null };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
  readonly why: string | null;
  readonly commitments: Readonly<Record<string, string>>;
}

/** The hash of an entry, which covers the one before it and so the whole chain up to here. */
export function entryHash(previous: Buffer, entry: HashedEntry): Buffer {
  const content = { ...entry, sequence: entry.sequence.toString(), at: entry.at.toISOString() };
  return sha256(previous, canonicalJson(content));
}
