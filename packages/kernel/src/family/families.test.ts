import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveFamilies } from './derive.js';
import { createFamilies, type FamilyFacts, familyKeys } from './families.js';

const facts = (id: string, over: Partial<FamilyFacts> = {}): FamilyFacts => ({
  id,
  application: `app-${id}`,
  priorities: [],
  related: [],
  ...over,
});

/** Groups of ids worked out from the definition alone, by comparing every pair until nothing changes. */
function naive(all: readonly FamilyFacts[], tied: (a: FamilyFacts, b: FamilyFacts) => boolean): string[] {
  const group = new Map(all.map(({ id }, i) => [id, i]));
  for (let again = true; again; ) {
    again = false;
    for (const a of all) {
      for (const b of all) {
        const [x, y] = [group.get(a.id) ?? 0, group.get(b.id) ?? 0];
        if (x !== y && tied(a, b)) {
          group.set(a.id, Math.min(x, y)).set(b.id, Math.min(x, y));
          again = true;
        }
      }
    }
  }
  const members = new Map<number, string[]>();
  for (const { id } of all) members.set(group.get(id) ?? 0, [...(members.get(group.get(id) ?? 0) ?? []), id]);
  return [...members.values()].map((ids) => ids.sort().join(' ')).sort();
}

const keysOf = ({ id, application, priorities, related }: FamilyFacts): string[] => [
  application ?? `=${id}`,
  ...priorities,
  ...related,
];

const sameSet = (a: FamilyFacts, b: FamilyFacts): boolean => familyKeys(a).join() === familyKeys(b).join();

function naiveSimple(all: readonly FamilyFacts[]): string[] {
  const numbersOfSet = (one: FamilyFacts): Set<string> =>
    new Set(all.flatMap((other) => (sameSet(one, other) && other.familyId ? [other.familyId] : [])));
  const number = (one: FamilyFacts): string | undefined => {
    const numbers = numbersOfSet(one);
    return one.familyId ?? (numbers.size === 1 ? [...numbers][0] : undefined);
  };
  return naive(all, (a, b) => {
    const [x, y] = [number(a), number(b)];
    return x !== undefined || y !== undefined ? x === y : sameSet(a, b);
  });
}

const grouped = (ids: readonly string[], name: (id: string) => string | undefined): string[] => {
  const members = new Map<string | undefined, string[]>();
  for (const id of ids) members.set(name(id), [...(members.get(name(id)) ?? []), id]);
  return [...members.values()].map((list) => list.sort().join(' ')).sort();
};

const arbitraryFacts = fc.record({
  id: fc.constantFrom(...'abcdefghij'),
  familyId: fc.option(fc.constantFrom('1', '2'), { nil: undefined, freq: 3 }),
  application: fc.option(fc.constantFrom('X1', 'X2', 'X3', 'X4', 'X5', 'X6'), { nil: undefined }),
  priorities: fc.uniqueArray(fc.constantFrom('X1', 'X2', 'P1', 'P2', 'P3'), { maxLength: 2 }),
  related: fc.uniqueArray(fc.constantFrom('X3', 'X4', 'P3'), { maxLength: 1 }),
});

describe('families', () => {
  it('joins a first filing with those that claim it, by the priority', () => {
    const families = createFamilies();
    families.put(facts('NL1', { application: 'NL1010536' }));
    families.put(facts('EP1', { application: 'EP99203729', priorities: ['NL1010536'] }));
    families.put(facts('US1', { application: 'US43639', priorities: ['NL1010536'], related: [] }));
    families.put(facts('US2', { application: 'US50000', related: ['US43639'] }));
    expect(families.simpleMembers('NL1010536')).toEqual(['EP1', 'NL1', 'US1']);
    expect(families.simple('US2')).toBe('US50000');
    expect(families.extendedMembers(families.extended('NL1') ?? '')).toEqual(['EP1', 'NL1', 'US1', 'US2']);
    expect(new Set(families.takeChanged())).toEqual(new Set(['EP1', 'NL1', 'US1', 'US2']));
    families.put(facts('EP2', { application: 'EP99203729', priorities: ['NL1010536'] }));
    expect(families.takeChanged()).toContain('EP2');
    families.remove('EP1');
    families.remove('EP2');
    families.remove('US1');
    expect(families.extendedMembers(families.extended('US2') ?? '')).toEqual(['US2']);
    expect(families.simpleMembers('NL1010536')).toEqual(['NL1']);
  });

  it('takes the number of the source for all with the same priorities, and tells sets with one first priority apart', () => {
    const families = createFamilies();
    families.put(facts('A', { priorities: ['P1', 'P2'] }));
    families.put(facts('B', { priorities: ['P2', 'P1'] }));
    families.put(facts('C', { priorities: ['P1', 'P3'] }));
    expect(families.simple('A')).toBe(families.simple('B'));
    expect(families.simple('A')).not.toBe(families.simple('C'));
    expect(families.simpleMembers(families.simple('A') ?? '')).toEqual(['A', 'B']);
    families.takeChanged();
    families.put(facts('D', { priorities: ['P1', 'P2'], familyId: '19768124' }));
    expect(families.takeChanged().sort()).toEqual(['A', 'B', 'D']);
    expect(families.simpleMembers('19768124')).toEqual(['A', 'B', 'D']);
  });

  it('equals a naive computation after any changes', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: arbitraryFacts },
      { weight: 1, arbitrary: fc.constantFrom(...'abcdefghij') },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const families = createFamilies();
        const now = new Map<string, FamilyFacts>();
        const told = new Map<string, string>();
        const state = (id: string): string => `${families.simple(id)} ${families.extended(id)}`;
        for (const change of steps) {
          if (typeof change === 'string') {
            families.remove(change);
            now.delete(change);
            told.delete(change);
          } else {
            families.put(change);
            now.set(change.id, change);
          }
          const changed = new Set(families.takeChanged());
          for (const id of now.keys()) {
            if (!changed.has(id)) expect(state(id)).toBe(told.get(id));
            told.set(id, state(id));
          }
        }
        const all = [...now.values()];
        const derived = deriveFamilies();
        for (const one of all) derived.add(one);
        expect([...derived.names()]).toEqual(all.map(({ id }) => [id, families.simple(id)]));
        const ids = all.map(({ id }) => id);
        expect(grouped(ids, families.simple)).toEqual(naiveSimple(all));
        const extended = naive(all, (a, b) => keysOf(a).some((key) => keysOf(b).includes(key)));
        expect(grouped(ids, families.extended)).toEqual(extended);
        for (const id of ids) {
          expect(families.simpleMembers(families.simple(id) ?? '')).toContain(id);
          expect(families.extendedMembers(families.extended(id) ?? '')).toContain(id);
        }
      }),
      { numRuns: 400 },
    );
  });
});
