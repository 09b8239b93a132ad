import { type Bits, countWord, emptyBits, setBit } from '../storage/bits.js';
import { lengthTables } from './norms.js';

/** Documents that are looked at together when the best are looked for: eight words of a bit set. */
export const WINDOW_SHIFT = 8;
export const WINDOW_WORDS = 1 << (WINDOW_SHIFT - 5);
export const windowsOf = (docs: number): number => (docs + (1 << WINDOW_SHIFT) - 1) >>> WINDOW_SHIFT;

/** Above one document in so many a list is held as a bit set, which is then the smaller. */
const DENSE_ONE_IN = 32;
const MOST_IN_BYTE = 255;
/** Documents of a short list that are passed by together where none of them may be among the best. */
export const BLOCK_SHIFT = 5;
/** A list shorter than this is scored as a whole. */
const LEAST_IN_BLOCKS = 4 << BLOCK_SHIFT;
/** Bounds are kept in steps of this part of the most a term can weigh, rounded up. */
export const BOUND_STEPS = 255;

const ALL_ONCE = 0x80;

/** True of a list of so many documents that is held as a bit set. */
export const isLong = (df: number, docs: number): boolean => df * DENSE_ONE_IN >= docs;

/**
 * A term's documents in some fields of a segment, made ready for answering: as a bit set with the number of documents
 * before each window when they are many, else as a list; and how often each has the term.
 */
export interface TermList {
  /** Tells it from the other lists of its segment. */
  readonly id: number;
  readonly df: number;
  readonly docs: Uint32Array | undefined;
  readonly bits: Bits | undefined;
  /** With bits: how many documents of the list stand before each window. */
  readonly ranks: Uint32Array | undefined;
  /** Occurrences of each document of the list; 255 stands for that many or more, told in `many`. */
  readonly counts: Uint8Array;
  readonly many: ReadonlyMap<number, number> | undefined;
  /** With bits: for each window the most that one of its documents weighs, in steps, at the average length `average`. */
  readonly bounds: Uint8Array | undefined;
  /** Without bits, of a list worth it: the same for each `BLOCK` of its documents. */
  readonly blocks: Uint8Array | undefined;
  readonly average: number;
  /** What all this takes. */
  readonly bytes: number;
}

const bytesOf = ({
  docs,
  bits,
  ranks,
  counts,
  many,
  bounds,
  blocks,
}: Omit<TermList, 'id' | 'df' | 'average' | 'bytes'>): number =>
  200 +
  counts.byteLength +
  (docs?.byteLength ?? 0) +
  (bits?.byteLength ?? 0) +
  (ranks?.byteLength ?? 0) +
  (bounds?.byteLength ?? 0) +
  (blocks?.byteLength ?? 0) +
  (many?.size ?? 0) * 40;

/** All lists are put together here, so that they have one form and finding something in them is quick. */
const makeList = (
  { id, average }: { readonly id: number; readonly average: number },
  { docs, counts, many }: Decoded,
  set: Pick<TermList, 'bits' | 'ranks' | 'bounds' | 'blocks'>,
): TermList => {
  const { bits, ranks, bounds, blocks } = set;
  const own = bits ? undefined : docs;
  const bytes = bytesOf({ docs: own, bits, ranks, counts, many, bounds, blocks });
  return { id, df: docs.length, docs: own, bits, ranks, counts, many, bounds, blocks, average, bytes };
};

const NO_SET = { bits: undefined, ranks: undefined, bounds: undefined, blocks: undefined };

/** How often the document with index `i` of a list has the term. */
export function countAt({ counts, many }: TermList, i: number): number {
  const count = counts[i];
  return count < MOST_IN_BYTE ? count : (many?.get(i) ?? count);
}

/** A list as it is decoded: documents with the term in the fields of the mask, and how often. */
interface Decoded {
  readonly docs: Uint32Array;
  readonly counts: Uint8Array;
  readonly many: ReadonlyMap<number, number> | undefined;
}

/** Reads documents and frequencies side by side, and keeps what stands in the fields of the mask. */
function decode(bytes: Uint8Array, docsLength: number, df: number, mask: number): Decoded {
  const docs = new Uint32Array(df);
  const counts = new Uint8Array(df);
  let many: Map<number, number> | undefined;
  let at = 0;
  let freq = docsLength;
  let doc = -1;
  let kept = 0;
  for (let i = 0; i < df; i++) {
    let byte = bytes[at++];
    let step = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++];
      step |= (byte & 127) << shift;
    }
    doc += step + 1;
    const head = bytes[freq++];
    let sum = 0;
    for (let fields = head & ~ALL_ONCE; fields !== 0; fields &= fields - 1) {
      let count = 1;
      if (head < ALL_ONCE) {
        byte = bytes[freq++];
        count = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = bytes[freq++];
          count |= (byte & 127) << shift;
        }
      }
      if ((fields & -fields & mask) !== 0) sum += count;
    }
    if (sum === 0) continue;
    docs[kept] = doc;
    counts[kept] = Math.min(sum, MOST_IN_BYTE);
    if (sum >= MOST_IN_BYTE) {
      many ??= new Map();
      many.set(kept, sum);
    }
    kept++;
  }
  return kept === df ? { docs, counts, many } : { docs: docs.slice(0, kept), counts: counts.slice(0, kept), many };
}

/** What a document weighs at most, in steps. A count that does not fit its byte weighs more than its byte says. */
const stepsOf = (count: number, factor: number): number =>
  count === MOST_IN_BYTE ? BOUND_STEPS : Math.ceil((count / (count + factor)) * BOUND_STEPS);

/** For each window the most that one of its documents weighs, rounded up to a step. */
function boundsOf({ docs, counts }: Decoded, norms: Uint8Array, average: number, windows: number): Uint8Array {
  const bounds = new Uint8Array(windows);
  const { factors } = lengthTables(average);
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i];
    const bound = stepsOf(counts[i], factors[norms[doc]]);
    if (bound > bounds[doc >>> WINDOW_SHIFT]) bounds[doc >>> WINDOW_SHIFT] = bound;
  }
  return bounds;
}

/** The same for each block of a list. */
function blocksOf({ docs, counts }: Decoded, norms: Uint8Array, average: number): Uint8Array {
  const blocks = new Uint8Array((docs.length >>> BLOCK_SHIFT) + 1);
  const { factors } = lengthTables(average);
  for (let i = 0; i < docs.length; i++) {
    const bound = stepsOf(counts[i], factors[norms[docs[i]]]);
    if (bound > blocks[i >>> BLOCK_SHIFT]) blocks[i >>> BLOCK_SHIFT] = bound;
  }
  return blocks;
}

/**
 * Makes the list of a term ready from its bytes: documents, then frequencies. `norms` are the bytes of the lengths of
 * the fields of the mask, `average` the average length at which bounds are reckoned.
 */
export function makeTermList(
  bytes: Uint8Array,
  { docsLength, df }: { readonly docsLength: number; readonly df: number },
  mask: number,
  segment: { readonly id: number; readonly docs: number; readonly norms: () => Uint8Array; readonly average: number },
): TermList {
  const decoded = decode(bytes, docsLength, df, mask);
  const { docs } = decoded;
  const { average } = segment;
  if (!isLong(docs.length, segment.docs)) {
    if (docs.length < LEAST_IN_BLOCKS) return makeList(segment, decoded, NO_SET);
    return makeList(segment, decoded, { ...NO_SET, blocks: blocksOf(decoded, segment.norms(), average) });
  }
  const bits = emptyBits(segment.docs);
  const windows = windowsOf(segment.docs);
  const ranks = new Uint32Array(windows + 1);
  for (let i = 0; i < docs.length; i++) {
    setBit(bits, docs[i]);
    ranks[(docs[i] >>> WINDOW_SHIFT) + 1]++;
  }
  for (let window = 0; window < windows; window++) ranks[window + 1] += ranks[window];
  const bounds = boundsOf(decoded, segment.norms(), average, windows);
  return makeList(segment, decoded, { ...NO_SET, bits, ranks, bounds });
}

/** A list of the first `length` of some ascending documents with how often each has what was looked for; it has no bounds. */
export function listOfFound(docs: Uint32Array, found: Uint32Array, length: number): TermList {
  const counts = new Uint8Array(length);
  let many: Map<number, number> | undefined;
  for (let i = 0; i < length; i++) {
    counts[i] = Math.min(found[i], MOST_IN_BYTE);
    if (found[i] >= MOST_IN_BYTE) {
      many ??= new Map();
      many.set(i, found[i]);
    }
  }
  return makeList({ id: -1, average: 1 }, { docs: docs.slice(0, length), counts, many }, NO_SET);
}

/** Of every `1 << PEAK_SHIFT` documents it is told what one of them weighs at most; they stand in one word of a set. */
export const PEAK_SHIFT = 4;

/** What each document of a segment weighs at most by a list, in steps: a byte each, up to whole windows, and by fours. */
export interface Impacts {
  readonly bytes: Uint8Array;
  readonly fours: Int32Array;
  /** The most of each `1 << PEAK_SHIFT` documents. */
  readonly peaks: Uint8Array;
}

export function makeImpacts({ bits = new Uint32Array(0), counts, average }: TermList, norms: Uint8Array): Impacts {
  const impacts = new Uint8Array(windowsOf(norms.length) << WINDOW_SHIFT);
  const peaks = new Uint8Array(impacts.length >>> PEAK_SHIFT);
  const { factors } = lengthTables(average);
  let i = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) {
      const doc = (word << 5) + 31 - Math.clz32(left & -left);
      const steps = stepsOf(counts[i++], factors[norms[doc]]);
      impacts[doc] = steps;
      if (steps > peaks[doc >>> PEAK_SHIFT]) peaks[doc >>> PEAK_SHIFT] = steps;
    }
  }
  return { bytes: impacts, fours: new Int32Array(impacts.buffer), peaks };
}

/** Writes where the first `length` of some ascending documents stand in a long list: `into[i]` for `docs[i]`, -1 for one outside. */
export function itemsOfDocs(
  { bits = new Uint32Array(0), ranks = new Uint32Array(0) }: TermList,
  docs: Uint32Array,
  length: number,
  into: Int32Array,
): void {
  let word = 0;
  let before = 0;
  for (let i = 0; i < length; i++) {
    const own = docs[i] >>> 5;
    const bit = 1 << (docs[i] & 31);
    const held = bits[own];
    into[i] = -1;
    if ((held & bit) === 0) continue;
    if (own - word >= WINDOW_WORDS) {
      const window = docs[i] >>> WINDOW_SHIFT;
      word = window * WINDOW_WORDS;
      before = ranks[window];
    }
    for (; word < own; word++) before += countWord(bits[word]);
    into[i] = before + countWord(held & (bit - 1));
  }
}

/** Where a document stands in a long list; -1 where it is not there. */
export function itemOf({ bits = new Uint32Array(0), ranks = new Uint32Array(0) }: TermList, doc: number): number {
  const own = doc >>> 5;
  const bit = 1 << (doc & 31);
  const held = bits[own];
  if ((held & bit) === 0) return -1;
  const window = doc >>> WINDOW_SHIFT;
  let before = ranks[window];
  for (let word = window * WINDOW_WORDS; word < own; word++) before += countWord(bits[word]);
  return before + countWord(held & (bit - 1));
}

/** A number of 7 bits a byte, low first, and where the next begins; one object, made once, is filled anew. */
const read = { value: 0, at: 0 };

function readNumber(bytes: Uint8Array, from: number): void {
  let at = from;
  let byte = bytes[at++];
  let value = byte & 127;
  for (let shift = 7; byte > 127; shift += 7) {
    byte = bytes[at++];
    value |= (byte & 127) << shift;
  }
  read.value = value;
  read.at = at;
}

/**
 * Reads a short list straight from its bytes, which begin at `at`: its documents with the term in the fields of the mask, and how often. For
 * words of which a pattern stands for thousands, too short to be worth keeping. Returns how many there are.
 */
export function readShortList(
  { bytes, at: from }: { readonly bytes: Uint8Array; readonly at: number },
  { docsLength, df }: { readonly docsLength: number; readonly df: number },
  mask: number,
  docs: Uint32Array,
  counts: Uint32Array,
): number {
  let at = from;
  let freq = from + docsLength;
  let doc = -1;
  let kept = 0;
  for (let i = 0; i < df; i++) {
    readNumber(bytes, at);
    at = read.at;
    doc += read.value + 1;
    const head = bytes[freq++];
    let sum = 0;
    for (let fields = head & ~ALL_ONCE; fields !== 0; fields &= fields - 1) {
      let count = 1;
      if (head < ALL_ONCE) {
        readNumber(bytes, freq);
        freq = read.at;
        count = read.value;
      }
      if ((fields & -fields & mask) !== 0) sum += count;
    }
    if (sum === 0) continue;
    docs[kept] = doc;
    counts[kept++] = sum;
  }
  return kept;
}

/** Adds the documents of a list to a set. */
export function addToBits(list: TermList, into: Bits): void {
  const { bits, docs } = list;
  if (bits) for (let i = 0; i < bits.length; i++) into[i] |= bits[i];
  if (docs) for (let i = 0; i < docs.length; i++) into[docs[i] >>> 5] |= 1 << (docs[i] & 31);
}
