import type {
  CountableName,
  DistinctName,
  Facet,
  NameMerge,
  QueryNode,
  SearchRequest,
  SearchResult,
} from '@quanlian/contract';
import { type Counting, countingOf } from './merged-counts.js';
import { mergeTable, type NameGroup, widened } from './merged-table.js';

/** Fields and facets whose values are names of owners or persons. */
const NAMED = ['applicant', 'holder', 'inventor'] as const;
type Named = (typeof NAMED)[number];
const isNamed = (name: string): name is Named => (NAMED as readonly string[]).includes(name);

/** Names taken for one, by each of them. */
export interface NamesView {
  readonly groups: readonly NameGroup[];
  readonly of: ReadonlyMap<string, NameGroup>;
}

/** The view that merges make; of two that share a name the newer holds. */
export function namesView(merges: readonly Pick<NameMerge, 'names'>[]): NamesView {
  const of = new Map<string, NameGroup>();
  const groups = merges.flatMap(({ names }) => {
    const [shown] = names;
    if (shown === undefined || names.some((name) => of.has(name))) return [];
    const group = { shown, names };
    for (const name of names) of.set(name, group);
    return [group];
  });
  return { groups, of };
}

const anyOf = (field: string, names: readonly string[]): QueryNode => ({
  op: 'or',
  clauses: names.map((value) => ({ op: 'value', field, value })),
});

/** A query in which a whole name stands for all that are taken for it. Words of names stay as they are. */
export function withMergedNames(node: QueryNode, view: NamesView): QueryNode {
  if (node.op === 'value') {
    const group = isNamed(node.field) ? view.of.get(node.value) : undefined;
    return group === undefined ? node : anyOf(node.field, group.names);
  }
  if ('clauses' in node) return { ...node, clauses: node.clauses.map((one) => withMergedNames(one, view)) };
  if ('clause' in node) return { ...node, clause: withMergedNames(node.clause, view) };
  return node;
}

const DEFAULT_SIZE = 20;

/** The groups that hits have a name of, how many hits each has, and how many of its names they bear. */
function groupsFound(counting: Counting, name: Named, { groups }: NamesView) {
  return Promise.all(
    groups.map(async (group) => {
      const total = await counting.total([anyOf(name, group.names)]);
      const counts = total === 0 ? [] : await counting.of([anyOf(name, group.names)], name, group.names);
      return { group, total, present: counts.filter((count) => count > 0).length };
    }),
  );
}

/** Different values once the names of each group are one. */
async function distinctOnce(counting: Counting, name: Named, distinct: number, view: NamesView): Promise<number> {
  const found = await groupsFound(counting, name, view);
  return found.reduce((left, { total, present }) => (total === 0 ? left : left - present + 1), distinct);
}

/** One facet with the names of each group counted as one, exactly: a document with two of them counts once. */
async function mergeFacet(
  counting: Counting,
  { name, size }: { name: Named; size: number },
  facet: Facet,
  view: NamesView,
): Promise<Facet> {
  const found = (await groupsFound(counting, name, view)).filter(({ total }) => total > 0);
  const merged = found.map(({ group, total }) => ({ value: group.shown, count: total }));
  const others = facet.values.filter(({ value }) => !view.of.has(value));
  const values = [...others, ...merged].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const distinct = found.reduce((left, { present }) => left - present + 1, facet.distinct);
  return { ...facet, values: values.slice(0, size), distinct };
}

/** Answers a search in the merged view: the same documents, found and counted under the names taken for one. */
export async function searchMerged(
  backend: Counting['backend'],
  request: SearchRequest,
  view: NamesView,
): Promise<SearchResult> {
  const query = withMergedNames(request.query, view);
  const asked = { ...request, query };
  const counting = countingOf(backend, asked);
  const wide = (request.facets ?? []).map(({ name, size = DEFAULT_SIZE }) => ({
    name,
    size: isNamed(name) ? size + view.of.size : size,
  }));
  const tables = request.tables?.map((table) => widened(table, view.of.size, isNamed));
  const result = await backend.search({ ...asked, facets: wide, ...(tables ? { tables } : {}) });
  const facets: Partial<Record<CountableName, Facet>> = { ...result.facets };
  for (const { name, size = DEFAULT_SIZE } of request.facets ?? []) {
    const facet = facets[name];
    if (facet !== undefined && isNamed(name)) facets[name] = await mergeFacet(counting, { name, size }, facet, view);
  }
  const distinct: Partial<Record<DistinctName, number>> = { ...result.distinct };
  for (const name of request.distinct ?? []) {
    const raw = distinct[name];
    if (raw !== undefined && isNamed(name)) distinct[name] = await distinctOnce(counting, name, raw, view);
  }
  const merged = await Promise.all(
    (result.tables ?? []).map((raw, i) => {
      const table = request.tables?.[i];
      if (table === undefined || !(isNamed(table.rows) || isNamed(table.columns))) return raw;
      return mergeTable(counting, table, raw, {
        groupOf: (name, value) => (isNamed(name) ? view.of.get(value) : undefined),
        facet: async (name, size) => {
          if (!isNamed(name)) return undefined;
          const found = await counting.facet([], name, size + view.of.size);
          return mergeFacet(counting, { name, size }, found, view);
        },
      });
    }),
  );
  return {
    ...result,
    facets,
    ...(result.tables === undefined ? {} : { tables: merged }),
    ...(result.distinct === undefined ? {} : { distinct }),
  };
}
