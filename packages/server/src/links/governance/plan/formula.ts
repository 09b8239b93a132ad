import { type Formula, QuanlianError, type ValueSource } from '@quanlian/contract';
import { definitionEvaluator, evaluateRule, type Facts, type RuleReference } from '@quanlian/kernel';
import type { Law } from '../../../work/cases/law.js';

/** What a formula makes of the sources of a value. */
export interface Computed {
  /** Null when the formula cannot compute it: the value is stated, or there are no records to compute it from. */
  readonly value: number | null;
  readonly computable: boolean;
  /** Records whose facts do not decide whether they count; the value leaves them out. */
  readonly undecided: number;
  /** What each source adds, in their order; null for papers and for undecided records. */
  readonly contributions: readonly (number | null)[];
  /** The rule that decided, when the formula names one. */
  readonly rule: RuleReference | null;
}

type Counting = Exclude<Formula, { kind: 'stated' }>;

function refuseRule(name: string, message: string): never {
  throw new QuanlianError('plan.refused', `The rule "${name}" cannot decide which records count: ${message}`);
}

/** Whether a record counts: yes, no, or null when its facts do not say. */
function counts({ test }: Counting, facts: Facts, date: string, { rules, calendar }: Law) {
  if (test === null) return { applies: true, rule: null };
  if ('rule' in test) {
    const found = rules.at(test.rule, date);
    if (!found.ok) refuseRule(test.rule, found.refusal.message);
    if (found.value.evaluator !== definitionEvaluator.name) refuseRule(test.rule, 'it is of another kind.');
    const request = { id: test.rule, date, input: { facts } };
    const result = evaluateRule(rules, definitionEvaluator, request, { calendar });
    if (!result.ok) refuseRule(test.rule, result.refusal.message);
    return { applies: result.value.value.applies, rule: result.value.rule };
  }
  const result = definitionEvaluator.evaluate(test, { facts }, { calendar });
  if (!result.ok) throw new QuanlianError('plan.refused', result.refusal.message);
  return { applies: result.value.value.applies, rule: null };
}

function amountOf(formula: Counting, facts: Facts): number | null {
  if (formula.kind === 'count') return 1;
  const fact = facts[formula.fact];
  return typeof fact === 'number' ? fact : null;
}

/** Rounded half away from zero, without the noise of binary fractions. */
function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return (Math.sign(value) * Math.round(Number((Math.abs(value) * scale).toPrecision(15)))) / scale;
}

/**
 * Computes a value from its sources by the definition in force on a date. Records that do not say whether they count
 * are left out and counted as undecided: unknown is not zero, and not one either.
 */
export function computeValue(
  formula: Formula,
  sources: readonly Pick<ValueSource, 'kind' | 'facts'>[],
  date: string,
  law: Law,
): Computed {
  const none = sources.map(() => null);
  const records = sources.filter(({ kind }) => kind === 'record');
  if (formula.kind === 'stated' || records.length === 0)
    return { value: null, computable: false, undecided: 0, contributions: none, rule: null };
  let undecided = 0;
  let rule: RuleReference | null = null;
  const contributions = sources.map(({ kind, facts }) => {
    if (kind !== 'record') return null;
    const answer = counts(formula, facts, date, law);
    rule = answer.rule ?? rule;
    const amount = answer.applies === true ? amountOf(formula, facts) : answer.applies === false ? 0 : null;
    if (amount === null) undecided += 1;
    return amount;
  });
  const total = contributions.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
  return {
    value: rounded(total * formula.factor, formula.decimals),
    computable: true,
    undecided,
    contributions,
    rule,
  };
}

/** Throws `plan.refused` when a formula names a rule that cannot decide. */
export function checkFormula(formula: Formula, date: string, law: Law): void {
  if (formula.kind !== 'stated') counts(formula, {}, date, law);
}
