import { type ErrorCode, QuanlianError } from '@quanlian/contract';

/** A refusal with more to say than code and sentence; `more` is put beside `error` in the answer. */
export class ProblemWithDetails extends QuanlianError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly more: Readonly<Record<string, unknown>>,
    path?: string,
  ) {
    super(code, message, path === undefined ? {} : { path });
  }
}
