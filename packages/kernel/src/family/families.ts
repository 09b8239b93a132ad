/**
 * What a document tells of its family. Numbers are keys of applications in one form (office and number), so that
 * the same application is the same text wherever it is named.
 */
export interface FamilyFacts {
  readonly id: string;
  /** The family as the source of the document names it (DOCDB family number). */
  readonly familyId?: string | undefined;
  readonly application?: string | undefined;
  /** Applications whose priority is claimed. */
  readonly priorities: readonly string[];
  /** Applications it divides, continues or adds to. */
  readonly related: readonly string[];
}

/** The families of a set of documents; changes name the documents whose family is another than before. */
export interface Families {
  /** Takes a document in, or what it says now in the place of what it said. */
  put(facts: FamilyFacts): void;
  remove(id: string): void;
  /** The name of the simple family: the source's number, else made of the priorities. */
  simple(id: string): string | undefined;
  /** The name of the extended family: the smallest key of an application in it. */
  extended(id: string): string | undefined;
  simpleMembers(name: string): string[];
  extendedMembers(name: string): string[];
  /** Documents whose simple or extended family changed since this was last asked, in no order. */
  takeChanged(): string[];
  readonly size: number;
}

/** The keys that make a simple family: the priorities claimed, or the own application when none is. */
export function familyKeys({ id, application, priorities }: FamilyFacts): string[] {
  if (priorities.length > 0) return [...new Set(priorities)].sort();
  return [application ?? `=${id}`];
}

/** Every application that a document ties to its extended family. */
function extendedKeys(facts: FamilyFacts): string[] {
  const { id, application, priorities, related } = facts;
  return [...new Set([application ?? `=${id}`, ...priorities, ...related])];
}

interface Held {
  readonly set: string;
  readonly familyId: string | undefined;
  readonly keys: readonly string[];
}

const into = (map: Map<string, Set<string>>, key: string, id: string): void => {
  const members = map.get(key);
  if (members) members.add(id);
  else map.set(key, new Set([id]));
};

const outOf = (map: Map<string, Set<string>>, key: string, id: string): void => {
  const members = map.get(key);
  members?.delete(id);
  if (members?.size === 0) map.delete(key);
};

/** A name for a set of priorities: the priority itself, or the first with how many more and a mark of which. */
export function setName(set: string): string {
  const keys = set.split('\n');
  if (keys.length === 1) return keys[0] as string;
  let hash = 0x811c9dc5;
  for (let i = 0; i < set.length; i++) hash = Math.imul(hash ^ set.charCodeAt(i), 0x01000193) >>> 0;
  return `${keys[0]}+${keys.length - 1}~${hash.toString(36)}`;
}

/**
 * Families kept up to date document by document. **Simple**: the same family number of the source; a document without
 * one belongs to those with exactly the same set of priorities (its own application standing for none). **Extended**:
 * whatever is tied, directly or through others, by an application: own, claimed as priority, divided or continued.
 */
export function createFamilies(): Families {
  const held = new Map<string, Held>();
  const bySet = new Map<string, Set<string>>();
  const byNumber = new Map<string, Set<string>>();
  const byKey = new Map<string, Set<string>>();
  const setsByName = new Map<string, Set<string>>();
  const extendedOf = new Map<string, string>();
  const membersOf = new Map<string, Set<string>>();
  const changed = new Set<string>();
  const loose = new Set<string>();

  /** The one family number that the documents of a set bear; undefined when none or several do. */
  function numberOfSet(set: string): string | undefined {
    let found: string | undefined;
    for (const id of bySet.get(set) ?? []) {
      const number = held.get(id)?.familyId;
      if (number === undefined || number === found) continue;
      if (found !== undefined) return undefined;
      found = number;
    }
    return found;
  }

  function simple(id: string): string | undefined {
    const facts = held.get(id);
    return facts && (facts.familyId ?? numberOfSet(facts.set) ?? setName(facts.set));
  }

  const touchSet = (set: string): void => {
    for (const id of bySet.get(set) ?? []) changed.add(id);
  };

  function drop(id: string): void {
    const facts = held.get(id);
    if (!facts) return;
    touchSet(facts.set);
    const family = extendedOf.get(id);
    // Without this document the family may fall apart: all who were tied through it are tied anew.
    for (const member of family === undefined ? [] : (membersOf.get(family) ?? [])) loose.add(member);
    held.delete(id);
    outOf(bySet, facts.set, id);
    if (!bySet.has(facts.set)) outOf(setsByName, setName(facts.set), facts.set);
    if (facts.familyId !== undefined) outOf(byNumber, facts.familyId, id);
    for (const key of facts.keys) outOf(byKey, key, id);
    if (family !== undefined) outOf(membersOf, family, id);
    extendedOf.delete(id);
    loose.delete(id);
    changed.add(id);
  }

  function put(facts: FamilyFacts): void {
    const set = familyKeys(facts).join('\n');
    const keys = extendedKeys(facts);
    const before = held.get(facts.id);
    if (before && before.set === set && before.familyId === facts.familyId && sameKeys(before.keys, keys)) return;
    drop(facts.id);
    held.set(facts.id, { set, familyId: facts.familyId, keys });
    into(bySet, set, facts.id);
    into(setsByName, setName(set), set);
    if (facts.familyId !== undefined) into(byNumber, facts.familyId, facts.id);
    for (const key of keys) into(byKey, key, facts.id);
    touchSet(set);
    loose.add(facts.id);
  }

  /** Finds all documents tied to one, and names them by the smallest key among them. */
  function gather(start: string): void {
    const members = new Set([start]);
    const keys = new Set<string>();
    let name: string | undefined;
    for (const id of members) {
      for (const key of held.get(id)?.keys ?? []) {
        if (keys.has(key)) continue;
        keys.add(key);
        if (name === undefined || key < name) name = key;
        for (const other of byKey.get(key) ?? []) members.add(other);
      }
    }
    for (const id of members) {
      loose.delete(id);
      const before = extendedOf.get(id);
      if (before === name) continue;
      if (before !== undefined) outOf(membersOf, before, id);
      extendedOf.set(id, name as string);
      changed.add(id);
    }
    membersOf.set(name as string, members);
  }

  const settle = (): void => {
    for (const id of loose) gather(id);
  };

  return {
    put,
    remove: drop,
    simple,
    extended(id) {
      settle();
      return extendedOf.get(id);
    },
    simpleMembers(name) {
      const bySource = [...(byNumber.get(name) ?? [])];
      const sets = new Set(bySource.flatMap((id) => held.get(id)?.set ?? []));
      const joined = [...sets].flatMap((set) => [...(bySet.get(set) ?? [])]);
      const plain = [...(setsByName.get(name) ?? [])].flatMap((set) => [...(bySet.get(set) ?? [])]);
      return [...new Set([...bySource, ...joined, ...plain])].filter((id) => simple(id) === name).sort();
    },
    extendedMembers(name) {
      settle();
      return [...(membersOf.get(name) ?? [])].sort();
    },
    takeChanged() {
      settle();
      const ids = [...changed];
      changed.clear();
      return ids;
    },
    get size() {
      return held.size;
    },
  };
}

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i]);
