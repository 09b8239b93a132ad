import { QuanlianError } from '@quanlian/contract';
import type { WorkTransaction } from '../connection.js';
import type { Environment } from '../environment.js';
import { canonicalJson, commitmentOf } from './chain.js';
import { pendingAudit } from './pending.js';

/** What happened, for the log. */
export interface AuditEvent {
  /** The chain it belongs to; `INSTALLATION_CHAIN` for what belongs to no organization. */
  readonly organizationId: string;
  /** A verb with its thing: `task.dispatch`, `paper.add`. */
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
}

/** Takes down what happened. */
export interface Audit {
  /** Adds an entry to the transaction: it is written when the transaction commits, and only then. */
  append(trx: WorkTransaction, event: AuditEvent): void;
}

const LONGEST = 256 * 1024;

/** In JSON text: the character zero and halves of surrogate pairs, which PostgreSQL does not take. */
const UNSTORABLE = /\\u0000|\\ud[89a-f]/i;

/** What is stored must read back as the same bytes, or the chain would not verify. */
function storable(value: unknown, action: string): unknown {
  if (value === undefined || value === null) return null;
  const text = canonicalJson(value);
  if (text.length > LONGEST || UNSTORABLE.test(text))
    throw new QuanlianError(
      'audit.refused',
      `What “${action}” wrote down cannot be kept: it is too long or holds characters that cannot be stored.`,
    );
  return JSON.parse(text) as unknown;
}

export function createAudit({ now, newId, random }: Environment): Audit {
  return {
    append(trx, event) {
      const { actor, entries } = pendingAudit(trx);
      const personal = Object.entries(event.personal ?? {}).map(([field, value]) => ({
        field,
        personId: event.personId ?? null,
        salt: random(16),
        value: storable(value, event.action),
      }));
      entries.push({
        organizationId: event.organizationId,
        id: newId(),
        at: now(),
        actor: { kind: actor.kind, id: actor.userId, onBehalfOf: event.onBehalfOf ?? null },
        action: event.action,
        subject: event.subject,
        before: storable(event.before, event.action),
        after: storable(event.after, event.action),
        why: storable(event.why, event.action) as string | null,
        commitments: Object.fromEntries(
          personal.map(({ field, salt, value }) => [field, commitmentOf(salt, field, value)]),
        ),
        personal,
      });
    },
  };
}
