import type { Explanation, QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { readNumber } from '@quanlian/kernel';
import { type PlacedClause, requiredClauses } from './clauses.js';

type Held = Explanation['held'][number];

/** Fields that say where to look; a question about one of these can only find what is held there. */
const SCOPES = ['office', 'kind', 'year', 'date'] as const;
const DATES: readonly string[] = ['year', 'date'];

async function holding(backend: SearchBackend, query: QueryNode): Promise<Pick<Held, 'documents' | 'first' | 'last'>> {
  const [oldest, newest] = await Promise.all(
    (['oldest', 'newest'] as const).map((sort) => backend.search({ query, sort, limit: 1 })),
  );
  return {
    documents: newest?.total ?? 0,
    first: oldest?.hits[0]?.date ?? null,
    last: newest?.hits[0]?.date ?? null,
  };
}

/** The values that a clause asks of a scope: `CN`, `A`, `2019`; several stand with commas between. */
function valuesOf(node: QueryNode): { field: string; value: string } | undefined {
  if (node.op === 'or') {
    const all = node.clauses.map(valuesOf);
    const [first] = all;
    if (!first || all.some((one) => one?.field !== first.field)) return undefined;
    return { field: first.field, value: all.map((one) => one?.value ?? '').join(', ') };
  }
  if (!('field' in node) || !SCOPES.some((scope) => scope === node.field)) return undefined;
  if (node.op === 'value') return { field: node.field, value: node.value };
  if (node.op === 'range') return { field: node.field, value: `${node.from ?? ''}–${node.to ?? ''}` };
  return undefined;
}

const inner = (node: QueryNode): QueryNode => (node.op === 'filter' ? inner(node.clause) : node);

/** A document number asked for says its office and kind. */
function numberScope({ node }: PlacedClause): { value: string; office: string; kind: string | undefined } | undefined {
  if (node.op !== 'value' && node.op !== 'term') return undefined;
  if (node.field !== 'id') return undefined;
  const value = node.op === 'value' ? node.value : node.text;
  const written = /^([A-Za-z]{2})[\s.]*\d.*?([A-Za-z]\d?)?$/.exec(value.trim());
  const office = written?.[1]?.toUpperCase() ?? readNumber(value).candidates[0]?.office;
  return !office ? undefined : { value, office, kind: written?.[2]?.toUpperCase() };
}

async function heldOfNumber(backend: SearchBackend, clause: PlacedClause): Promise<Held[]> {
  const scope = numberScope(clause);
  if (!scope) return [];
  const office: QueryNode = { op: 'value', field: 'office', value: scope.office };
  const found: Held[] = [
    { clause: clause.index, what: 'office', value: scope.office, ...(await holding(backend, office)) },
  ];
  if (scope.kind !== undefined) {
    const kind: QueryNode = { op: 'and', clauses: [office, { op: 'value', field: 'kind', value: scope.kind }] };
    found.push({
      clause: clause.index,
      what: 'kind',
      value: `${scope.office} ${scope.kind}`,
      ...(await holding(backend, kind)),
    });
  }
  return found;
}

/**
 * Whether the corpus holds at all what the question is confined to: the offices, kinds and times it names, each alone
 * and together, and for a number those of its office and kind.
 */
export async function findHeld(backend: SearchBackend, clauses: readonly PlacedClause[]): Promise<Explanation['held']> {
  const required = requiredClauses(clauses);
  const found: Held[] = [];
  const scopes: QueryNode[] = [];
  for (const clause of required) {
    const scope = valuesOf(inner(clause.node));
    if (scope) {
      const what = DATES.includes(scope.field) ? 'time' : (scope.field as 'office' | 'kind');
      found.push({ clause: clause.index, what, value: scope.value, ...(await holding(backend, clause.node)) });
      scopes.push(clause.node);
    } else found.push(...(await heldOfNumber(backend, clause)));
  }
  if (scopes.length > 1) {
    const together = await holding(backend, { op: 'and', clauses: scopes });
    found.push({ clause: null, what: 'together', value: found.map(({ value }) => value).join(' · '), ...together });
  }
  return found;
}
