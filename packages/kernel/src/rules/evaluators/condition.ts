import { z } from 'zod';

const ScalarSchema = z.union([z.string(), z.number(), z.boolean()]);

/** Facts about a case. A fact that is absent or null is unknown, which is not the same as false. */
export const FactsSchema = z.record(z.string(), ScalarSchema.nullable());
export type Facts = z.infer<typeof FactsSchema>;

/** A condition on one fact: equal to a value, above a number, or (ISO dates) later than another fact. */
export const ConditionSchema = z.union([
  z.strictObject({ fact: z.string(), is: ScalarSchema }),
  z.strictObject({ fact: z.string(), moreThan: z.number() }),
  z.strictObject({ fact: z.string(), laterThan: z.string() }),
]);
export type Condition = z.infer<typeof ConditionSchema>;

/** True, false, or null when a fact it needs is unknown. */
export function holds(condition: Condition, facts: Facts): boolean | null {
  const fact = facts[condition.fact] ?? null;
  if (fact === null) return null;
  if ('is' in condition) return fact === condition.is;
  if ('moreThan' in condition) return typeof fact === 'number' ? fact > condition.moreThan : null;
  const other = facts[condition.laterThan] ?? null;
  return typeof fact === 'string' && typeof other === 'string' ? fact > other : null;
}
