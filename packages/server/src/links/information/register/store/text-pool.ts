const EMPTY = -1;
const FIRST_SLOTS = 1 << 12;

/** The arrays of a pool, as they are stored. */
export interface PoolArrays {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly slots: Int32Array;
}

/**
 * Texts, each once, under numbers from 0 on: bytes one after another and an open table of numbers by hash. Millions of
 * them take their own bytes and 12 more each, and are stored and read back as they lie.
 */
export class TextPool {
  #bytes: Buffer;
  #starts: Int32Array;
  #slots: Int32Array;
  #size: number;
  #writing = Buffer.alloc(1024);

  constructor(arrays?: PoolArrays) {
    this.#bytes = arrays
      ? Buffer.from(arrays.bytes.buffer, arrays.bytes.byteOffset, arrays.bytes.byteLength)
      : Buffer.alloc(1 << 16);
    this.#starts = arrays?.starts ?? new Int32Array(1024);
    this.#slots = arrays?.slots ?? new Int32Array(FIRST_SLOTS).fill(EMPTY);
    this.#size = arrays ? arrays.starts.length - 1 : 0;
  }

  get size(): number {
    return this.#size;
  }

  get arrays(): PoolArrays {
    const starts = this.#starts.slice(0, this.#size + 1);
    return { bytes: this.#bytes.subarray(0, starts[this.#size]), starts, slots: this.#slots };
  }

  /** The number of a text, which is taken in when it is new. */
  intern(text: string): number {
    return this.internBytes(this.#writing, 0, this.#write(text));
  }

  /** The number of the text that stands at a place of some bytes, which is taken in when it is new. */
  internBytes(bytes: Uint8Array, from: number, to: number): number {
    const slot = this.#slot(bytes, from, to - from);
    const known = this.#slots[slot] as number;
    return known === EMPTY ? this.#add(slot, bytes, from, to) : known;
  }

  /** The number of a text; undefined when it is not here. */
  find(text: string): number | undefined {
    const known = this.#slots[this.#slot(this.#writing, 0, this.#write(text))] as number;
    return known === EMPTY ? undefined : known;
  }

  text(number: number): string {
    return this.#bytes.toString('utf8', this.#starts[number], this.#starts[number + 1]);
  }

  /** Whether a byte occurs in a text; only for bytes that are characters of their own. */
  hasByte(number: number, byte: number): boolean {
    const to = this.#starts[number + 1] as number;
    for (let i = this.#starts[number] as number; i < to; i++) if (this.#bytes[i] === byte) return true;
    return false;
  }

  /** Compares two texts byte by byte, which for numbers of documents is the order of their characters. */
  compare(a: number, b: number): number {
    const starts = this.#starts;
    return this.#bytes.compare(this.#bytes, starts[b], starts[b + 1], starts[a], starts[a + 1]);
  }

  #write(text: string): number {
    const needed = text.length * 3;
    if (needed > this.#writing.length) this.#writing = Buffer.alloc(needed * 2);
    return this.#writing.write(text, 0, 'utf8');
  }

  /** Where a text stands in the table, or the free place where it belongs. */
  #slot(bytes: Uint8Array, from: number, length: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(bytes, length, from) & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] as number;
      if (number === EMPTY || this.#equals(number, bytes, from, length)) return slot;
    }
  }

  #equals(number: number, bytes: Uint8Array, from: number, length: number): boolean {
    const own = this.#starts[number] as number;
    if ((this.#starts[number + 1] as number) - own !== length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[own + i] !== bytes[from + i]) return false;
    return true;
  }

  #add(slot: number, bytes: Uint8Array, begin: number, end: number): number {
    const from = this.#starts[this.#size] as number;
    const length = end - begin;
    if (from + length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.ceil((from + length) * 1.5));
      this.#bytes.copy(grown, 0, 0, from);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.subarray(begin, end), from);
    if (this.#size + 2 > this.#starts.length) {
      const grown = new Int32Array(Math.ceil(this.#starts.length * 1.5) + 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    const number = this.#size++;
    this.#starts[number + 1] = from + length;
    this.#slots[slot] = number;
    if (this.#size * 2 > this.#slots.length) this.#spread();
    return number;
  }

  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      const from = this.#starts[number] as number;
      const length = (this.#starts[number + 1] as number) - from;
      let slot = hashOf(this.#bytes, length, from) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, mixed once more so that the low bits hang on every byte. */
function hashOf(bytes: Uint8Array, length: number, from = 0): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < from + length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
