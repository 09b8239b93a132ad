import type { Colour } from '@quanlian/contract';
import { evaluateRule, pathColourEvaluator, type RuleReference } from '@quanlian/kernel';
import type { Law } from '../../../work/cases/law.js';

/** The rule that gives an indicator its colour. */
const COLOUR_RULE = 'house.indicator-colour';

/** Where a value stands against the path from baseline to target. */
export interface Standing {
  readonly colour: Colour;
  readonly expected: number | null;
  readonly behindPercent: number | null;
  /** Null when there is no path to judge by; then the colour is grey. */
  readonly rule: RuleReference | null;
}

const UNKNOWN: Standing = { colour: 'grey', expected: null, behindPercent: null, rule: null };

/** Judges a value by the rule in force on the date. Without baseline or target nothing is judged. */
export function standingOf(
  law: Law,
  input: {
    readonly baseline: { readonly date: string; readonly value: number } | undefined;
    readonly target: { readonly date: string; readonly value: number } | undefined;
    readonly date: string;
    readonly value: number | null;
  },
): Standing {
  const { baseline, target, date, value } = input;
  if (!baseline || !target) return UNKNOWN;
  const request = { id: COLOUR_RULE, date, input: { baseline, target, date, value } };
  const result = evaluateRule(law.rules, pathColourEvaluator, request, { calendar: law.calendar });
  if (!result.ok) return UNKNOWN;
  const { colour, expected, behindPercent } = result.value.value;
  return { colour: colour as Colour, expected, behindPercent, rule: result.value.rule };
}

/** Targets are for the end of their year. */
export const yearEnd = (year: number): string => `${year}-12-31`;
export const yearOf = (date: string): number => Number(date.slice(0, 4));
