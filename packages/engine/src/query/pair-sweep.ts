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

/** In a row so many times as long as the other that one's places are searched for. */
const SEARCHED_ONE_IN = 8;
/** The same for two words over many documents. */
const UNEVEN = 6;

/** How many places of the shorter row have one of the longer `apart` after them: searched for without a branch. */
function countSearched(
  a: Int32Array,
  aFrom: number,
  aTo: number,
  b: Int32Array,
  bFrom: number,
  bTo: number,
  apart: number,
): number {
  let count = 0;
  for (let i = aFrom; i < aTo; i++) {
    const wanted = a[i] + apart;
    // The last place that is not after the wanted one is among `left` places from `at` on, if there is any.
    let at = bFrom;
    for (let left = bTo - bFrom; left > 1; ) {
      const half = left >>> 1;
      at += half & ~((wanted - b[at + half]) >> 31);
      left -= half;
    }
    count += b[at] === wanted ? 1 : 0;
  }
  return count;
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

/** Takes two rows of places, how far apart they are to stand, and how many are enough. */
type CountPair = typeof countMarked;

/**
 * `countApart` of rows of about the same length. The shorter row is marked in a table and the longer one looked up there:
 * unlike walking along both, no step waits for the one before.
 */
const countAlike: CountPair = (a, aFrom, aTo, b, bFrom, bTo, apart, enough) =>
  aTo - aFrom > bTo - bFrom
    ? countMarked(b, bFrom, bTo, a, aFrom, aTo, -apart, enough)
    : countMarked(a, aFrom, aTo, b, bFrom, bTo, apart, enough);

/** True when of two rows one is so long that it is searched. */
const isSearched = (one: number, other: number): boolean =>
  one * SEARCHED_ONE_IN <= other || other * SEARCHED_ONE_IN <= one;

/** `countApart` of rows of which one is searched. */
const countUneven: CountPair = (a, aFrom, aTo, b, bFrom, bTo, apart, enough) =>
  Math.min(
    enough,
    aTo - aFrom > bTo - bFrom
      ? countSearched(b, bFrom, bTo, a, aFrom, aTo, -apart)
      : countSearched(a, aFrom, aTo, b, bFrom, bTo, apart),
  );

/** How many places of row `b` stand `apart` after one of row `a`; counts no further than `enough`. */
export const countApart: CountPair = (a, aFrom, aTo, b, bFrom, bTo, apart, enough) =>
  isSearched(aTo - aFrom, bTo - bFrom)
    ? countUneven(a, aFrom, aTo, b, bFrom, bTo, apart, enough)
    : countAlike(a, aFrom, aTo, b, bFrom, bTo, apart, enough);

/**
 * True when the rows of one word are, taken all together, so much longer that it pays to ask each time: where they are
 * not, which way is quicker is foretold wrongly too often.
 */
function areUneven({ starts: a, places: { length: own } }: PlacePiece, { starts: b, places }: PlacePiece): boolean {
  const ratio = (own * b.length) / (places.length * a.length);
  return ratio >= UNEVEN || ratio * UNEVEN <= 1;
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
  let uneven = false;
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
        uneven = areUneven(aPiece, bPiece);
      }
      if (bItem >>> PIECE_SHIFT !== bNumber) {
        bNumber = bItem >>> PIECE_SHIFT;
        bPiece = second.source.piece(bNumber);
        uneven = areUneven(aPiece, bPiece);
      }
      const { starts: aStarts, places: a } = aPiece;
      const { starts: bStarts, places: b } = bPiece;
      const [aAt, bAt] = [aItem & IN_PIECE, bItem & IN_PIECE];
      const [aFrom, aTo, bFrom, bTo] = [aStarts[aAt], aStarts[aAt + 1], bStarts[bAt], bStarts[bAt + 1]];
      const count =
        uneven && isSearched(aTo - aFrom, bTo - bFrom)
          ? countUneven(a, aFrom, aTo, b, bFrom, bTo, apart, enough)
          : countAlike(a, aFrom, aTo, b, bFrom, bTo, apart, enough);
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
