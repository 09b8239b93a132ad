import type { Sort } from '@quanlian/contract';
import { NO_DATE } from '../content/dates.js';
import type { Snapshot } from '../corpus/snapshot.js';
import { type Bits, countBits, forEachBit, hasBit } from '../storage/bits.js';
import { firstBefore } from './days.js';
import type { Meter } from './meter.js';
import { type Candidate, compareKeys, Hit } from './order.js';
import type { Scores } from './scoring.js';

/** What a hit takes while those of a segment are put in order of score. */
const BYTES_A_SCORED_HIT = 12;
const BITS_A_WORD = 32;

/** The members from `from` on and before `to`, in ascending order; words without any are passed by at once. */
function* membersOf(bits: Bits, from: number, to: number): Generator<number> {
  for (let at = from; at < to; ) {
    if (at % BITS_A_WORD === 0 && bits[at >>> 5] === 0) at += BITS_A_WORD;
    else {
      if (hasBit(bits, at)) yield at;
      at++;
    }
  }
}

/** The hits of a segment by day from the oldest on, those of a day by id, undated ones last. */
function* oldestFirst(bits: Bits, days: Uint32Array): Generator<number> {
  const undated = firstBefore(days, NO_DATE + 1);
  for (let end = undated; end > 0; ) {
    const start = firstBefore(days, days[end - 1] + 1);
    yield* membersOf(bits, start, end);
    end = start;
  }
  yield* membersOf(bits, undated, days.length);
}

/** The hits of a segment by score. Documents stand newest first and by id, which is the order of hits that tie. */
function bestFirst(bits: Bits, scores: ArrayLike<number>, meter: Meter): Uint32Array {
  const total = countBits(bits);
  meter.take(total * BYTES_A_SCORED_HIT);
  const docs = new Uint32Array(total);
  let count = 0;
  forEachBit(bits, (doc) => {
    docs[count++] = doc;
  });
  return docs.sort((a, b) => scores[b] - scores[a] || a - b);
}

/**
 * Every hit in order, the first at once however many there are: within a segment documents already stand in order, so
 * that only the next hit of each is compared. By score alone the hits of each segment are put in order before.
 */
export function* walkHits(
  snapshot: Snapshot,
  bits: readonly Bits[],
  scores: Scores | undefined,
  sort: Sort,
  meter: Meter,
): Generator<Candidate> {
  const walks = snapshot.segments.map(({ segment }, index) => {
    const days = segment.column('date');
    const own = scores?.all(index);
    const docs = own
      ? bestFirst(bits[index], own, meter).values()
      : sort === 'oldest'
        ? oldestFirst(bits[index], days)
        : membersOf(bits[index], 0, days.length);
    return (): Hit | undefined => {
      const { value, done } = docs.next();
      return done ? undefined : new Hit(snapshot, index, value, own ? own[value] : 0, days[value]);
    };
  });
  const heads = walks.flatMap((next) => {
    const hit = next();
    return hit ? [{ hit, next }] : [];
  });
  while (heads.length > 0) {
    let first = 0;
    for (let i = 1; i < heads.length; i++) if (compareKeys(heads[i].hit, heads[first].hit, sort) < 0) first = i;
    const { hit, next } = heads[first];
    yield hit;
    const following = next();
    if (following) heads[first] = { hit: following, next };
    else heads.splice(first, 1);
  }
}
