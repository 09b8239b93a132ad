/** Spreads documents over a table: the golden ratio of 32 bits. */
const SPREAD = 0x9e3779b1;

/** Entries are numbered in two bytes where they fit. */
const MOST_IN_SHORT = 0xffff;

/** How often documents have any of several words, added up in whatever order the words come. */
export class DocCounts {
  /** The documents in the order in which they came, and their counts: `length` of them. */
  readonly docs: Uint32Array;
  readonly counts: Uint32Array;
  length = 0;
  /** By slot an entry's number plus one. */
  readonly #slots: Uint16Array | Uint32Array;
  readonly #shift: number;
  readonly #mask: number;

  /** Room for at most `most` entries. */
  constructor(most: number) {
    this.docs = new Uint32Array(most);
    this.counts = new Uint32Array(most);
    // At most two slots in three are taken.
    const bits = Math.max(4, 32 - Math.clz32(most + (most >>> 1)));
    // Clearing the slots takes as long as filling them where words are many and rare.
    this.#slots = most < MOST_IN_SHORT ? new Uint16Array(2 ** bits) : new Uint32Array(2 ** bits);
    this.#shift = 32 - bits;
    this.#mask = 2 ** bits - 1;
  }

  /** What is kept from being forgotten while this is used. */
  get bytes(): number {
    return this.docs.byteLength + this.counts.byteLength + this.#slots.byteLength;
  }

  /** The slot of a document: its own, or the free one where it would come. */
  #slotOf(doc: number): number {
    const slots = this.#slots;
    let slot = Math.imul(doc, SPREAD) >>> this.#shift;
    for (let entry = slots[slot]; entry !== 0 && this.docs[entry - 1] !== doc; entry = slots[slot])
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  add(doc: number, count: number): void {
    const slot = this.#slotOf(doc);
    const entry = this.#slots[slot];
    if (entry > 0) {
      this.counts[entry - 1] += count;
      return;
    }
    this.docs[this.length] = doc;
    this.counts[this.length++] = count;
    this.#slots[slot] = this.length;
  }

  /** The count of a document; 0 for one that never came. */
  of(doc: number): number {
    const entry = this.#slots[this.#slotOf(doc)];
    return entry === 0 ? 0 : this.counts[entry - 1];
  }
}
