import { PIECE_SHIFT, type PlacePiece } from '../segment/place-reader.js';
import { type TermList, WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import { type Bits, countWord } from '../storage/bits.js';
import type { PlaceWord } from './place-word.js';

const MARKS = 1 << 13;
const LAST_DIGITS = MARKS - 1;
const MOST_STAMPS = 0xffff;
const IN_PIECE = (1 << PIECE_SHIFT) - 1;

/** Of the last row marked, the last digits of its places, each with the row's stamp: never cleared but when stamps run out. */
const stamps = new Uint16Array(MARKS);
let lastStamp = 0;

function nextStamp(): number {
  if (lastStamp === MOST_STAMPS) {
    stamps.fill(0);
    lastStamp = 0;
  }
  return ++lastStamp;
}

/** True when an ascending row has a place, from `low` on and before `high`. */
function hasPlace(places: Int32Array, low: number, high: number, place: number): boolean {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (places[middle] < place) from = middle + 1;
    else to = middle;
  }
  return from < high && places[from] === place;
}

/** How many places of the longer row stand `apart` after one of the shorter; counts no further than `enough`. */
function countMarked(
  a: Int32Array,
  aFrom: number,
  aTo: number,
  b: Int32Array,
  bFrom: number,
  bTo: number,
  apart: number,
  enough: number,
): number {
  const stamp = nextStamp();
  for (let i = aFrom; i < aTo; i++) stamps[(a[i] + apart) & LAST_DIGITS] = stamp;
  let count = 0;
  for (let j = bFrom; j < bTo; j++) {
    // Other places may have the same last digits.
    if (stamps[b[j] & LAST_DIGITS] !== stamp || !hasPlace(a, aFrom, aTo, b[j] - apart)) continue;
    if (++count === enough) return count;
  }
  return count;
}

/**
 * How many places of row `b` stand `apart` after one of row `a`; counts no further than `enough`. The shorter row is
 * marked in a table and the longer one looked up there: unlike walking along both, no step waits for the one before.
 */
export function countApart(
  a: Int32Array,
  aFrom: number,
  aTo: number,
  b: Int32Array,
  bFrom: number,
  bTo: number,
  apart: number,
  enough: number,
): number {
  return aTo - aFrom > bTo - bFrom
    ? countMarked(b, bFrom, bTo, a, aFrom, aTo, -apart, enough)
    : countMarked(a, aFrom, aTo, b, bFrom, bTo, apart, enough);
}

/** Long lists, whose items are told from their sets. */
export const canSweep = (words: readonly PlaceWord[]): boolean =>
  words.length === 2 && words.every(({ whole }) => whole.bits !== undefined);

const setOf = ({ bits = new Uint32Array(0), ranks = new Uint32Array(0) }: TermList) => ({ bits, ranks });

const NO_PIECE: PlacePiece = { starts: new Uint32Array(0), places: new Int32Array(0) };

/**
 * Goes through the documents of a set, all of which have both words, takes away those without an occurrence and, with
 * `counts`, writes down how many each of the others has. Returns how many are left.
 */
export function sweepPair(
  [first, second]: readonly PlaceWord[],
  apart: number,
  docs: Bits,
  enough: number,
  counts: Uint32Array | undefined,
): number {
  const { bits: aBits, ranks: aRanks } = setOf(first.whole);
  const { bits: bBits, ranks: bRanks } = setOf(second.whole);
  let [aPiece, bPiece] = [NO_PIECE, NO_PIECE];
  let [aNumber, bNumber] = [-1, -1];
  let found = 0;
  // How many documents of each list stand before a word: that of the last one looked at.
  let before = 0;
  let aBefore = 0;
  let bBefore = 0;
  for (let word = 0; word < docs.length; word++) {
    if (docs[word] === 0) continue;
    if (word - before >= WINDOW_WORDS || word === 0) {
      const window = word >>> (WINDOW_SHIFT - 5);
      before = window * WINDOW_WORDS;
      aBefore = aRanks[window];
      bBefore = bRanks[window];
    }
    for (; before < word; before++) {
      aBefore += countWord(aBits[before]);
      bBefore += countWord(bBits[before]);
    }
    const [aHeld, bHeld] = [aBits[word], bBits[word]];
    let kept = 0;
    for (let left = docs[word]; left !== 0; left &= left - 1) {
      const bit = left & -left;
      const aItem = aBefore + countWord(aHeld & (bit - 1));
      const bItem = bBefore + countWord(bHeld & (bit - 1));
      if (aItem >>> PIECE_SHIFT !== aNumber) {
        aNumber = aItem >>> PIECE_SHIFT;
        aPiece = first.source.piece(aNumber);
      }
      if (bItem >>> PIECE_SHIFT !== bNumber) {
        bNumber = bItem >>> PIECE_SHIFT;
        bPiece = second.source.piece(bNumber);
      }
      const { starts: aStarts, places: a } = aPiece;
      const { starts: bStarts, places: b } = bPiece;
      const [aAt, bAt] = [aItem & IN_PIECE, bItem & IN_PIECE];
      const count = countApart(a, aStarts[aAt], aStarts[aAt + 1], b, bStarts[bAt], bStarts[bAt + 1], apart, enough);
      if (count === 0) continue;
      kept |= bit;
      if (counts) counts[found] = count;
      found++;
    }
    docs[word] = kept;
  }
  return found;
}

/**
 * Of some ascending documents, all of which have both words, leaves in front those with an occurrence; returns how many.
 * Where each stands in both lists is told first for all of them, so that no step waits for the one before, and a row that
 * ends before the other begins is not gone through.
 */
export function keepPair([first, second]: readonly PlaceWord[], apart: number, docs: Uint32Array): number {
  const aItems = new Int32Array(docs.length);
  const bItems = new Int32Array(docs.length);
  first.items(docs, docs.length, aItems);
  second.items(docs, docs.length, bItems);
  let [aPiece, bPiece] = [NO_PIECE, NO_PIECE];
  let [aNumber, bNumber] = [-1, -1];
  let kept = 0;
  for (let from = 0; from < docs.length; ) {
    if (aItems[from] >>> PIECE_SHIFT !== aNumber) {
      aNumber = aItems[from] >>> PIECE_SHIFT;
      aPiece = first.source.piece(aNumber);
    }
    if (bItems[from] >>> PIECE_SHIFT !== bNumber) {
      bNumber = bItems[from] >>> PIECE_SHIFT;
      bPiece = second.source.piece(bNumber);
    }
    let to = from + 1;
    while (to < docs.length && aItems[to] >>> PIECE_SHIFT === aNumber && bItems[to] >>> PIECE_SHIFT === bNumber) to++;
    const { starts: aStarts, places: a } = aPiece;
    const { starts: bStarts, places: b } = bPiece;
    // What is asked of the memory here for many rows at once is there when they are gone through.
    for (let i = from; i < to; i++) {
      const [aAt, bAt] = [aItems[i] & IN_PIECE, bItems[i] & IN_PIECE];
      const isBefore = a[aStarts[aAt + 1] - 1] + apart < b[bStarts[bAt]];
      const isAfter = a[aStarts[aAt]] + apart > b[bStarts[bAt + 1] - 1];
      aItems[i] = isBefore || isAfter ? -1 : aAt;
    }
    for (let i = from; i < to; i++) {
      const [aAt, bAt] = [aItems[i], bItems[i] & IN_PIECE];
      if (aAt < 0) continue;
      docs[kept] = docs[i];
      kept += countApart(a, aStarts[aAt], aStarts[aAt + 1], b, bStarts[bAt], bStarts[bAt + 1], apart, 1);
    }
    from = to;
  }
  return kept;
}
