import type { PatentDocument } from '@quanlian/contract';
import { type FactsReader, registerDocuments } from '@quanlian/engine';
import { DUE_RIGHT, isDue, isHeld, postings, type RegisterTables } from './tables.js';
import type { Watch } from './update.js';

const TELL_EVERY = 500;

/** A right with all its publications, and their rows. */
export interface DueRight {
  readonly documents: readonly PatentDocument[];
  readonly rows: readonly number[];
}

/**
 * The rights that are due, each when the last of its publications was read. The corpus is read once, in its own order;
 * publications wait for the others of their right. Ends early when stopped.
 */
export function* dueRights(tables: RegisterTables, reader: FactsReader, watch: Watch): Generator<DueRight> {
  const { documents, groups, pool } = tables;
  const left = new Map<number, number>();
  const due = postings(groups.key.length, (tell) => {
    for (let row = 0; row < documents.id.length; row++)
      if (isHeld(tables, row) && isDue(tables, row, DUE_RIGHT)) tell(documents.group.at(row), row);
  });
  for (const row of due.rows) left.set(documents.right.at(row), (left.get(documents.right.at(row)) ?? 0) + 1);
  const numbers = new Map(tables.segments.map((name, number) => [name, number]));
  const waiting = new Map<number, { documents: PatentDocument[]; rows: number[] }>();
  const at = placesOf(tables, due);
  let done = 0;
  let told = 0;
  for (const segment of reader.segments) {
    const places = at.get(numbers.get(segment.name) ?? -1);
    if (places === undefined) continue;
    for (const { group: place, bytes } of segment.walk((group) => places.has(group))) {
      const group = places.get(place) as number;
      const facts = registerDocuments(bytes);
      for (let i = due.starts[group] as number; i < (due.starts[group + 1] as number); i++) {
        const row = due.rows[i] as number;
        const id = pool.text(documents.id.at(row));
        const document = facts.find((one) => one.id === id);
        if (document === undefined) continue;
        const right = documents.right.at(row);
        const held = waiting.get(right) ?? { documents: [], rows: [] };
        held.documents.push(document);
        held.rows.push(row);
        if (held.rows.length < (left.get(right) ?? 0)) {
          waiting.set(right, held);
          continue;
        }
        waiting.delete(right);
        yield held;
        done += held.rows.length;
      }
      if (done < told + TELL_EVERY) continue;
      if (watch.stopped()) return;
      watch.seen(done);
      told = done;
    }
  }
  watch.seen(done);
}

/** For each segment the places that hold a group with documents due, and the row of that group. */
function placesOf(
  { groups }: RegisterTables,
  due: { readonly starts: Int32Array },
): Map<number, ReadonlyMap<number, number>> {
  const at = new Map<number, Map<number, number>>();
  for (let group = 0; group < groups.key.length; group++) {
    if (due.starts[group] === due.starts[group + 1]) continue;
    const segment = groups.segment.at(group);
    const places = at.get(segment) ?? new Map<number, number>();
    at.set(segment, places);
    places.set(groups.place.at(group), group);
  }
  return at;
}

/** How many documents are due. */
export function countDue(tables: RegisterTables): number {
  let count = 0;
  for (let row = 0; row < tables.documents.id.length; row++)
    if (isHeld(tables, row) && isDue(tables, row, DUE_RIGHT)) count++;
  return count;
}
