import { WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import type { Bits } from '../storage/bits.js';

/**
 * What each document of a window may reach at most, in whole units of 16 bits, two documents to a number: `even` holds
 * the first and third of every four documents, `odd` the second and fourth. So one multiplication weighs two documents
 * of a term, and most documents of a window are known not to be among the best before any is scored.
 */
export interface Lanes {
  readonly even: Int32Array;
  readonly odd: Int32Array;
}

/** Numbers of four documents in a window. */
const FOURS = 1 << (WINDOW_SHIFT - 2);
const LOW = 0xffff;
const BYTES = 0x00ff00ff;
const BOTH = 0x00010001;

/** The most that two lanes may hold, less what rounding up may add for so many sources. */
export const unitsFor = (sources: number): number => LOW - 256 * sources;

export const makeLanes = (): Lanes => ({ even: new Int32Array(FOURS), odd: new Int32Array(FOURS) });

/** Adds `weight` for every step of each document of a window; four documents stand in one number of `impacts`. */
export function addWeighed({ even, odd }: Lanes, impacts: Int32Array, window: number, weight: number): void {
  const first = window * FOURS;
  for (let i = 0; i < FOURS; i++) {
    const four = impacts[first + i];
    even[i] += Math.imul(four & BYTES, weight);
    odd[i] += Math.imul((four >>> 8) & BYTES, weight);
  }
}

/** Adds to one document, by its place in the window. */
export function addTo({ even, odd }: Lanes, place: number, units: number): void {
  const lanes = (place & 1) === 0 ? even : odd;
  lanes[place >>> 2] += (place & 2) === 0 ? units : units << 16;
}

/** Adds to every document. */
export function addEvenly({ even, odd }: Lanes, units: number): void {
  for (let i = 0; i < FOURS; i++) {
    even[i] += Math.imul(units, BOTH);
    odd[i] += Math.imul(units, BOTH);
  }
}

/** Of the wanted documents of a window those that reach `least`; clears the lanes. False when there are none. */
export function takeReaching({ even, odd }: Lanes, window: number, least: number, wanted: Bits, into: Bits): boolean {
  const first = window * WINDOW_WORDS;
  const words = Math.min(WINDOW_WORDS, wanted.length - first);
  let any = 0;
  for (let word = 0; word < words; word++) {
    let reaching = 0;
    for (let i = 0; i < 8; i++) {
      const [a, b] = [even[word * 8 + i], odd[word * 8 + i]];
      let four = 0;
      if ((a & LOW) >= least) four = 1;
      if ((b & LOW) >= least) four |= 2;
      if (a >>> 16 >= least) four |= 4;
      if (b >>> 16 >= least) four |= 8;
      reaching |= four << (4 * i);
    }
    const own = wanted[first + word] & reaching;
    into[first + word] = own;
    any |= own;
  }
  even.fill(0);
  odd.fill(0);
  return any !== 0;
}
