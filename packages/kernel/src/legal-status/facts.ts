import type { LegalEvent } from '@quanlian/contract';

/** A publication of the application: `granted` when its kind means that a right was given. */
export interface PublishedFact {
  readonly id: string;
  readonly date?: string | undefined;
  readonly granted: boolean;
}

/** A fee that keeps a right alive, in months after the grant. */
export interface FeeRule {
  readonly year: number;
  readonly opensMonths: number;
  readonly dueMonths: number;
  readonly graceMonths: number;
}

/** Everything held of one application that says where it stands. Dates ISO 8601, partial ones count from their first day. */
export interface RightFacts {
  readonly filed?: string | undefined;
  readonly publications: readonly PublishedFact[];
  readonly events: readonly LegalEvent[];
  /** The last day of the term by rule. */
  readonly term?: {
    readonly ends: string;
    readonly rule: { id: string; version: number };
    readonly certainty: string;
    readonly law?: string;
    /** The protection beyond it that events tell of is counted in. */
    readonly compensated?: boolean;
  };
  /** For a right that is granted for several states: those that a publication of the grant designates. */
  readonly designated?: readonly string[];
  /** For a regional right: that states are to be told apart at all. */
  readonly regional?: boolean;
  /** The fees that keep the right alive after its grant, where they run from it. */
  readonly fees?: readonly FeeRule[];
  /** The rule that the fees are taken from. */
  readonly feeRule?: { id: string; version: number };
  /** The provision by which a publication gives the right. */
  readonly grantLaw?: string;
  /** The newest date that a source gives its record; later than that the sources say nothing. */
  readonly reportedUntil?: string | undefined;
  /** Months after which a living status that nothing confirms is called unknown. */
  readonly horizonMonths: number;
}
