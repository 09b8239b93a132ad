import type { Period } from '../calendar/deadline.js';
import type { Words } from '../rules/certainty.js';

/** A value a process can keep in a field or hand to a guard; JSON, so that definitions and histories can be stored. */
export type Scalar = string | number | boolean;

/** A guard or an effect called by name, with parameters. */
export interface NamedUse {
  readonly name: string;
  readonly params?: Readonly<Record<string, Scalar>>;
}

/**
 * `initial`: where a case begins (exactly one). `active`: somebody works on it. `waiting`: it waits for somebody
 * outside. `final`: it is over, no transition leads out.
 */
export interface StateDefinition {
  readonly id: string;
  readonly title: Words;
  readonly kind: 'initial' | 'active' | 'waiting' | 'final';
}

/**
 * Who may do something: the permission (when named) and, besides, one of the roles or one of the relations to the case
 * (when any is named). `system` lets the program itself do it, for instance when a deadline expires. A relation of an
 * organization holds for everybody in it: name a permission besides when only some of them may act.
 */
export interface WhoMay {
  readonly permission?: string;
  readonly roles?: readonly string[];
  /** Relations a person or an organization has to the case, such as `applicant` or `handler`. */
  readonly relations?: readonly string[];
  readonly system?: boolean;
}

/** A step from one state to another. */
export interface TransitionDefinition {
  readonly id: string;
  readonly title: Words;
  readonly from: readonly string[];
  readonly to: string;
  readonly who: WhoMay;
  readonly guards?: readonly NamedUse[];
  /** Kinds of paper that must be in the case or come with the request. */
  readonly papers?: readonly string[];
  /** Fields that must be filled in the case or come with the request. */
  readonly fields?: readonly string[];
  /** Fields that may come with the request besides; any other refuses it. */
  readonly mayFill?: readonly string[];
  /** Relations the request may fill with people or organizations, such as `handler` when a case is assigned. */
  readonly mayName?: readonly string[];
  /** Groups of parallel tasks that must be closed first. */
  readonly joins?: readonly string[];
  /** What the caller does in the same transaction, by name: notices, documents, follow-up cases. */
  readonly effects?: readonly NamedUse[];
  /** A reason must be given; it goes into the audit entry. */
  readonly reasonRequired?: boolean;
}

/** A notice before (negative) or after (positive) the last day. */
export interface EscalationStep {
  readonly days: number;
  readonly unit: 'days' | 'working-days';
  /** Roles or relations that are told. */
  readonly tell: readonly string[];
}

/** A clock of the case. */
export interface DeadlineDefinition {
  readonly id: string;
  readonly title: Words;
  /** It starts when a state is entered, a transition made, or a date field filled (then on that date). */
  readonly starts: { readonly state: string } | { readonly transition: string } | { readonly field: string };
  /** The rule that gives the length; null when the house sets it, then `period` is needed. */
  readonly basis: string | null;
  readonly period?: Period;
  /** What is in time when it happens before the end. A final state closes every clock besides. */
  readonly meets: { readonly states?: readonly string[]; readonly transitions?: readonly string[] };
  /** States in which the clock rests. */
  readonly stopsIn?: readonly string[];
  readonly escalation?: readonly EscalationStep[];
  /** What the program does when the last day has passed. */
  readonly onExpiry?: { readonly transition?: string; readonly effects?: readonly NamedUse[] };
}

/** One of several tasks that go on side by side. */
export interface TaskDefinition {
  readonly id: string;
  readonly title: Words;
  readonly who: WhoMay;
  readonly papers?: readonly string[];
  readonly fields?: readonly string[];
  readonly mayFill?: readonly string[];
}

/** Tasks that open together when a state is entered (fork) and are closed by a transition that joins them. */
export interface TaskGroupDefinition {
  readonly id: string;
  readonly opensIn: string;
  /** `all`: each task must be done; `any`: one is enough, the rest is cancelled. */
  readonly join: 'all' | 'any';
  readonly tasks: readonly TaskDefinition[];
}

/** A field of the case; choices name their options. */
export interface FieldDefinition {
  readonly name: string;
  readonly title: Words;
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'choice';
  readonly options?: readonly string[];
  /** It may be changed without a step. */
  readonly amendable?: boolean;
}

/** A kind of paper the case can hold. */
export interface PaperDefinition {
  readonly kind: string;
  readonly title: Words;
}

/** A whole process as a value: it can be drawn, checked, simulated and stored. */
export interface ProcessDefinition {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  readonly states: readonly StateDefinition[];
  readonly transitions: readonly TransitionDefinition[];
  readonly deadlines?: readonly DeadlineDefinition[];
  readonly taskGroups?: readonly TaskGroupDefinition[];
  readonly fields?: readonly FieldDefinition[];
  readonly papers?: readonly PaperDefinition[];
  /** The relations people and organizations can have to a case. */
  readonly relations?: readonly string[];
}
