import { describe, expect, it } from 'vitest';
import { combined, type HistoryEntry, neededSets, withEntry, withSets } from './sets.js';

const AT = '2026-03-02T01:00:00.000Z';
const entry = (name: string, text: string): HistoryEntry => ({ name, text, syntax: 'simple', total: 1, at: AT });

describe('the history', () => {
  it('names new queries on, and keeps one that was run before', () => {
    const one = withEntry([], { text: 'a', syntax: 'simple' }, 5, AT);
    const two = withEntry(one, { text: 'a', syntax: 'command' }, 6, AT);
    expect(two.map(({ name }) => name)).toEqual(['S1', 'S2']);
    const again = withEntry(two, { text: 'a', syntax: 'simple' }, 7, AT);
    expect(again.map(({ name, total }) => [name, total])).toEqual([
      ['S1', 7],
      ['S2', 6],
    ]);
    expect(withEntry([entry('S9', 'x')], { text: 'y', syntax: 'simple' }, 0, AT).at(-1)?.name).toBe('S10');
  });

  it('sends the sets a query stands on and no others', () => {
    const history = [entry('S1', 'a'), entry('S2', 'b'), entry('S3', 'S1 OR @set(S1)'), entry('S4', '@set(S3) c')];
    expect(neededSets('S4', 'simple', history).map(({ name }) => name)).toEqual(['S4', 'S3', 'S1']);
    expect(neededSets('L2 AND S4', 'cql', history).map(({ name }) => name)).toEqual(['S2', 'S4', 'S3', 'S1']);
    expect(neededSets('S1 battery', 'simple', history)).toEqual([]);
  });

  it('ends for sets that stand on each other', () => {
    expect(neededSets('S1', 'simple', [entry('S1', 'S2'), entry('S2', 'S1')])).toHaveLength(2);
  });

  it('takes in the sets of a saved query without renaming what is there', () => {
    const sets = [
      { name: 'S1', text: 'other', syntax: 'simple' as const },
      { name: 'S3', text: 'c', syntax: 'simple' as const },
    ];
    expect(withSets([entry('S1', 'a'), entry('S5', 'e')], sets, AT).map(({ name, text }) => [name, text])).toEqual([
      ['S1', 'a'],
      ['S3', 'c'],
      ['S5', 'e'],
    ]);
  });

  it('writes combinations', () => {
    expect(combined(['S1', 'S3'], 'NOT')).toBe('S1 NOT S3');
  });
});
