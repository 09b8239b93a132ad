import type { ReversedTerms, TermNumbers } from './lists.js';
import { putReversed, putUnit, sortTerms } from './term-bytes.js';

/** Of the pairs met lately a quarter of a megabyte is kept. */
const PAIR_BITS = 15;

/** Bytes of the longest character. */
const WIDEST = 3;
/** Bytes a term costs beside its own: its place, its hash, its slots (at most four, half of them just grown). */
export const TERM_COST = 96;

/** Numbers terms in the order in which they come. They are kept as UTF-8, one after another; no string is made of them. */
export class TermTable implements TermNumbers {
  #bytes = new Uint8Array(1 << 12);
  #starts = new Uint32Array(1 << 8);
  /** Two numbers a slot: a term's number plus one, and its hash. */
  #slots = new Int32Array(1 << 10);
  #count = 0;
  /** Where the bytes of the terms end; the next one is tried out behind it. */
  #end = 0;
  /** Whether the last word of ASCII had capitals. */
  hadCapitals = false;
  /** The pairs met lately, each with its number. */
  #pairs: Uint32Array | undefined;

  get count(): number {
    return this.#count;
  }

  /** Bytes of all terms. */
  get byteLength(): number {
    return this.#end;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Where each term begins; one more than terms. */
  get starts(): Uint32Array {
    return this.#starts;
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#end + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  /** The number of a word of ASCII letters and digits, capitals made small. */
  addAscii(text: string, from: number, to: number): number {
    this.#reserve(to - from);
    const bytes = this.#bytes;
    let at = this.#end;
    let hash = 0;
    let capitals = false;
    for (let i = from; i < to; i++) {
      let code = text.charCodeAt(i);
      if (code >= 65 && code <= 90) {
        code |= 32;
        capitals = true;
      }
      bytes[at++] = code;
      hash = Math.imul(hash ^ code, 0x01000193);
    }
    this.hadCapitals = capitals;
    return this.#place(at, hash);
  }

  /** The number of a term of one or two characters of the basic plane (no second: 0). */
  addUnits(first: number, second: number): number {
    const pair = ((first << 16) | second) >>> 0;
    const slot = (Math.imul(pair, 0x9e3779b1) >>> (32 - PAIR_BITS)) << 1;
    this.#pairs ??= new Uint32Array(2 << PAIR_BITS);
    const pairs = this.#pairs;
    if (pairs[slot] === pair && pair !== 0) return pairs[slot + 1];
    const id = this.#addPair(first, second);
    pairs[slot] = pair;
    pairs[slot + 1] = id;
    return id;
  }

  #addPair(first: number, second: number): number {
    this.#reserve(2 * WIDEST);
    const bytes = this.#bytes;
    let at = putUnit(bytes, this.#end, first);
    if (second !== 0) at = putUnit(bytes, at, second);
    return this.#place(at, this.#hash(at));
  }

  /** The number of a term. Halves of surrogate pairs become U+FFFD, as they do when they are stored. */
  add(term: string): number {
    this.#reserve(term.length * WIDEST);
    const bytes = this.#bytes;
    let at = this.#end;
    for (let i = 0; i < term.length; i++) {
      const unit = term.charCodeAt(i);
      if (unit >= 0xd800 && unit <= 0xdfff) {
        at = this.#end + Buffer.from(bytes.buffer, bytes.byteOffset + this.#end).write(term, 'utf8');
        break;
      }
      at = putUnit(bytes, at, unit);
    }
    return this.#place(at, this.#hash(at));
  }

  #hash(to: number): number {
    const bytes = this.#bytes;
    let hash = 0;
    for (let at = this.#end; at < to; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    return hash;
  }

  /** The number of the term whose bytes stand behind all others and end at `to`. */
  #place(to: number, plain: number): number {
    const hash = plain ^ (plain >>> 15);
    const bytes = this.#bytes;
    const slots = this.#slots;
    const mask = slots.length - 2;
    const length = to - this.#end;
    for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
      const id = slots[slot] - 1;
      if (id < 0) {
        slots[slot] = this.#count + 1;
        slots[slot + 1] = hash;
        return this.#take(to);
      }
      if (slots[slot + 1] !== hash) continue;
      const start = this.#starts[id];
      if (this.#starts[id + 1] - start !== length) continue;
      let same = 0;
      while (same < length && bytes[start + same] === bytes[this.#end + same]) same++;
      if (same === length) return id;
    }
  }

  #take(to: number): number {
    const id = this.#count++;
    this.#end = to;
    this.#starts[id + 1] = to;
    if (this.#count + 1 === this.#starts.length) this.#grow();
    return id;
  }

  #grow(): void {
    const starts = new Uint32Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const before = this.#slots;
    const slots = new Int32Array(before.length * 2);
    const mask = slots.length - 2;
    for (let at = 0; at < before.length; at += 2) {
      if (before[at] === 0) continue;
      let slot = (before[at + 1] << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = before[at];
      slots[slot + 1] = before[at + 1];
    }
    this.#slots = slots;
  }

  /** The numbers of all terms in the order of the terms. */
  sorted(): Uint32Array {
    const ids = Uint32Array.from({ length: this.#count }, (_, id) => id);
    sortTerms(ids, this.#bytes, this.#starts);
    return ids;
  }
  reversed(): ReversedTerms {
    const bytes = new Uint8Array(this.#end);
    const starts = this.#starts;
    const ids = Uint32Array.from({ length: this.#count }, (_, id) => id);
    for (const id of ids) putReversed(bytes, starts[id], this.#bytes, starts[id], starts[id + 1]);
    sortTerms(ids, bytes, starts);
    return { bytes, ids };
  }
}
