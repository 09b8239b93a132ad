import type { QueryNode } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, createQueryBudget } from './query-budget.js';

const limits = { mostPerQuery: 50, capacity: 100, perSecond: 10 };

describe('the allowance of a client', () => {
  it('is used up, comes back with time, and belongs to one client', () => {
    let now = 0;
    const budget = createQueryBudget(limits, () => now);
    budget.take('a', 50);
    budget.take('a', 50);
    expect(() => budget.take('a', 1)).toThrow(expect.objectContaining({ code: 'request.too_many' }));
    budget.take('b', 50);
    now = 1000;
    budget.take('a', 10);
    expect(() => budget.take('a', 1)).toThrow(/1 s/);
  });

  it('does not cover one query beyond the limit, however long it was saved', () => {
    const budget = createQueryBudget(limits);
    expect(() => budget.take('a', 51)).toThrow(expect.objectContaining({ code: 'query.too_costly' }));
  });
});

describe('the cost of a query', () => {
  it('grows with every clause', () => {
    const leaf = fc.constantFrom<QueryNode>(
      { op: 'term', field: 'text', text: 'a' },
      { op: 'prefix', field: 'text', text: 'a' },
      { op: 'ids', ids: ['a', 'b'] },
    );
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 20 }), leaf, (clauses, more) => {
        const before = costOf({ op: 'and', clauses });
        return (
          costOf({ op: 'and', clauses: [...clauses, more] }) > before &&
          costOf({ op: 'not', clause: more }) > costOf(more)
        );
      }),
    );
  });

  it('is higher for nearness than for the same parts joined', () => {
    const clauses: QueryNode[] = [
      { op: 'term', field: 'text', text: 'a' },
      { op: 'pattern', field: 'text', parts: ['b', { min: 0 }] },
    ];
    const joined = costOf({ op: 'and', clauses });
    expect(costOf({ op: 'xor', clauses })).toBe(joined);
    expect(costOf({ op: 'proximity', unit: 'word', most: 3, clauses })).toBeGreaterThan(joined);
    expect(costOf({ op: 'modified', modifiers: [], clause: { op: 'or', clauses } })).toBe(joined + 1);
  });
});
