import type { LegalStatus } from '@quanlian/contract';

/**
 * What a person who read the recorded events expects of a case: by day the status, for a European patent the states
 * in which it is in force, and what must be among the reasons. Worked out by hand from the records, not from answers
 * of the program.
 */
export interface LegalCase {
  readonly id: string;
  /** What the records tell, in short. */
  readonly why: string;
  readonly days: readonly (readonly [day: string, status: LegalStatus | null, states?: string])[];
  /** On a day: the code of an event, or the kind of a reason, that the answer must give for the status. */
  readonly reasons?: readonly (readonly [day: string, codeOrKind: string])[];
  /** Events that a correction took back, as `code date`. */
  readonly taken?: readonly string[];
  readonly termEnds?: string | null;
}
