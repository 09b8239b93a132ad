import type { Actor } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import type { PlanDeps } from './plan.deps.js';

/** The transaction of a change and who makes it. */
export interface PlanStep {
  readonly trx: WorkTransaction;
  readonly actor: Actor;
}

/** What the audit log is told of a change. */
export interface PlanNote {
  /** The organization whose plan it is. */
  readonly organizationId: string;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before?: object;
  readonly after: object;
  readonly why?: string | null;
}

/** Takes the change down with the transaction. */
export function note({ audit }: PlanDeps, { trx }: PlanStep, event: PlanNote): void {
  audit.append(trx, event);
}
