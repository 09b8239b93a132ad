import { QuanlianError, type RulePage, type RuleRow } from '@quanlian/contract';
import { PERMISSIONS, type Permission, type Rule, type RuleTestOutcome, runRuleTests } from '@quanlian/kernel';
import { type RawBuilder, sql } from 'kysely';
import { type Actor, reachOf } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { dayOf, type Environment } from '../environment.js';
import { inReach } from '../reach.js';
import type { Law } from './law.js';
import type { ProcessRegistry } from './process.registry.js';

/** What the pages of the rules show. Rules are for everybody; where they were used, for whoever may read the thing. */
export interface RulePages {
  list(): RuleRow[];
  /** Throws `rule.not_found`. Without a transaction there are no uses. */
  page(id: string, reader?: { readonly trx: WorkTransaction; readonly actor: Actor }): Promise<RulePage>;
}

const NEWEST_USES = 100;

/** Uses on things the actor may read, each kind by its own permission. */
function readableUses(actor: Actor): RawBuilder<boolean> {
  const parts = PERMISSIONS.filter((permission) => permission.endsWith('.read')).map(
    (permission: Permission) =>
      sql`(u.permission = ${permission} and ${inReach(reachOf(actor, permission), { organization: 'u.organization_id' })})`,
  );
  return sql<boolean>`(${sql.join(parts, sql` or `)})`;
}

async function readUses(trx: WorkTransaction, actor: Actor, id: string) {
  const of = trx.selectFrom('rule_use as u').where('u.rule_id', '=', id).where(readableUses(actor));
  const counts = await of
    .select((eb) => ['u.rule_version', eb.fn.countAll<bigint>().as('count')])
    .groupBy('u.rule_version')
    .execute();
  const rows = await of
    .select(['u.subject_kind', 'u.subject_id', 'u.field', 'u.rule_version', 'u.used_at'])
    .orderBy('u.used_at', 'desc')
    .orderBy('u.id')
    .limit(NEWEST_USES)
    .execute();
  return { counts: new Map(counts.map(({ rule_version, count }) => [rule_version, Number(count)])), rows };
}

export function createRulePages(deps: {
  readonly law: Law;
  readonly registry: ProcessRegistry;
  readonly environment: Pick<Environment, 'now'>;
}): RulePages {
  const { law, registry, environment } = deps;
  const { rules, calendar } = law;
  const outcomes = runRuleTests(rules, { calendar });
  const testsOf = (rule: Rule): RuleTestOutcome[] =>
    outcomes.filter(({ ruleId, version }) => ruleId === rule.id && version === rule.version);
  const inForce = (id: string): number | null => {
    const rule = rules.at(id, dayOf(environment.now()));
    return rule.ok ? rule.value.version : null;
  };

  const versionOf = (rule: Rule, uses: number): RulePage['versions'][number] => {
    const { version, title, note, evaluator, jurisdiction, article, source, certainty, parameters } = rule;
    const { verifiedOn, effectiveFrom, effectiveTo } = rule;
    const parts = { version, title, evaluator, jurisdiction, article, source, certainty, parameters };
    return {
      ...parts,
      verifiedOn,
      effectiveFrom,
      effectiveTo,
      note: note ?? null,
      inForce: inForce(rule.id) === version,
      tests: testsOf(rule).map(({ index, expected, actual, passed }) => ({
        input: rule.tests[index]?.input,
        expected,
        actual,
        passed,
      })),
      uses,
    };
  };

  return {
    list: () =>
      rules.ids.flatMap((id) => {
        const versions = rules.versions(id);
        const force = inForce(id);
        const shown = versions.find(({ version }) => version === force) ?? versions.at(-1);
        if (!shown) return [];
        const { title, jurisdiction, evaluator, certainty, article } = shown;
        const testsPassed = versions.every((rule) => testsOf(rule).every(({ passed }) => passed));
        const row = { id, title, jurisdiction, evaluator, certainty, article, testsPassed };
        return [{ ...row, versions: versions.length, inForce: force }];
      }),
    async page(id, reader) {
      const versions = rules.versions(id);
      if (versions.length === 0) throw new QuanlianError('rule.not_found', `There is no rule "${id}".`);
      const { counts, rows } = reader
        ? await readUses(reader.trx, reader.actor, id)
        : { counts: new Map<number, number>(), rows: [] };
      return {
        id,
        versions: versions.map((rule) => versionOf(rule, counts.get(rule.version) ?? 0)),
        uses: rows.map((row) => ({
          subjectKind: row.subject_kind,
          subjectId: row.subject_id,
          field: row.field,
          version: row.rule_version,
          usedAt: row.used_at.toISOString(),
        })),
        processes: registry.current.flatMap(({ definition }) =>
          (definition.deadlines ?? [])
            .filter(({ basis }) => basis === id)
            .map((deadline) => ({ id: definition.id, title: definition.title, deadline: deadline.id })),
        ),
      };
    },
  };
}
