import type { QueryNode } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandSynonyms, indexSynonyms } from './expand.js';
import { readSynonyms, writeSynonyms } from './read.js';

const term = (text: string, field = 'text'): QueryNode => ({ op: 'term', field, text });

describe('a set of synonyms', () => {
  it('is read line by line, and what is wrong is told by line', () => {
    const text = '# cells\nbattery = accumulator = 电池\n\nLIB => lithium ion battery\nalone\nx = — \na = A\n';
    const { set, faults } = readSynonyms('cells', text);
    expect(set.groups).toEqual([
      { terms: ['battery', 'accumulator', '电池'] },
      { terms: ['LIB', 'lithium ion battery'], oneWay: true },
    ]);
    expect(faults.map(({ line }) => line)).toEqual([5, 6, 7]);
  });

  it('is written as it is read', () => {
    const word = fc.constantFrom('battery', '电池', 'cell stack', 'anode', '電極', 'LED');
    const group = fc.record({
      terms: fc.uniqueArray(word, { minLength: 2, maxLength: 4 }),
      oneWay: fc.option(fc.constant(true), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(group), (groups) => {
        const clean = groups.map(({ terms, oneWay }) => ({ terms, ...(oneWay ? { oneWay } : {}) }));
        const { set, faults } = readSynonyms('s', writeSynonyms({ name: 's', groups: clean }));
        expect(faults).toEqual([]);
        expect(set.groups).toEqual(clean);
      }),
    );
  });
});

describe('widening a query', () => {
  const index = indexSynonyms([
    { name: 'a', groups: [{ terms: ['battery', '電池'] }, { terms: ['LIB', 'lithium ion battery'], oneWay: true }] },
    { name: 'b', groups: [{ terms: ['Battery', 'accumulator'] }] },
  ]);

  it('takes the terms of every group the text stands in, whatever its writing', () => {
    expect(expandSynonyms(term('BATTERY'), index)).toEqual({
      op: 'or',
      clauses: [
        term('BATTERY'),
        { op: 'phrase', field: 'text', text: '電池', synonymOf: 'BATTERY' },
        { op: 'phrase', field: 'text', text: 'accumulator', synonymOf: 'BATTERY' },
      ],
    });
    expect(expandSynonyms(term('电池', 'title'), index)).toMatchObject({ clauses: [{}, { text: 'battery' }] });
  });

  it('goes one way where the group does, and into every combination', () => {
    expect(expandSynonyms(term('lithium ion battery'), index)).toEqual(term('lithium ion battery'));
    const query: QueryNode = { op: 'and', clauses: [{ op: 'not', clause: term('lib') }, term('anode')] };
    expect(expandSynonyms(query, index)).toMatchObject({ clauses: [{ clause: { op: 'or' } }, term('anode')] });
  });

  it('leaves exact forms and fields without words alone', () => {
    const exact: QueryNode = { op: 'term', field: 'text', text: 'battery', exact: true };
    expect(expandSynonyms(exact, index)).toEqual(exact);
    expect(expandSynonyms(term('battery', 'office'), index)).toEqual(term('battery', 'office'));
  });
});
