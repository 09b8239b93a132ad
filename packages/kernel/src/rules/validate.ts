import { z } from 'zod';
import { addDays } from '../calendar/date.js';
import { evaluatorNamed } from './evaluators/registry.js';
import { type Rule, RuleFileSchema } from './schema.js';

/** Something wrong with the rule files: a stable code, a sentence, and where. */
export interface RuleFinding {
  readonly code:
    | 'rule.malformed'
    | 'rule.duplicate_version'
    | 'rule.ends_before_it_begins'
    | 'rule.overlap'
    | 'rule.gap'
    | 'rule.unknown_evaluator'
    | 'rule.parameters_invalid';
  readonly message: string;
  readonly rule: string;
  readonly version: number | null;
}

function checkAlone(rule: Rule): RuleFinding[] {
  const findings: RuleFinding[] = [];
  const find = (code: RuleFinding['code'], message: string) =>
    findings.push({ code, message, rule: rule.id, version: rule.version });
  const name = `The rule "${rule.id}" version ${rule.version}`;
  if (rule.effectiveFrom !== null && rule.effectiveTo !== null && rule.effectiveTo < rule.effectiveFrom)
    find('rule.ends_before_it_begins', `${name} ends on ${rule.effectiveTo}, before it begins.`);
  const evaluator = evaluatorNamed(rule.evaluator);
  if (!evaluator)
    find('rule.unknown_evaluator', `${name} names the evaluator "${rule.evaluator}", which does not exist.`);
  else {
    const problem = evaluator.checkParameters(rule.parameters);
    if (problem) find('rule.parameters_invalid', `${name} has parameters its evaluator refuses: ${problem}`);
  }
  return findings;
}

/** Versions in ascending order must follow each other day by day: none at once, none missing. */
function checkSequence(versions: readonly Rule[]): RuleFinding[] {
  return versions.slice(1).flatMap((next, index): RuleFinding[] => {
    const previous = versions[index] as Rule;
    const both = `The versions ${previous.version} and ${next.version} of the rule "${next.id}"`;
    const at = { rule: next.id, version: next.version };
    if (previous.version === next.version)
      return [{ code: 'rule.duplicate_version', message: `${both} have the same number.`, ...at }];
    if (previous.effectiveTo === null || next.effectiveFrom === null || next.effectiveFrom <= previous.effectiveTo)
      return [{ code: 'rule.overlap', message: `${both} are in force at once; end the older the day before.`, ...at }];
    if (next.effectiveFrom !== addDays(previous.effectiveTo, 1))
      return [
        {
          code: 'rule.gap',
          message: `${both} leave days without a rule, from ${addDays(previous.effectiveTo, 1)} to ${addDays(next.effectiveFrom, -1)}.`,
          ...at,
        },
      ];
    return [];
  });
}

/**
 * Everything that is wrong with a set of parsed rule files: shape, unknown evaluators, parameters, versions that
 * overlap or leave a gap. Empty when they can be used.
 */
export function validateRules(files: readonly unknown[]): RuleFinding[] {
  const findings: RuleFinding[] = [];
  const byId = new Map<string, Rule[]>();
  files.forEach((file, index) => {
    const parsed = RuleFileSchema.safeParse(file);
    if (!parsed.success) {
      const message = `Rule file ${index + 1} is not valid: ${z.prettifyError(parsed.error)}`;
      findings.push({ code: 'rule.malformed', message, rule: '', version: null });
      return;
    }
    for (const rule of parsed.data.rules) {
      findings.push(...checkAlone(rule));
      byId.set(rule.id, [...(byId.get(rule.id) ?? []), rule]);
    }
  });
  for (const versions of byId.values())
    findings.push(...checkSequence(versions.toSorted((a, b) => a.version - b.version)));
  return findings;
}
