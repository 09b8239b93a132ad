import { QuanlianError } from '@quanlian/contract';
import { canonicalJson, type Json } from '@quanlian/kernel';
import type { WorkTransaction } from '../connection.js';
import type { Environment } from '../environment.js';
import type { EntryFacts } from './chain.js';
import { pendingAudit } from './pending.js';

/** What happened, for the log. */
interface AuditEvent {
  /** The chain it belongs to; `INSTALLATION_CHAIN` for what belongs to no organization. */
  readonly organizationId: string;
  /** A thing with its verb: `task.dispatch`, `paper.add`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The parts that changed, as they were. No personal data: that goes to `personal`. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** The reason the person gave. */
  readonly why?: string | null;
  /** Personal values by field name: kept apart, erasable, and committed to by the chain. */
  readonly personal?: Readonly<Record<string, unknown>>;
  /** Whom the personal values are about; they are erased together. */
  readonly personId?: string | null;
  /** Whose role was used when it was lent. */
  readonly onBehalfOf?: string | null;
  /** For the record of an erasure. */
  readonly erased?: EntryFacts['erased'];
}

/** Takes down what happened. */
export interface Audit {
  /** Adds an entry to the transaction: it is written when the transaction commits, and only then. */
  append(trx: WorkTransaction, event: AuditEvent): void;
}

const LONGEST = 256 * 1024;

/** In JSON text: the character zero and halves of surrogate pairs, which PostgreSQL does not take. */
const UNSTORABLE = /\\u0000|\\ud[89a-f]/i;

/** What is stored must read back as the same value, or the chain would not verify. Dates become text, as in JSON. */
function storable(value: unknown, action: string): Json {
  const text = JSON.stringify(value ?? null);
  if (text.length > LONGEST || UNSTORABLE.test(text))
    throw new QuanlianError(
      'audit.refused',
      `What “${action}” wrote down cannot be kept: it is too long or holds characters that cannot be stored.`,
    );
  const plain = JSON.parse(text) as Json;
  canonicalJson(plain);
  return plain;
}

export function createAudit({ now, newId, random }: Environment): Audit {
  return {
    append(trx, event) {
      const { actor, entries } = pendingAudit(trx);
      const { action, subject, organizationId } = event;
      const personal = Object.entries(event.personal ?? {}).map(([field, value]) => [field, storable(value, action)]);
      entries.push({
        organizationId,
        at: now(),
        action,
        facts: {
          id: newId(),
          actor: { kind: actor.kind, id: actor.userId },
          onBehalfOf: event.onBehalfOf ?? null,
          subject,
          before: storable(event.before, action),
          after: storable(event.after, action),
          why: storable(event.why, action) as string | null,
          ...(event.erased ? { erased: event.erased } : {}),
        },
        personal: Object.fromEntries(personal) as Record<string, Json>,
        personId: event.personId ?? null,
        newSalt: () => random(32).toString('hex'),
      });
    },
  };
}
