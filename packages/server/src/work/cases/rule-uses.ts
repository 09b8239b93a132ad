import type { Permission, RuleReference } from '@quanlian/kernel';
import type { WorkTransaction } from '../connection.js';
import type { Environment } from '../environment.js';

/** Where a value that a rule gave is kept. */
interface RuleUse {
  readonly organizationId: string;
  /** What must be allowed on the organization to see the use. */
  readonly permission: Permission;
  readonly subject: { readonly kind: string; readonly id: string };
  /** Which value of the subject, such as `colour` or `clock:sign-for#1`. */
  readonly field: string;
  readonly reference: Pick<RuleReference, 'ruleId' | 'version' | 'certainty'>;
}

/** Takes down where rules were used, for their pages. */
export interface RuleUses {
  note(trx: WorkTransaction, use: RuleUse): Promise<void>;
}

export function createRuleUses({ now, newId }: Pick<Environment, 'now' | 'newId'>): RuleUses {
  return {
    async note(trx, { organizationId, permission, subject, field, reference }) {
      await trx
        .insertInto('rule_use')
        .values({
          id: newId(),
          organization_id: organizationId,
          permission,
          subject_kind: subject.kind,
          subject_id: subject.id,
          field,
          rule_id: reference.ruleId,
          rule_version: reference.version,
          certainty: reference.certainty,
          used_at: now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}
