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
      { op: 'pattern', field: 'text', parts: [{ min: 0 }, 'a'] },
      { op: 'near', field: 'text', texts: ['a', 'b'], distance: 3 },
      { op: 'proximity', unit: 'sentence', clauses: [{ op: 'term', field: 'text', text: 'a' }] },
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

  it('of more letters left open, fields, neighbours or symbols is higher', () => {
    const term: QueryNode = { op: 'term', field: 'title', text: 'a' };
    const rising: [QueryNode, QueryNode][] = [
      [term, { ...term, fields: ['abstract', 'claims'] }],
      [
        { op: 'pattern', field: 'text', parts: ['a', { min: 0 }] },
        { op: 'pattern', field: 'text', parts: [{ min: 0 }, 'a', { min: 0 }] },
      ],
      [
        { op: 'and', clauses: [term, term] },
        { op: 'proximity', unit: 'word', clauses: [term, term] },
      ],
      [
        { op: 'class', field: 'ipc', symbol: 'H01M', below: true },
        { op: 'class', field: 'ipc', symbol: 'H01M', below: true, symbols: Array.from({ length: 900 }, String) },
      ],
      [
        { op: 'xor', clauses: [term] },
        { op: 'xor', clauses: [term, term] },
      ],
    ];
    for (const [less, more] of rising) expect([less.op, costOf(more) > costOf(less)]).toEqual([less.op, true]);
  });
});
