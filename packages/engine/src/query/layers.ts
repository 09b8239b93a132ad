import type { ValueColumn } from '../segment/columns.js';
import { type Bits, countWord, emptyBits, setBit } from '../storage/bits.js';

/** Rows of numbers of values by document: those of a document from `starts[doc]` on and before the next. */
export type ValueRows = Pick<ValueColumn, 'starts' | 'ordinals'>;

/**
 * Room needed after the last count: a row without a value at some place counts there, which is quicker than asking
 * whether it has one. They are several, as adding to one number again and again waits for itself.
 */
export const SPARE_COUNTS = 16;

/**
 * The first value of each row, or the first two as the halves of one number, so that counting a row is the same few
 * steps for each: what the processor foretells wrongly is what takes long. Rows with more go on in the layer below.
 */
export interface Layer {
  readonly pairs: boolean;
  readonly numbers: Uint16Array | Uint32Array;
  readonly below: Below | undefined;
}

/** Which rows of a layer go on below, by word how many of them stand before it, and their further values. */
interface Below {
  readonly members: Bits;
  readonly before: Uint32Array;
  readonly layer: Layer;
}

/** Two values stand together where taking one leaves more than one row in so many to the layer below. */
const LEFT_ONE_IN = 32;
const LARGEST_HALF = 0xffff;

/** How many of the rows have more than so many values. */
function countLonger(rows: Uint32Array, starts: Uint32Array, than: number): number {
  let longer = 0;
  for (let i = 0; i < rows.length; i++) if (starts[rows[i] + 1] - starts[rows[i]] > than) longer++;
  return longer;
}

/** The layer of the values of some rows from their place `from` on; `size` is the number after the last. */
function layerOf(size: number, rows: Uint32Array, from: number, column: ValueRows): Layer {
  const { starts, ordinals } = column;
  const halves = size + SPARE_COUNTS - 1 <= LARGEST_HALF;
  const pairs = halves && countLonger(rows, starts, from + 1) * LEFT_ONE_IN > rows.length;
  const numbers = halves && !pairs ? new Uint16Array(rows.length) : new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const at = starts[rows[i]] + from;
    const end = starts[rows[i] + 1];
    const spare = size + (i % SPARE_COUNTS);
    const first = at < end ? ordinals[at] : spare;
    numbers[i] = pairs ? first | ((at + 1 < end ? ordinals[at + 1] : spare) << 16) : first;
  }
  return { pairs, numbers, below: belowOf(size, rows, from + (pairs ? 2 : 1), column) };
}

function belowOf(size: number, rows: Uint32Array, from: number, column: ValueRows): Below | undefined {
  const { starts } = column;
  const longer = countLonger(rows, starts, from);
  if (longer === 0) return undefined;
  const members = emptyBits(rows.length);
  const goingOn = new Uint32Array(longer);
  for (let i = 0, n = 0; i < rows.length; i++) {
    if (starts[rows[i] + 1] - starts[rows[i]] <= from) continue;
    setBit(members, i);
    goingOn[n++] = rows[i];
  }
  const before = new Uint32Array(members.length);
  for (let word = 1; word < members.length; word++) before[word] = before[word - 1] + countWord(members[word - 1]);
  return { members, before, layer: layerOf(size, goingOn, from, column) };
}

/** Cuts the rows of all documents into layers. */
export function makeLayers(docs: number, size: number, column: ValueRows): Layer {
  return layerOf(
    size,
    new Uint32Array(docs).map((_, doc) => doc),
    0,
    column,
  );
}

const BYTES_OF_VIEWS = 600;

/** The bytes that layers hold. */
export function bytesOfLayers({ numbers, below }: Layer): number {
  const own = numbers.byteLength + BYTES_OF_VIEWS;
  if (below === undefined) return own;
  return own + below.members.byteLength + below.before.byteLength + bytesOfLayers(below.layer);
}

/** Words of a set whose members are listed at a time: few enough for the list to stay near the processor. */
const WORDS_LISTED = 128;
/** Listing a word writes up to so many numbers too many. */
const WRITTEN_BEYOND = 4;

const list = new Uint32Array(WORDS_LISTED * 32 + WRITTEN_BEYOND);

/** Lists the members of some words; takes one of each word without asking, which fits sets of few. */
function listFew(bits: Bits, from: number, to: number): number {
  let listed = 0;
  for (let word = from; word < to; word++) {
    let left = bits[word];
    const last = (word << 5) + 31;
    list[listed] = last - Math.clz32(left & -left);
    listed += (left | -left) >>> 31;
    for (left &= left - 1; left !== 0; left &= left - 1) list[listed++] = last - Math.clz32(left & -left);
  }
  return listed;
}

/**
 * As `listFew`, four at a time: one by one, where a word ends is foretold wrongly nearly every time. What is written
 * beyond the members of a word the next one writes over.
 */
function listMany(bits: Bits, from: number, to: number): number {
  let listed = 0;
  for (let word = from; word < to; word++) {
    let left = bits[word];
    const last = (word << 5) + 31;
    let at = listed;
    listed += countWord(left);
    for (;;) {
      list[at] = last - Math.clz32(left & -left);
      left &= left - 1;
      list[at + 1] = last - Math.clz32(left & -left);
      left &= left - 1;
      list[at + 2] = last - Math.clz32(left & -left);
      left &= left - 1;
      list[at + 3] = last - Math.clz32(left & -left);
      left &= left - 1;
      if (left === 0) break;
      at += 4;
    }
  }
  return listed;
}

/** Keeps the listed rows that go on below; returns how many. */
function keepMembers(listed: number, members: Bits): number {
  let kept = 0;
  for (let i = 0; i < listed; i++) {
    const row = list[i];
    list[kept] = row;
    kept += (members[row >>> 5] >>> (row & 31)) & 1;
  }
  return kept;
}

/** Lists rows that go on below by their place there. */
function listBelow(kept: number, { members, before }: Below): void {
  for (let i = 0; i < kept; i++) {
    const row = list[i];
    const word = row >>> 5;
    list[i] = before[word] + countWord(members[word] & ((1 << (row & 31)) - 1));
  }
}

function countSingles(listed: number, numbers: Layer['numbers'], counts: Uint32Array): void {
  for (let i = 0; i < listed; i++) counts[numbers[list[i]]]++;
}

function countPairs(listed: number, numbers: Layer['numbers'], counts: Uint32Array): void {
  for (let i = 0; i < listed; i++) {
    const pair = numbers[list[i]];
    counts[pair & LARGEST_HALF]++;
    counts[pair >>> 16]++;
  }
}

/** `countPairs` and `keepMembers` in one: the commonest case, and quicker than both. */
function countPairsOn(listed: number, numbers: Layer['numbers'], counts: Uint32Array, members: Bits): number {
  let kept = 0;
  for (let i = 0; i < listed; i++) {
    const row = list[i];
    const pair = numbers[row];
    counts[pair & LARGEST_HALF]++;
    counts[pair >>> 16]++;
    list[kept] = row;
    kept += (members[row >>> 5] >>> (row & 31)) & 1;
  }
  return kept;
}

function placeSingles(listed: number, numbers: Layer['numbers'], counts: Uint32Array, places: Uint32Array): void {
  for (let i = 0; i < listed; i++) counts[places[numbers[list[i]]]]++;
}

function placePairs(listed: number, numbers: Layer['numbers'], counts: Uint32Array, places: Uint32Array): void {
  for (let i = 0; i < listed; i++) {
    const pair = numbers[list[i]];
    counts[places[pair & LARGEST_HALF]]++;
    counts[places[pair >>> 16]]++;
  }
}

/** Counts the listed rows of a layer; returns how many go on below. */
function countLayer(
  listed: number,
  { pairs, numbers, below }: Layer,
  counts: Uint32Array,
  places: Uint32Array | undefined,
): number {
  if (places === undefined) {
    if (pairs && below) return countPairsOn(listed, numbers, counts, below.members);
    (pairs ? countPairs : countSingles)(listed, numbers, counts);
  } else (pairs ? placePairs : placeSingles)(listed, numbers, counts, places);
  return below === undefined ? 0 : keepMembers(listed, below.members);
}

function countListed(members: number, top: Layer, counts: Uint32Array, places: Uint32Array | undefined): void {
  let listed = members;
  for (let layer = top; ; ) {
    listed = countLayer(listed, layer, counts, places);
    if (layer.below === undefined || listed === 0) return;
    listBelow(listed, layer.below);
    layer = layer.below.layer;
  }
}

/**
 * Adds how many of the `hits` documents of a set have each value, by number or by the place of the number; there must
 * be room for `SPARE_COUNTS` after the last.
 */
export function countLayers(bits: Bits, hits: number, top: Layer, counts: Uint32Array, places?: Uint32Array): void {
  const listWords = hits < bits.length ? listFew : listMany;
  for (let from = 0; from < bits.length; from += WORDS_LISTED) {
    const listed = listWords(bits, from, Math.min(from + WORDS_LISTED, bits.length));
    if (listed > 0) countListed(listed, top, counts, places);
  }
}
