import { QuanlianError } from '@quanlian/contract';
import type { Refusal, Result } from '@quanlian/kernel';
import { ProblemWithDetails } from '../../http/problem.js';

/** The kernel's "no" as an error with its own code and parameters beside the sentence. */
function refusalError(refusal: Refusal): ProblemWithDetails {
  const code = refusal.code === 'case.version_conflict' ? 'case.changed' : 'case.refused';
  return new ProblemWithDetails(code, refusal.message, { reason: { code: refusal.code, params: refusal.params } });
}

/** The value, or the refusal thrown, so that the transaction keeps nothing. */
export function orRefuse<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw refusalError(result.refusal);
}

export const caseNotFound = (): QuanlianError =>
  new QuanlianError('case.not_found', 'There is no such case, or your roles do not reach it.');

export const caseChanged = (): ProblemWithDetails =>
  new ProblemWithDetails('case.changed', 'Somebody else changed the case meanwhile. Load it again.', {
    reason: { code: 'case.version_conflict', params: {} },
  });
