import { type Bits, countBits, countWord, fullBits, removeAll } from '../storage/bits.js';
import type { Shelf } from '../storage/cache.js';
import { bytesOfLayers, countLayers, type Layer, makeLayers, SPARE_COUNTS, type ValueRows } from './layers.js';

/** Rows of one segment made ready for counting. */
interface Ready {
  readonly layers: Layer;
  /** How many documents have each value. */
  readonly totals: Uint32Array;
  readonly without: Bits;
  readonly withoutCount: number;
}

function makeReady(docs: number, size: number, rows: ValueRows): Ready {
  const { starts, ordinals } = rows;
  const totals = new Uint32Array(size);
  for (let i = starts[0]; i < starts[docs]; i++) totals[ordinals[i]]++;
  const without = fullBits(docs);
  for (let doc = 0; doc < docs; doc++) if (starts[doc] < starts[doc + 1]) without[doc >>> 5] &= ~(1 << (doc & 31));
  return { layers: makeLayers(docs, size, rows), totals, without, withoutCount: countBits(without) };
}

const bytesOfReady = ({ layers, totals, without }: Ready): number =>
  bytesOfLayers(layers) + totals.byteLength + without.byteLength;

function countCommon(a: Bits, b: Bits): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += countWord(a[i] & b[i]);
  return count;
}

/**
 * Counts rows of documents of one segment: adds how many of the `hits` documents of a set have each value to `counts`,
 * by number, or by the place of the number where `places` are given. The `SPARE_COUNTS` after the last count nothing; they must be
 * there, as places and as counts. Returns how many documents have no value.
 */
export type RowTally = (bits: Bits, hits: number, counts: Uint32Array, places?: Uint32Array) => number;

/** Counts by number, made once for columns of up to so many values: most have fewer. */
const ownCounts = new Uint32Array(65536);

function cleared(size: number): Uint32Array {
  return size <= ownCounts.length ? ownCounts.subarray(0, size).fill(0) : new Uint32Array(size);
}

/** What all documents have, less what is counted of some. */
function takeFrom(totals: Uint32Array, counts: Uint32Array): void {
  for (let number = 0; number < totals.length; number++) counts[number] = totals[number] - counts[number];
}

/** Adds the first `size` counts, which stand by number, where they belong. */
function addCounts(size: number, own: Uint32Array, counts: Uint32Array, places: Uint32Array | undefined): void {
  if (places === undefined) for (let number = 0; number < size; number++) counts[number] += own[number];
  else for (let number = 0; number < size; number++) counts[places[number]] += own[number];
}

/** Makes the counter of rows of `size` numbers; what it makes of them is kept on `shelf` under `key`. */
export function openRowTally(shelf: Shelf, key: string, size: number, rows: ValueRows): RowTally {
  const docs = rows.starts.length - 1;
  return (bits, hits, counts, places) => {
    if (hits === 0) return 0;
    const { layers, totals, without, withoutCount } = shelf.get(
      `${key}#layers`,
      () => makeReady(docs, size, rows),
      bytesOfReady,
    );
    const unknown = withoutCount === 0 ? 0 : countCommon(without, bits);
    const others = docs - hits;
    // Where hits are nearly as many as values, going over the values once costs less than finding the place of each hit.
    if (hits <= others && (places === undefined || hits * 4 < size * 3)) {
      countLayers(bits, hits, layers, counts, places);
      return unknown;
    }
    const own = cleared(size + SPARE_COUNTS);
    if (hits <= others) countLayers(bits, hits, layers, own);
    else {
      // Of most documents it is quicker to take away what the others have.
      const rest = fullBits(docs);
      removeAll(rest, bits);
      countLayers(rest, others, layers, own);
      takeFrom(totals, own);
    }
    addCounts(size, own, counts, places);
    return unknown;
  };
}
