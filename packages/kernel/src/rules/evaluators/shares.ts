import { z } from 'zod';
import { accepted, refused } from '../refusal.js';
import { defineEvaluator } from './evaluator.js';
import { PatentTypeSchema } from './fees.js';
import { percentOf } from './money.js';

const RouteSchema = z.object({
  percent: z.number().positive(),
  base: z.enum(['net-income', 'shares', 'operating-profit']),
  /** For own use: the number of consecutive years the share is due, least and most. */
  years: z.object({ from: z.number().int(), to: z.number().int() }).optional(),
});

/** The least share of those who made and carried an achievement, by the way it is used. */
export const shareFloorEvaluator = defineEvaluator({
  name: 'share-floor',
  parameters: z.object({ routes: z.record(z.string(), RouteSchema) }),
  input: z.object({
    route: z.string(),
    /** The base in yuan: net income, value of the shares, or a year's operating profit. */
    amount: z.number().nonnegative(),
    agreedPercent: z.number().min(0).max(100).optional(),
  }),
  apply({ routes }, { route, amount, agreedPercent }) {
    const rule = routes[route];
    if (!rule) return refused('rule.not_applicable', `The rule does not speak of the route "${route}".`, { route });
    const percent = Math.max(rule.percent, agreedPercent ?? 0);
    const value = {
      floorPercent: rule.percent,
      floor: percentOf(amount, rule.percent),
      percent,
      pool: percentOf(amount, percent),
      agreedBelowFloor: agreedPercent !== undefined && agreedPercent < rule.percent,
      base: rule.base,
    };
    return accepted({ value, provisional: false });
  },
});

/** The least one-time reward of an inventor or designer. */
export const minimumRewardEvaluator = defineEvaluator({
  name: 'minimum-reward',
  parameters: z.object({ currency: z.literal('CNY'), minimum: z.record(PatentTypeSchema, z.number().positive()) }),
  input: z.object({ type: PatentTypeSchema }),
  apply({ currency, minimum }, { type }) {
    return accepted({ value: { minimum: minimum[type], currency }, provisional: false });
  },
});

/**
 * The range of a fine or of damages. `base` is the unlawful income, loss, profit or royalty (yuan) the multiple is
 * taken of; null when it cannot be found, then only the fixed amounts apply.
 */
export const boundsEvaluator = defineEvaluator({
  name: 'money-bounds',
  parameters: z.object({
    currency: z.literal('CNY'),
    fixed: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
    multiple: z.object({ min: z.number(), max: z.number() }).optional(),
    /** Up to this base the fixed amounts apply even though the base is known. */
    fixedUpToBase: z.number().optional(),
  }),
  input: z.object({ base: z.number().nonnegative().nullable() }),
  apply({ currency, fixed, multiple, fixedUpToBase }, { base }) {
    const known = base !== null && (fixedUpToBase === undefined || base > fixedUpToBase);
    if (known && multiple) {
      const value = { min: base * multiple.min, max: base * multiple.max, currency };
      return accepted({ value, provisional: false });
    }
    if (!fixed)
      return refused('rule.not_applicable', 'Without the amount the multiple is taken of, the rule gives no range.');
    return accepted({ value: { min: fixed.min ?? 0, max: fixed.max ?? null, currency }, provisional: false });
  },
});
