import { z } from 'zod';
import { WordsSchema } from '../certainty.js';
import { accepted } from '../refusal.js';
import { ConditionSchema, FactsSchema, holds } from './condition.js';
import { defineEvaluator } from './evaluator.js';

const GroundSchema = z.object({
  number: z.number().int().positive(),
  code: z.string(),
  title: WordsSchema,
  when: ConditionSchema,
  /** What takes the ground away although it is there, such as a confirmation by both parties. */
  unless: ConditionSchema.optional(),
});

/** Grounds on which an office refuses; each is answered from facts, and what is not known stays open. */
export const groundsEvaluator = defineEvaluator({
  name: 'refusal-grounds',
  parameters: z.object({ grounds: z.array(GroundSchema).min(1) }),
  input: z.object({ facts: FactsSchema }),
  apply({ grounds }, { facts }) {
    const findings = grounds.map(({ number, code, when, unless }) => {
      const present = holds(when, facts);
      const lifted = unless === undefined ? false : holds(unless, facts) === true;
      const outcome = present === null ? 'unknown' : !present ? 'clear' : lifted ? 'lifted' : 'refuse';
      return { number, code, outcome };
    });
    const has = (outcome: string) => findings.some((finding) => finding.outcome === outcome);
    const verdict = has('refuse') ? 'refuse' : has('unknown') ? 'incomplete' : 'clear';
    return accepted({ value: { verdict, findings }, provisional: false });
  },
});

const CriterionSchema = z.object({ code: z.string(), title: WordsSchema, when: ConditionSchema });

/** A definition: all requirements and any one of the criteria. Null when the facts known so far do not decide it. */
export const definitionEvaluator = defineEvaluator({
  name: 'any-criterion',
  parameters: z.object({ requires: z.array(CriterionSchema), criteria: z.array(CriterionSchema).min(1) }),
  input: z.object({ facts: FactsSchema }),
  apply({ requires, criteria }, { facts }) {
    const answers = criteria.map(({ code, when }) => ({ code, answer: holds(when, facts) }));
    const needs = requires.map(({ code, when }) => ({ code, answer: holds(when, facts) }));
    const codes = (list: typeof answers, answer: boolean | null) =>
      list.filter((entry) => entry.answer === answer).map((entry) => entry.code);
    const met = codes(answers, true);
    const missing = codes(needs, false);
    const unknown = [...codes(needs, null), ...codes(answers, null)];
    const refuted = missing.length > 0 || answers.every(({ answer }) => answer === false);
    const proven = met.length > 0 && needs.every(({ answer }) => answer === true);
    const applies = refuted ? false : proven ? true : null;
    return accepted({ value: { applies, met, missing, unknown }, provisional: false });
  },
});
