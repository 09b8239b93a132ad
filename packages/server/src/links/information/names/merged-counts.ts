import type { CountableName, Facet, QueryNode, SearchRequest } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';

/** Values of a facet that are asked for at once; what a facet does not reach is counted by itself. */
const AT_ONCE = 1000;

/** Counts over the hits of a search that fit further clauses, too. */
export interface Counting {
  readonly backend: Pick<SearchBackend, 'search'>;
  total(clauses: readonly QueryNode[]): Promise<number>;
  facet(clauses: readonly QueryNode[], name: CountableName, size: number): Promise<Facet>;
  /** How many hits have each of some values; exact, however many other values there are. */
  of(clauses: readonly QueryNode[], name: CountableName, values: readonly string[]): Promise<number[]>;
}

/** Counts over the hits of a request, with its day, synonyms and tables of classes. */
export function countingOf(backend: Pick<SearchBackend, 'search'>, request: SearchRequest): Counting {
  const { query, sort, asOf, synonyms, groups } = request;
  const ask = (clauses: readonly QueryNode[], facets?: SearchRequest['facets']) =>
    backend.search({
      query:
        clauses.length === 0
          ? query
          : { op: 'and', clauses: [query, ...clauses.map((clause): QueryNode => ({ op: 'filter', clause }))] },
      sort,
      limit: 0,
      ...(facets === undefined ? {} : { facets }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(synonyms === undefined ? {} : { synonyms }),
      ...(groups === undefined ? {} : { groups }),
    });
  const total = async (clauses: readonly QueryNode[]): Promise<number> => (await ask(clauses)).total;
  const facet: Counting['facet'] = async (clauses, name, size) => {
    const { facets } = await ask(clauses, [{ name, size }]);
    return facets[name] ?? { values: [], unknown: 0, distinct: 0 };
  };
  return {
    backend,
    total,
    facet,
    async of(clauses, name, values) {
      const found = await facet(clauses, name, AT_ONCE);
      const counts = new Map(found.values.map(({ value, count }) => [value, count]));
      const isWhole = found.distinct <= found.values.length;
      return Promise.all(
        values.map((value) => {
          const count = counts.get(value);
          return count ?? (isWhole ? 0 : total([...clauses, { op: 'value', field: name, value }]));
        }),
      );
    },
  };
}
