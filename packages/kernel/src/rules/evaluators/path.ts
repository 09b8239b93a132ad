import { z } from 'zod';
import { daysBetween, IsoDateSchema } from '../../calendar/date.js';
import { accepted, refused } from '../refusal.js';
import { defineEvaluator } from './evaluator.js';

/** Six decimals: what lies beyond is noise of binary fractions and would make equal cases look different. */
function withoutNoise(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/**
 * The colour of an indicator: its value against the straight path from baseline to target. Tolerances are percent of
 * the whole way. No value is grey, never red: unknown is not failure.
 */
export const pathColourEvaluator = defineEvaluator({
  name: 'path-colour',
  parameters: z.object({ greenTolerancePercent: z.number().min(0), amberTolerancePercent: z.number().min(0) }),
  input: z.object({
    baseline: z.object({ date: IsoDateSchema, value: z.number() }),
    target: z.object({ date: IsoDateSchema, value: z.number() }),
    date: IsoDateSchema,
    value: z.number().nullable(),
  }),
  apply({ greenTolerancePercent, amberTolerancePercent }, { baseline, target, date, value }) {
    const wholeTime = daysBetween(baseline.date, target.date);
    const way = target.value - baseline.value;
    if (wholeTime <= 0) return refused('rule.not_applicable', 'The target must be later than the baseline.');
    const share = Math.min(1, Math.max(0, daysBetween(baseline.date, date) / wholeTime));
    const expected = baseline.value + way * share;
    // Behind counts against the direction of the way; a target equal to the baseline is measured against its own size.
    const scale = Math.abs(way) || Math.abs(target.value) || 1;
    const behind = value === null ? null : Math.max(0, (expected - value) * (way < 0 ? -1 : 1));
    const behindPercent = behind === null ? null : withoutNoise((behind / scale) * 100);
    const colour =
      behindPercent === null
        ? 'grey'
        : behindPercent <= greenTolerancePercent
          ? 'green'
          : behindPercent <= amberTolerancePercent
            ? 'amber'
            : 'red';
    return accepted({ value: { colour, expected: withoutNoise(expected), behindPercent }, provisional: false });
  },
});
