import type { Snapshot } from '../corpus/snapshot.js';
import { type Bits, emptySets } from '../storage/bits.js';

/** Gives out sets, one for each segment, that a query makes on its way. Whatever stands in them does not matter. */
export interface Room {
  sets(): readonly Bits[];
}

/** So many are kept from query to query. */
const KEPT = 4;

const bytesOf = (sets: readonly Bits[]): number => sets.reduce((sum, { byteLength }) => sum + byteLength + 100, 0);

/**
 * Room for a query that is done with before the next one of the snapshot begins: its sets are kept, as long as there is
 * room for them in the cache, and given to the next query. To get them anew takes longer than to join two.
 */
export function keptRoom({ segments, kept }: Snapshot): Room {
  let given = 0;
  const make = (): readonly Bits[] => emptySets(segments.map(({ segment }) => segment.docs));
  return { sets: () => (given < KEPT ? kept.get(`room ${given++}`, make, bytesOf) : make()) };
}

/** Room for a query whose hits are held on to. */
export const freshRoom = ({ segments }: Snapshot): Room => ({
  sets: () => emptySets(segments.map(({ segment }) => segment.docs)),
});
