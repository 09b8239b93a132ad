import { z } from 'zod';
import type { WorkingCalendar } from '../../calendar/working.js';
import { type Result, refused } from '../refusal.js';
import type { RuleRefusal } from '../schema.js';

/** What an evaluator may use besides the parameters of the rule and its input. */
export interface EvaluationContext {
  readonly calendar: WorkingCalendar;
}

/** A value, and whether it touched a year whose working days are not announced. */
interface Evaluated<Value> {
  readonly value: Value;
  readonly provisional: boolean;
}

/**
 * A small program that applies the parameters of a rule to an input. Both are checked by schema before use, so an
 * evaluator may be held as `Evaluator<unknown>` and given input from outside.
 */
export interface Evaluator<Input = unknown, Value = unknown> {
  readonly name: string;
  /** What is wrong with a rule's parameters, or undefined. */
  checkParameters(parameters: unknown): string | undefined;
  evaluate(parameters: unknown, input: Input, context: EvaluationContext): Result<Evaluated<Value>, RuleRefusal>;
}

/** Parts of an evaluator before its borders are checked. */
interface EvaluatorParts<Parameters, Input, Value> {
  readonly name: string;
  readonly parameters: z.ZodType<Parameters>;
  readonly input: z.ZodType<Input>;
  apply(parameters: Parameters, input: Input, context: EvaluationContext): Result<Evaluated<Value>, RuleRefusal>;
}

/** Puts schema checks around an evaluator, so that rule files and callers meet a sentence, not a crash. */
export function defineEvaluator<Parameters, Input, Value>(
  parts: EvaluatorParts<Parameters, Input, Value>,
): Evaluator<Input, Value> {
  // A rule's parameters never change, and a million rights ask for the same few.
  const checked = new WeakMap<object, Parameters>();
  const parametersOf = (parameters: unknown): Parameters => {
    if (typeof parameters !== 'object' || parameters === null) return parts.parameters.parse(parameters);
    const known = checked.get(parameters);
    if (known !== undefined) return known;
    const parsed = parts.parameters.parse(parameters);
    checked.set(parameters, parsed);
    return parsed;
  };
  return {
    name: parts.name,
    checkParameters(parameters) {
      const parsed = parts.parameters.safeParse(parameters);
      return parsed.success ? undefined : z.prettifyError(parsed.error);
    },
    evaluate(parameters, input, context) {
      const read = parts.input.safeParse(input);
      if (!read.success)
        return refused('rule.input_invalid', `The input does not fit the rule: ${z.prettifyError(read.error)}`, {});
      return parts.apply(parametersOf(parameters), read.data, context);
    },
  };
}
