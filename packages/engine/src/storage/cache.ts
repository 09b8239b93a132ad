/** Bookkeeping that every entry costs besides its bytes: the key, the map's slot and the view. */
const ENTRY_OVERHEAD = 160;

interface Entry {
  readonly value: unknown;
  readonly bytes: number;
}

/**
 * What was read from disk lately, up to a bound in bytes; the least recently used goes first. A value larger than
 * the bound is handed out but not kept.
 */
export class ByteCache {
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;
  /** What was asked for last, so that asking for it again and again costs nothing. */
  #lastKey = '';
  #lastEntry: Entry | undefined;

  constructor(readonly bound: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** The value under the key, made by `load` when it is not there. `size` tells the bytes it holds. */
  get<T>(key: string, load: () => T, size: (value: T) => number): T {
    if (this.#lastEntry !== undefined && key === this.#lastKey) return this.#lastEntry.value as T;
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#lastKey = key;
      this.#lastEntry = known;
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value as T;
    }
    const value = load();
    const bytes = size(value) + ENTRY_OVERHEAD;
    if (bytes <= this.bound) {
      this.#entries.set(key, { value, bytes });
      this.#bytes += bytes;
      this.#shrink();
    }
    return value;
  }

  #shrink(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#bytes <= this.bound) return;
      this.#entries.delete(key);
      this.#bytes -= entry.bytes;
      if (entry === this.#lastEntry) this.#lastEntry = undefined;
    }
  }
}
