import { ITEM_END, setName } from '@quanlian/kernel';
import { DUE_LINKS, isDue, isHeld, listAt, NONE, postings, type RegisterTables, setDue } from './tables.js';

const SEVERAL = -2;
const UNIT = ITEM_END.charCodeAt(0);

/**
 * The simple family of every held document as the number of its name: the source's number, else the one number that
 * documents with the same priorities bear, else a name made of the priorities. What `deriveFamilies` says of texts.
 * Worked out for documents whose links are due (which are all of a set of priorities or none); the others have the
 * family that the corpus was told.
 */
export function simpleFamilies(tables: RegisterTables): Int32Array {
  const { documents, pool } = tables;
  const count = documents.id.length;
  const numberOfSet = new Int32Array(pool.size).fill(NONE);
  for (let row = 0; row < count; row++) {
    const source = documents.source.at(row);
    if (source === NONE || !isHeld(tables, row) || !isDue(tables, row, DUE_LINKS)) continue;
    const set = documents.set.at(row);
    const before = numberOfSet[set];
    if (before === NONE) numberOfSet[set] = source;
    else if (before !== source) numberOfSet[set] = SEVERAL;
  }
  const names = new Int32Array(numberOfSet.length).fill(NONE);
  const nameOf = (set: number): number => {
    // A set of one priority is called like it.
    if (!pool.hasByte(set, UNIT)) return set;
    if (names[set] === NONE) names[set] = pool.intern(setName(pool.text(set).replaceAll(ITEM_END, '\n')));
    return names[set] as number;
  };
  const families = new Int32Array(count).fill(NONE);
  for (let row = 0; row < count; row++) {
    if (!isHeld(tables, row)) continue;
    if (!isDue(tables, row, DUE_LINKS)) {
      families[row] = documents.family.at(row);
      continue;
    }
    const source = documents.source.at(row);
    const set = documents.set.at(row);
    const shared = numberOfSet[set] as number;
    families[row] = source !== NONE ? source : shared >= 0 ? shared : nameOf(set);
  }
  return families;
}

/** The extended family of every held document as the number of its name: the smallest key of all that are tied. */
export function extendedFamilies(tables: RegisterTables): Int32Array {
  const { documents, pool } = tables;
  const parents = new Int32Array(pool.size).fill(NONE);
  const rootOf = (key: number): number => {
    let root = key;
    while ((parents[root] as number) >= 0) root = parents[root] as number;
    for (let at = key; at !== root; ) {
      const next = parents[at] as number;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const count = documents.id.length;
  for (let row = 0; row < count; row++) {
    if (!isHeld(tables, row)) continue;
    const keys = listAt(tables, documents.keys.at(row));
    let first = rootOf(keys[0] as number);
    for (let i = 1; i < keys.length; i++) {
      const other = rootOf(keys[i] as number);
      if (other === first) continue;
      // Roots hold how many keys hang on them, as a negative number; the smaller tree goes under the larger.
      const [small, large] = (parents[first] as number) > (parents[other] as number) ? [first, other] : [other, first];
      parents[large] = (parents[large] as number) + (parents[small] as number);
      parents[small] = large;
      first = large;
    }
  }
  const names = new Int32Array(pool.size).fill(NONE);
  for (let row = 0; row < count; row++) {
    if (!isHeld(tables, row)) continue;
    for (const key of listAt(tables, documents.keys.at(row))) {
      const root = rootOf(key);
      const name = names[root] as number;
      if (name === NONE || pool.compare(key, name) < 0) names[root] = key;
    }
  }
  const families = new Int32Array(count).fill(NONE);
  for (let row = 0; row < count; row++) {
    if (isHeld(tables, row))
      families[row] = names[rootOf(listAt(tables, documents.keys.at(row))[0] as number)] as number;
  }
  return families;
}

/** Numbers whose count may be another than the corpus was told: what due documents cite, and their own. */
function recounted(tables: RegisterTables): Uint8Array {
  const { documents, pool } = tables;
  const wanted = new Uint8Array(pool.size);
  for (let row = 0; row < documents.id.length; row++) {
    if (!isDue(tables, row, DUE_LINKS)) continue;
    wanted[documents.number.at(row)] = 1;
    const cites = listAt(tables, documents.cites.at(row));
    for (let i = 0; i < cites.length; i += 2) wanted[cites[i] as number] = 1;
  }
  return wanted;
}

/**
 * For every held document how many simple families cite its office and number. Only numbers that a due document bears
 * or cites are counted; of the others the corpus was told.
 */
export function citedBy(tables: RegisterTables, families: Int32Array): Int32Array {
  const { documents, heap, pool } = tables;
  const count = documents.id.length;
  const wanted = recounted(tables);
  const citing = postings(pool.size, (tell) => {
    for (let row = 0; row < count; row++) {
      if (!isHeld(tables, row)) continue;
      const at = documents.cites.at(row);
      const end = at + heap.at(at);
      for (let i = at + 1; i <= end; i += 2) {
        const cited = heap.at(i);
        if (wanted[cited] === 1) tell(cited, families[row] as number);
      }
    }
  });
  const seenFor = new Int32Array(pool.size).fill(NONE);
  const counts = new Int32Array(pool.size);
  for (let cited = 0; cited < counts.length; cited++) {
    let distinct = 0;
    for (let i = citing.starts[cited] as number; i < (citing.starts[cited + 1] as number); i++) {
      const family = citing.rows[i] as number;
      if (seenFor[family] === cited) continue;
      seenFor[family] = cited;
      distinct++;
    }
    counts[cited] = distinct;
  }
  const found = new Int32Array(count).fill(NONE);
  for (let row = 0; row < count; row++) {
    if (!isHeld(tables, row)) continue;
    const number = documents.number.at(row);
    found[row] = wanted[number] === 1 ? (counts[number] as number) : documents.cited.at(row);
  }
  return found;
}

/** Notes that the corpus was told of all families and counts, so that nothing of them is due. */
export function noteTold(tables: RegisterTables, families: Int32Array, cited: Int32Array): void {
  const { documents } = tables;
  for (let row = 0; row < documents.id.length; row++) {
    documents.family.set(row, families[row] as number);
    documents.cited.set(row, cited[row] as number);
    setDue(tables, row, DUE_LINKS, false);
  }
}
