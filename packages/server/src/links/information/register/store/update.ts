import { crc32 } from 'node:zlib';
import type { FactsReader } from '@quanlian/engine';
import {
  DUE_LINKS,
  DUE_RIGHT,
  isHeld,
  LinkReader,
  NONE,
  postings,
  type RegisterTables,
  setDue,
  type Told,
} from './tables.js';

/** A group whose segment is gone, or that is gone from it, until it is found elsewhere. */
const LOST = -2;
const TELL_EVERY = 2000;

/** How far work has come, and whether it is to end. */
export interface Watch {
  seen(done: number): void;
  stopped(): boolean;
}

/** Numbers of the pool, of which a load touches few or all: a byte each is quicker than a set. */
interface Marks {
  readonly size: number;
  add(number: number): void;
  has(number: number): boolean;
}

function createMarks(): Marks {
  let marks = new Uint8Array(1024);
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(number) {
      if (number >= marks.length) {
        const grown = new Uint8Array(Math.max(number + 1, marks.length * 2));
        grown.set(marks);
        marks = grown;
      }
      if (marks[number] === 0) size++;
      marks[number] = 1;
    },
    has: (number) => marks[number] === 1,
  };
}

/** Rows of groups by the number of their key. */
function groupRows({ groups, pool }: RegisterTables): {
  find(key: number): number;
  add(key: number, row: number): void;
} {
  let rows = new Int32Array(pool.size + 1024).fill(NONE);
  for (let row = 0; row < groups.key.length; row++) rows[groups.key.at(row)] = row;
  return {
    find: (key) => rows[key] ?? NONE,
    add(key, row) {
      if (key >= rows.length) {
        const grown = new Int32Array(key * 2).fill(NONE);
        grown.set(rows);
        rows = grown;
      }
      rows[key] = row;
    },
  };
}

/** Marks the groups that do not stand where they stood. */
function loseGroups({ groups, segments }: RegisterTables, reader: FactsReader): void {
  const current = new Map(reader.segments.map((segment) => [segment.name, segment]));
  const known = segments.map((name) => current.get(name));
  for (let row = 0; row < groups.key.length; row++) {
    const segment = groups.segment.at(row);
    if (segment >= 0 && known[segment]?.isLive(groups.place.at(row)) !== true) groups.segment.set(row, LOST);
  }
}

/**
 * Brings the tables to the commit of a reader: only groups in segments not seen before are read, and of these only
 * those taken in anew whose facts are others than before, however segments were merged meanwhile. False when stopped;
 * the tables must then be thrown away.
 */
export function updateTables(tables: RegisterTables, reader: FactsReader, { seen, stopped }: Watch): boolean {
  const { groups, documents } = tables;
  loseGroups(tables, reader);
  const rows = groupRows(tables);
  const ofGroup = postings(groups.key.length, (tell) => {
    for (let row = 0; row < documents.id.length; row++) if (isHeld(tables, row)) tell(documents.group.at(row), row);
  });
  const rights = createMarks();
  const sets = createMarks();
  let done = 0;

  /** Takes the documents of a group out of the tables; gives what the corpus was told of each by its id. */
  function drop(group: number): Map<number, { row: number } & Told> {
    const told = new Map<number, { row: number } & Told>();
    for (let i = ofGroup.starts[group] ?? 0; i < (ofGroup.starts[group + 1] ?? 0); i++) {
      const row = ofGroup.rows[i] as number;
      told.set(documents.id.at(row), { row, family: documents.family.at(row), cited: documents.cited.at(row) });
      rights.add(documents.right.at(row));
      sets.add(documents.set.at(row));
      documents.group.set(row, NONE);
      // What it cited is counted without it.
      setDue(tables, row, DUE_LINKS, true);
      tables.dead++;
    }
    return told;
  }

  const reading = new LinkReader(tables);

  function replace(group: number, isNew: boolean): void {
    const told = isNew ? undefined : drop(group);
    for (let left = reading.lines(); left > 0; left--) {
      const row = reading.add(group, (id) => told?.get(id));
      rights.add(documents.right.at(row));
      sets.add(documents.set.at(row));
      const old = told?.get(documents.id.at(row));
      // The new row answers for what the corpus was told; the old one has nothing to take back.
      if (old !== undefined) documents.family.set(old.row, NONE);
    }
  }

  function take(segment: number, place: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    reading.open(bytes);
    const key = reading.key();
    const sum = crc32(bytes) | 0;
    const row = rows.find(key);
    if (row === NONE) {
      const added = groups.key.push(key);
      groups.segment.push(segment);
      groups.place.push(place);
      groups.sum.push(sum);
      groups.size.push(bytes.length);
      rows.add(key, added);
      replace(added, true);
      return;
    }
    const isSame =
      groups.segment.at(row) === LOST && groups.sum.at(row) === sum && groups.size.at(row) === bytes.length;
    groups.segment.set(row, segment);
    groups.place.set(row, place);
    if (isSame) return;
    groups.sum.set(row, sum);
    groups.size.set(row, bytes.length);
    replace(row, false);
  }

  const seenBefore = new Set(tables.segments);
  for (const segment of reader.segments) {
    if (seenBefore.has(segment.name)) continue;
    const number = tables.segments.push(segment.name) - 1;
    for (const { group, bytes } of segment.walk(segment.isLive)) {
      take(number, group, bytes);
      done++;
      if (done % TELL_EVERY !== 0) continue;
      if (stopped()) return false;
      seen(done);
    }
  }
  for (let row = 0; row < groups.key.length; row++) {
    if (groups.segment.at(row) !== LOST) continue;
    drop(row);
    groups.segment.set(row, NONE);
  }
  const current = new Set(reader.segments.map(({ name }) => name));
  tables.segments = tables.segments.map((name) => (current.has(name) ? name : ''));
  tables.sequence = reader.sequence;
  markDue(tables, rights, sets);
  return true;
}

/** All publications of a right are derived again together, and all of a set of priorities get their family again. */
function markDue(tables: RegisterTables, rights: Marks, sets: Marks): void {
  const { documents } = tables;
  if (rights.size === 0) return;
  for (let row = 0; row < documents.id.length; row++) {
    if (!isHeld(tables, row)) continue;
    if (rights.has(documents.right.at(row))) setDue(tables, row, DUE_RIGHT, true);
    if (sets.has(documents.set.at(row))) setDue(tables, row, DUE_LINKS, true);
  }
}

/** Everything is derived again: what status hangs on has changed. */
export function markAllDue(tables: RegisterTables): void {
  for (let row = 0; row < tables.documents.id.length; row++)
    if (isHeld(tables, row)) setDue(tables, row, DUE_RIGHT, true);
}
