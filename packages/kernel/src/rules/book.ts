import { QuanlianError } from '@quanlian/contract';
import { dayNumber, type IsoDate } from '../calendar/date.js';
import { accepted, type Result, refused } from './refusal.js';
import { type Rule, type RuleFile, RuleFileSchema, type RuleRefusal } from './schema.js';
import { validateRules } from './validate.js';

/** All rules of an installation. */
export interface RuleBook {
  readonly files: readonly RuleFile[];
  /** Ids in the order of the alphabet. */
  readonly ids: readonly string[];
  /** All versions of a rule, oldest first; empty when there is none. */
  versions(id: string): readonly Rule[];
  /** The version in force on a date. */
  at(id: string, date: IsoDate): Result<Rule, RuleRefusal>;
  /** One version by number, for a value that was computed with it. */
  version(id: string, version: number): Result<Rule, RuleRefusal>;
}

function inForce(rule: Rule, date: IsoDate): boolean {
  return (
    (rule.effectiveFrom === null || rule.effectiveFrom <= date) &&
    (rule.effectiveTo === null || date <= rule.effectiveTo)
  );
}

/**
 * Builds the book from parsed rule files. Throws `rules.invalid` with the first finding of {@link validateRules}:
 * a program must not start on rules that contradict each other.
 */
export function createRuleBook(files: readonly unknown[]): RuleBook {
  const findings = validateRules(files);
  const first = findings[0];
  if (first) {
    const more = findings.length > 1 ? ` (${findings.length - 1} more)` : '';
    throw new QuanlianError('rules.invalid', `${first.message}${more}`);
  }
  const parsed = files.map((file) => RuleFileSchema.parse(file));
  const byId = new Map<string, Rule[]>();
  for (const rule of parsed.flatMap((file) => file.rules)) byId.set(rule.id, [...(byId.get(rule.id) ?? []), rule]);
  for (const versions of byId.values()) versions.sort((a, b) => a.version - b.version);

  const known = (id: string): Result<readonly Rule[], RuleRefusal> => {
    const versions = byId.get(id);
    return versions ? accepted(versions) : refused('rule.unknown', `There is no rule "${id}".`, { rule: id });
  };
  return {
    files: parsed,
    ids: [...byId.keys()].sort(),
    versions: (id) => byId.get(id) ?? [],
    at(id, date) {
      dayNumber(date);
      const versions = known(id);
      if (!versions.ok) return versions;
      const rule = versions.value.find((version) => inForce(version, date));
      if (rule) return accepted(rule);
      return refused('rule.not_in_force', `No version of the rule "${id}" is in force on ${date}.`, { rule: id, date });
    },
    version(id, number) {
      const versions = known(id);
      if (!versions.ok) return versions;
      const rule = versions.value.find(({ version }) => version === number);
      if (rule) return accepted(rule);
      return refused('rule.unknown', `The rule "${id}" has no version ${number}.`, { rule: id, version: number });
    },
  };
}
