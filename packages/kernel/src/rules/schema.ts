import { z } from 'zod';
import { IsoDateSchema } from '../calendar/date.js';
import { CertaintySchema, WordsSchema } from './certainty.js';
import type { Refusal } from './refusal.js';

/** An example that ships with a rule: what goes in, what must come out. */
export const RuleTestSchema = z.strictObject({ input: z.json(), expected: z.json() });

/**
 * One version of a rule of law or of the house. A change of the law is a new version with its own dates; nothing is
 * edited in place, because results keep the version they were computed with.
 */
export const RuleSchema = z.strictObject({
  /** Stable name, such as `cn.annuity.invention`. */
  id: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/),
  version: z.number().int().positive(),
  /** The small program that applies the parameters. */
  evaluator: z.string().min(1),
  /** ISO 3166 code, with subdivision where the rule is local (`CN`, `CN-11`), or `house` for the operator's choice. */
  jurisdiction: z.string().min(2),
  /** The article as our source gives it; null when the source names none. Never guessed. */
  article: z.string().min(1).nullable(),
  source: z.string().min(1),
  certainty: CertaintySchema,
  /** The day the source was last compared. */
  verifiedOn: IsoDateSchema,
  /** First day in force; null when the source does not say since when. */
  effectiveFrom: IsoDateSchema.nullable(),
  /** Last day in force; null while it is. */
  effectiveTo: IsoDateSchema.nullable(),
  parameters: z.record(z.string(), z.json()),
  tests: z.array(RuleTestSchema).min(1),
  title: WordsSchema,
  /** What is doubtful, or where practice and text differ. */
  note: WordsSchema.optional(),
});
export type Rule = z.infer<typeof RuleSchema>;

/** A file of `rules/`: the rules of one subject. */
export const RuleFileSchema = z.strictObject({
  set: z.string().min(1),
  title: WordsSchema,
  rules: z.array(RuleSchema).min(1),
});
export type RuleFile = z.infer<typeof RuleFileSchema>;

/** Why a rule has no answer. */
export type RuleRefusal = Refusal<'rule.unknown' | 'rule.not_in_force' | 'rule.input_invalid' | 'rule.not_applicable'>;

/** What every computed value keeps of the rule it came from. */
export const RuleReferenceSchema = z.object({
  ruleId: z.string(),
  version: z.number().int(),
  certainty: CertaintySchema,
  article: z.string().nullable(),
  /** False when the source does not say since when this version applies, so that an old date is an assumption. */
  startKnown: z.boolean(),
});
export type RuleReference = z.infer<typeof RuleReferenceSchema>;

/** The reference to keep with a value computed by this version. */
export function referenceTo(rule: Rule): RuleReference {
  return {
    ruleId: rule.id,
    version: rule.version,
    certainty: rule.certainty,
    article: rule.article,
    startKnown: rule.effectiveFrom !== null,
  };
}
