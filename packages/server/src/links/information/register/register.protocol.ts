import type { ColumnName } from '@quanlian/contract';
import type { PackedColumn } from '@quanlian/engine';
import type { RegisterPhase } from './derivation.js';

/** What the thread of the register is started with. */
export interface RegisterThreadData {
  readonly corpus: string;
  readonly store: string;
  /** The folder of lists of event codes. */
  readonly eventCodes: string;
  /** The folder of tables of districts. */
  readonly districts: string;
  readonly today: string;
  /** One number, set to 1 when the work is to end. */
  readonly stop: SharedArrayBuffer;
}

/** What the thread says. */
export type RegisterMessage =
  | { readonly kind: 'progress'; readonly phase: RegisterPhase; readonly done: number; readonly total: number }
  | { readonly kind: 'column'; readonly name: ColumnName; readonly column: PackedColumn; readonly sequence: number }
  | { readonly kind: 'ended'; readonly sequence: number | undefined }
  | { readonly kind: 'failed'; readonly code: string | undefined; readonly message: string };

/** What it is answered for each column: nothing, or why it could not be applied. */
export interface AppliedMessage {
  readonly problem: string | undefined;
}
