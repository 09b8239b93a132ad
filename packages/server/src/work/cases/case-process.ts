import type { CaseOutcome, Guard, Permission, ProcessDefinition, Scalar } from '@quanlian/kernel';
import type { Actor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import type { NoticeText } from '../notices/texts.js';
import type { StoredCase } from './stored-case.js';
import type { Tell } from './tell.js';

/** What must be allowed on a case for each thing done with it; steps and tasks have their own in the definition. */
export interface CasePermissions {
  readonly read: Permission;
  readonly open: Permission;
  /** Fields and parties without a step. */
  readonly amend: Permission;
  readonly comment: Permission;
  readonly addPaper: Permission;
}

export const CASE_PERMISSIONS: CasePermissions = {
  read: 'case.read',
  open: 'case.open',
  amend: 'case.assign',
  comment: 'case.comment',
  addPaper: 'paper.add',
};

/** What an effect works with, in the transaction of the step. */
interface EffectInput {
  readonly trx: WorkTransaction;
  readonly actor: Actor;
  /** The case after the step. */
  readonly stored: StoredCase;
  /** Null when a deadline expired for which the process names no step. */
  readonly outcome: CaseOutcome | null;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly tell: Tell;
  readonly process: CaseProcess;
}

/** Does something in the transaction of the step that names it. Throwing undoes the step. */
export type Effect = (input: EffectInput) => Promise<void>;

/** What facts are read for, before guards are asked. */
interface FactsInput {
  readonly trx: WorkTransaction;
  readonly stored: StoredCase;
}

/** A process with the program parts its definition names. */
export interface CaseProcess {
  readonly definition: ProcessDefinition;
  readonly permissions: CasePermissions;
  readonly guards?: Readonly<Record<string, Guard>>;
  readonly effects?: Readonly<Record<string, Effect>>;
  readonly facts?: (input: FactsInput) => Promise<Readonly<Record<string, Scalar | null>>>;
  /** What the notices it sends say, by kind. */
  readonly notices?: Readonly<Record<string, NoticeText>>;
  /** Cases of it are opened by a service of their own, never by the general address. */
  readonly openedElsewhere?: boolean;
}
