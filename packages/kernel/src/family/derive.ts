import type { FamilyFacts } from './families.js';
import { familyKeys, setName } from './families.js';

/** Names of simple families for a whole corpus at once, in the order the facts were given. */
export interface DerivedFamilies {
  add(facts: FamilyFacts): void;
  /** For each document taken in the name of its simple family, as `createFamilies` gives it. */
  names(): Iterable<readonly [id: string, family: string]>;
}

/**
 * The simple families of millions of documents in one pass: what `createFamilies` says of each, without the indexes
 * that make its answers follow single changes.
 */
export function deriveFamilies(): DerivedFamilies {
  const ids: string[] = [];
  const sets: number[] = [];
  const numbers: (string | undefined)[] = [];
  const setNumbers = new Map<string, number>();
  const setTexts: string[] = [];
  /** For each set the one family number its documents bear; null when they bear several. */
  const numberOfSet: (string | null | undefined)[] = [];

  return {
    add(facts) {
      const text = familyKeys(facts).join('\n');
      let set = setNumbers.get(text);
      if (set === undefined) {
        set = setTexts.length;
        setNumbers.set(text, set);
        setTexts.push(text);
        numberOfSet.push(undefined);
      }
      ids.push(facts.id);
      sets.push(set);
      numbers.push(facts.familyId);
      if (facts.familyId === undefined) return;
      const before = numberOfSet[set];
      if (before === undefined) numberOfSet[set] = facts.familyId;
      else if (before !== facts.familyId) numberOfSet[set] = null;
    },
    *names() {
      for (const [at, id] of ids.entries()) {
        const set = sets[at] as number;
        yield [id, numbers[at] ?? numberOfSet[set] ?? setName(setTexts[set] as string)];
      }
    },
  };
}
