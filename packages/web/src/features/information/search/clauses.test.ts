import type { QueryNode } from '@quanlian/contract';
import { expect, it } from 'vitest';
import { requiredClauses } from './clauses.js';

const term = (text: string): QueryNode => ({ op: 'term', field: 'text', text });
const ast: QueryNode = {
  op: 'and',
  clauses: [term('battery'), { op: 'not', clause: term('lead') }, { op: 'or', clauses: [term('a'), term('b')] }],
};
const counted = (...clauses: string[]) => clauses.map((clause, hits) => ({ clause, hits }));

it('keeps the parts that must all hold: no whole, no alternative, no inside of a negation', () => {
  const all = counted('battery -lead (a OR b)', 'battery', '-lead', 'lead', 'a OR b', 'a', 'b');
  expect(requiredClauses(all, ast, []).map(({ clause }) => clause)).toEqual(['battery', '-lead', 'a OR b']);
});

it('counts filters as parts, the values of one facet together', () => {
  const filters = [
    { name: 'office', value: 'EP' },
    { name: 'kind', value: 'A1' },
    { name: 'kind', value: 'A2' },
  ] as const;
  const all = counted(
    'all',
    'battery',
    '@filter(office:EP)',
    'office:EP',
    '@filter(k)',
    'kind:A1 OR kind:A2',
    'x',
    'y',
  );
  expect(requiredClauses(all, term('battery'), filters).map(({ clause }) => clause)).toEqual([
    'battery',
    'office:EP',
    'kind:A1 OR kind:A2',
  ]);
});

it('returns all when the counts do not fit the tree', () => {
  const all = counted('battery', 'lead');
  expect(requiredClauses(all, ast, [])).toBe(all);
});
