import { type BitKernel, fastKernel, KERNEL_BYTES, KERNEL_STEP, plainKernel } from '../storage/bit-kernel.js';
import { type Bits, clearRange, emptyBits, fillRange } from '../storage/bits.js';
import type { SegmentEntry } from '../storage/manifest.js';
import { isLive, type Operand, placeIn } from './operands.js';

/** Words of a set that are gone through together: all that is held of it at a time. */
const BLOCK_WORDS = 4096;
const BLOCK_BYTES = BLOCK_WORDS * 4;
/** Blocks that nested parts are made in, each in the one after that of what it is a part of; the last takes copies. */
const LEVELS = KERNEL_BYTES / BLOCK_BYTES - 1;
const COPY = LEVELS;

type Join = 'and' | 'or' | 'xor' | 'without';

/** What operands are made into sets of. */
export interface Living {
  readonly live: Bits;
  readonly entry: Pick<SegmentEntry, 'docs' | 'liveDocs'>;
}

/** Answers operands a block at a time, in memory that is used again and again. */
export interface Blocks {
  /** How many live documents are in it. */
  count(part: Operand, of: Living): number;
  /** The live documents in it, and how many; a set may be given to write them to, whatever stands in it. */
  fill(part: Operand, of: Living, into?: Bits): { readonly bits: Bits; readonly hits: number };
  /** The live documents in it, in order; undefined when there are more than `most`. */
  list(part: Operand, of: Living, most: number): Uint32Array | undefined;
}

const BY_LIST = { or: 'orList', xor: 'xorList', without: 'withoutList' } as const;

/** Lists so short are not worth a copy. */
const SHORT = 24;

/** Joins documents of a list, of which a set begins at word `at`. */
function joinFew(words: Uint32Array, at: number, docs: Uint32Array, join: keyof typeof BY_LIST): void {
  for (let i = 0; i < docs.length; i++) {
    const word = at + (docs[i] >>> 5);
    const bit = 1 << (docs[i] & 31);
    if (join === 'or') words[word] |= bit;
    else if (join === 'xor') words[word] ^= bit;
    else words[word] &= ~bit;
  }
}

const depthOf = (part: Operand): number => {
  if (!('parts' in part)) return 0;
  let depth = 0;
  for (const one of part.parts) depth = Math.max(depth, depthOf(one));
  if (part.kind === 'all') for (const one of part.without) depth = Math.max(depth, depthOf(one));
  return depth + 1;
};

/** The words outside of which it has nothing. */
function reachOf(part: Operand, words: number): { first: number; last: number } {
  let first = 0;
  let last = words;
  for (const one of part.kind === 'all' ? part.parts : [part]) {
    if (one.kind !== 'range') continue;
    first = Math.max(first, one.from >>> 5);
    last = Math.min(last, (one.to + 31) >>> 5);
  }
  return { first, last };
}

/** Takes a block of so many words, which begins at word `from` of the set, with the number of its members. */
type Take = (from: number, size: number, hits: number) => void;

/** Writes the members of the first words, of which the set goes on at word `from`. */
function writeMembers(words: Uint32Array, size: number, from: number, into: Uint32Array, at: number): void {
  let n = at;
  for (let word = 0; word < size; word++) {
    for (let left = words[word]; left !== 0; left &= left - 1)
      into[n++] = ((from + word) << 5) + 31 - Math.clz32(left & -left);
  }
}

class KernelBlocks implements Blocks {
  readonly #words: Uint32Array;
  #live: Bits = new Uint32Array(0);
  /** The words of the set that the block stands for: from `#from` on so many. */
  #from = 0;
  #size = 0;
  #bytes = 0;

  constructor(readonly kernel: BitKernel) {
    this.#words = kernel.words;
  }

  count(part: Operand, of: Living): number {
    return this.#run(part, of, () => undefined);
  }

  fill(part: Operand, of: Living, bits: Bits = emptyBits(of.entry.docs)): { bits: Bits; hits: number } {
    let to = 0;
    const hits = this.#run(part, of, (from, size) => {
      if (from > to) bits.fill(0, to, from);
      bits.set(this.#words.subarray(0, size), from);
      to = from + size;
    });
    if (to < bits.length) bits.fill(0, to);
    return { bits, hits };
  }

  list(part: Operand, of: Living, most: number): Uint32Array | undefined {
    let docs = new Uint32Array(0);
    const hits = this.#run(part, of, (from, size, own) => {
      const before = docs;
      const length = before.length + own;
      if (own === 0 || length > most) return;
      docs = new Uint32Array(length);
      docs.set(before);
      writeMembers(this.#words, size, from, docs, before.length);
    });
    return hits > most ? undefined : docs;
  }

  /** Makes one block after the other and counts it; each is handed to `take` while it stands. */
  #run(asked: Operand, of: Living, take: Take): number {
    const { entry, live } = of;
    const part = depthOf(asked) < LEVELS ? asked : this.#flat(asked, of, 1);
    const masked = entry.docs !== entry.liveDocs && !isLive(part);
    const { first, last } = reachOf(part, live.length);
    this.#live = live;
    let hits = 0;
    for (let from = first; from < last; from += BLOCK_WORDS) {
      this.#from = from;
      this.#size = Math.min(BLOCK_WORDS, last - from);
      this.#bytes = Math.ceil((this.#size * 4) / KERNEL_STEP) * KERNEL_STEP;
      this.#make(part, 0);
      if (masked) this.#joinSet('and', live, 0);
      this.#words.fill(0, this.#size, this.#bytes >>> 2);
      const own = this.kernel.count(0, this.#bytes);
      hits += own;
      take(from, this.#size, own);
    }
    return hits;
  }

  /** Makes sets of what lies too deep for the levels there are. */
  #flat(part: Operand, of: Living, depth: number): Operand {
    if (!('parts' in part)) return part;
    if (depth === LEVELS) return { kind: 'set', bits: this.fill(part, of).bits, live: true };
    const parts = part.parts.map((one) => this.#flat(one, of, depth + 1));
    if (part.kind !== 'all') return { kind: part.kind, parts };
    return { kind: 'all', parts, without: part.without.map((one) => this.#flat(one, of, depth + 1)) };
  }

  /** Writes what is in it to the block of a level. */
  #make(part: Operand, level: number): void {
    if (part.kind === 'set') {
      this.#copy(part.bits, level);
      return;
    }
    if (!('parts' in part)) {
      this.#clear(level);
      this.#join('or', part, level);
      return;
    }
    const [first, ...others] = part.parts;
    if (first) this.#make(first, level);
    else if (part.kind === 'all') this.#copy(this.#live, level);
    else this.#clear(level);
    const join = { any: 'or', odd: 'xor', all: 'and' } as const;
    for (const other of others) this.#join(join[part.kind], other, level);
    if (part.kind === 'all') for (const one of part.without) this.#join('without', one, level);
  }

  #clear(level: number): void {
    this.#words.fill(0, level * BLOCK_WORDS, level * BLOCK_WORDS + this.#size);
  }

  #copy(bits: Bits, level: number): void {
    const whole = this.#size === bits.length;
    this.#words.set(whole ? bits : bits.subarray(this.#from, this.#from + this.#size), level * BLOCK_WORDS);
  }

  /** Joins it to what stands in the block of a level. */
  #join(join: Join, part: Operand, level: number): void {
    if (part.kind === 'set') this.#joinSet(join, part.bits, level);
    else if (part.kind === 'list' && join !== 'and') this.#joinList(join, part.docs, level);
    else if (part.kind === 'range' && join !== 'xor') this.#joinRange(join, part.from, part.to, level);
    else {
      this.#make(part, level + 1);
      this.kernel[join](level * BLOCK_BYTES, (level + 1) * BLOCK_BYTES, this.#bytes);
    }
  }

  #joinSet(join: Join, bits: Bits, level: number): void {
    this.#copy(bits, COPY);
    this.kernel[join](level * BLOCK_BYTES, COPY * BLOCK_BYTES, this.#bytes);
  }

  #joinList(join: 'or' | 'xor' | 'without', docs: Uint32Array, level: number): void {
    const end = (this.#from + this.#size) << 5;
    const last = docs.length === 0 || docs[docs.length - 1] < end ? docs.length : placeIn(docs, end);
    const first = this.#from === 0 ? 0 : placeIn(docs, this.#from << 5);
    if (last - first <= SHORT) {
      const few = last - first === docs.length ? docs : docs.subarray(first, last);
      joinFew(this.#words, level * BLOCK_WORDS - this.#from, few, join);
      return;
    }
    // The block may begin before the memory does: its numbers do not.
    const into = level * BLOCK_BYTES - this.#from * 4;
    for (let at = first; at < last; at += BLOCK_WORDS) {
      const count = Math.min(BLOCK_WORDS, last - at);
      this.#words.set(count === docs.length ? docs : docs.subarray(at, at + count), COPY * BLOCK_WORDS);
      this.kernel[BY_LIST[join]](into, COPY * BLOCK_BYTES, count * 4);
    }
  }

  #joinRange(join: 'and' | 'or' | 'without', from: number, to: number, level: number): void {
    const at = level * BLOCK_WORDS;
    const block = this.#words.subarray(at, at + this.#size);
    const within = (doc: number): number => Math.max(0, Math.min(this.#size << 5, doc - (this.#from << 5)));
    if (join === 'or') fillRange(block, within(from), within(to));
    else if (join === 'without') clearRange(block, within(from), within(to));
    else {
      clearRange(block, 0, within(from));
      clearRange(block, within(to), this.#size << 5);
    }
  }
}

/** Answers operands with a kernel. */
export const blocksOf = (kernel: BitKernel): Blocks => new KernelBlocks(kernel);

/** What the queries of this thread are answered with, one after the other. */
export const blocks: Blocks = blocksOf(fastKernel() ?? plainKernel());
