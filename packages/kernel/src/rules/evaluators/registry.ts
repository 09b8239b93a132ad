import { definitionEvaluator, groundsEvaluator } from './checks.js';
import type { Evaluator } from './evaluator.js';
import {
  annuityDueEvaluator,
  annuityEvaluator,
  feeReductionEvaluator,
  feeTableEvaluator,
  filingFeeEvaluator,
  lateFeeEvaluator,
} from './fees.js';
import { pathColourEvaluator } from './path.js';
import {
  approvalDelayEvaluator,
  countingEvaluator,
  feeWindowsEvaluator,
  grantDelayEvaluator,
  periodEvaluator,
  termEvaluator,
  termFromParentEvaluator,
} from './period.js';
import { boundsEvaluator, minimumRewardEvaluator, shareFloorEvaluator } from './shares.js';

const ALL: readonly Evaluator[] = [
  countingEvaluator,
  annuityEvaluator,
  annuityDueEvaluator,
  lateFeeEvaluator,
  feeTableEvaluator,
  filingFeeEvaluator,
  feeReductionEvaluator,
  periodEvaluator,
  termEvaluator,
  termFromParentEvaluator,
  feeWindowsEvaluator,
  grantDelayEvaluator,
  approvalDelayEvaluator,
  groundsEvaluator,
  definitionEvaluator,
  shareFloorEvaluator,
  minimumRewardEvaluator,
  boundsEvaluator,
  pathColourEvaluator,
];

/** The evaluator a rule names, or undefined. */
export function evaluatorNamed(name: string): Evaluator | undefined {
  return ALL.find((evaluator) => evaluator.name === name);
}
