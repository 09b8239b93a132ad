import type { CountableName, Facet, NameMerge, QueryNode, SearchRequest, SearchResult } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';

/** Fields and facets whose values are names of owners or persons. */
const NAMED = ['applicant', 'holder', 'inventor'] as const;
type Named = (typeof NAMED)[number];
const isNamed = (name: string): name is Named => (NAMED as readonly string[]).includes(name);

/** Names taken for one, by each of them. */
export interface NamesView {
  readonly groups: readonly { readonly shown: string; readonly names: readonly string[] }[];
  readonly of: ReadonlyMap<string, { readonly shown: string; readonly names: readonly string[] }>;
}

/** The view that merges make; of two that share a name the newer holds. */
export function namesView(merges: readonly Pick<NameMerge, 'names'>[]): NamesView {
  const of = new Map<string, NamesView['groups'][number]>();
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

/** One facet with the names of each group counted as one, exactly: a document with two of them counts once. */
async function mergeFacet(
  backend: Pick<SearchBackend, 'search'>,
  request: SearchRequest,
  name: Named,
  size: number,
  facet: Facet,
  view: NamesView,
): Promise<Facet> {
  let { distinct } = facet;
  const merged: Facet['values'] = [];
  for (const { shown, names } of view.groups) {
    const query: QueryNode = { op: 'and', clauses: [request.query, { op: 'filter', clause: anyOf(name, names) }] };
    const { total, facets } = await backend.search({
      query,
      sort: request.sort,
      limit: 0,
      facets: [{ name, size: 1000 }],
      ...(request.asOf === undefined ? {} : { asOf: request.asOf }),
      ...(request.synonyms === undefined ? {} : { synonyms: request.synonyms }),
    });
    if (total === 0) continue;
    const present = (facets[name]?.values ?? []).filter(({ value }) => names.includes(value)).length;
    merged.push({ value: shown, count: total });
    distinct -= present - 1;
  }
  const others = facet.values.filter(({ value }) => !view.of.has(value));
  const values = [...others, ...merged].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { ...facet, values: values.slice(0, size), distinct };
}

/** Answers a search in the merged view: the same documents, found and counted under the names taken for one. */
export async function searchMerged(
  backend: Pick<SearchBackend, 'search'>,
  request: SearchRequest,
  view: NamesView,
): Promise<SearchResult> {
  const members = view.of.size;
  const query = withMergedNames(request.query, view);
  const asked = { ...request, query };
  const wide = (request.facets ?? []).map(({ name, size = DEFAULT_SIZE }) => ({
    name,
    size: isNamed(name) ? size + members : size,
  }));
  const result = await backend.search({ ...asked, facets: wide });
  const facets: Partial<Record<CountableName, Facet>> = { ...result.facets };
  for (const { name, size = DEFAULT_SIZE } of request.facets ?? []) {
    const facet = facets[name];
    if (facet !== undefined && isNamed(name)) facets[name] = await mergeFacet(backend, asked, name, size, facet, view);
  }
  return { ...result, facets };
}
