import { QuanlianError } from '@quanlian/contract';
import type { IsoDate } from '../calendar/date.js';
import type { RuleBook } from './book.js';
import type { EvaluationContext, Evaluator } from './evaluators/evaluator.js';
import { evaluatorNamed } from './evaluators/registry.js';
import { accepted, type Result } from './refusal.js';
import { type Rule, type RuleReference, type RuleRefusal, referenceTo } from './schema.js';

/** A computed value together with the rule version it came from. Store all of it, not the value alone. */
export interface Ruled<Value> {
  readonly value: Value;
  readonly rule: RuleReference;
  /** A year whose working days are not announced was touched. */
  readonly provisional: boolean;
}

/** Which rule to apply: the version in force on the date. */
export interface RuleRequest<Input> {
  readonly id: string;
  readonly date: IsoDate;
  readonly input: Input;
}

/**
 * Applies a rule through the evaluator it belongs to. Refuses with the rule book's codes; throws `rules.invalid` when
 * the caller and the rule name different evaluators, which is a mistake in the program or the rule file.
 */
export function evaluateRule<Input, Value>(
  book: RuleBook,
  evaluator: Evaluator<Input, Value>,
  { id, date, input }: RuleRequest<Input>,
  context: EvaluationContext,
): Result<Ruled<Value>, RuleRefusal> {
  const rule = book.at(id, date);
  if (!rule.ok) return rule;
  if (rule.value.evaluator !== evaluator.name)
    throw new QuanlianError(
      'rules.invalid',
      `The rule "${id}" belongs to the evaluator "${rule.value.evaluator}", but "${evaluator.name}" was asked for.`,
    );
  const result = evaluator.evaluate(rule.value.parameters, input, context);
  if (!result.ok) return result;
  return accepted({ ...result.value, rule: referenceTo(rule.value) });
}

/** The outcome of one example of one rule version. */
export interface RuleTestOutcome {
  readonly ruleId: string;
  readonly version: number;
  readonly index: number;
  readonly passed: boolean;
  readonly expected: unknown;
  /** The value, or the refusal when there was none. */
  readonly actual: unknown;
}

/** Equal as JSON values; the order of an object's names does not matter. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)));
}

function runTests(rule: Rule, context: EvaluationContext): RuleTestOutcome[] {
  const evaluator = evaluatorNamed(rule.evaluator);
  return rule.tests.map(({ input, expected }, index) => {
    const result = evaluator?.evaluate(rule.parameters, input, context);
    const actual = result?.ok ? result.value.value : (result?.refusal ?? null);
    const passed = result?.ok === true && sameJson(actual, expected);
    return { ruleId: rule.id, version: rule.version, index, passed, expected, actual };
  });
}

/** Runs every example that ships with every version of every rule. */
export function runRuleTests(book: RuleBook, context: EvaluationContext): RuleTestOutcome[] {
  return book.ids.flatMap((id) => book.versions(id).flatMap((rule) => runTests(rule, context)));
}
