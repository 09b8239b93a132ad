/** Bookkeeping that every entry costs besides its bytes: the key, the map's slot and the view. */
const ENTRY_OVERHEAD = 160;

type Key = string | number;

/** Keeps values by their keys as long as there is room. */
export interface Keeper {
  /** The value under the key, made by `load` when it is not there. `size` tells the bytes it holds. */
  get<T>(key: Key, load: () => T, size: (value: T) => number): T;
}

interface Entry {
  readonly key: Key;
  readonly home: Map<Key, Entry>;
  readonly value: unknown;
  readonly bytes: number;
  /** Asked for since room was last looked for. */
  used: boolean;
}

/** A part of a cache with keys of its own: short ones, or numbers, are found sooner than the path of a file. */
export interface Shelf extends Keeper {
  /** Forgets everything on it. */
  clear(): void;
}

/**
 * What was read from disk lately, up to a bound in bytes. The oldest goes first, but what was asked for since room was
 * last looked for stays another round, so that finding something costs no more than a mark. A value larger than the
 * bound is handed out but not kept.
 */
export class ByteCache implements Keeper {
  readonly #entries = new Set<Entry>();
  readonly #own = new Map<Key, Entry>();
  #bytes = 0;

  constructor(readonly bound: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  get<T>(key: Key, load: () => T, size: (value: T) => number): T {
    const known = this.#own.get(key);
    if (known === undefined) return this.#keep(this.#own, key, load(), size);
    known.used = true;
    return known.value as T;
  }

  /** A new shelf, which shares the bound. */
  shelf(): Shelf {
    const home = new Map<Key, Entry>();
    return {
      get: <T>(key: Key, load: () => T, size: (value: T) => number): T => {
        const known = home.get(key);
        if (known === undefined) return this.#keep(home, key, load(), size);
        known.used = true;
        return known.value as T;
      },
      clear: () => {
        for (const entry of home.values()) this.#forget(entry);
      },
    };
  }

  #keep<T>(home: Map<Key, Entry>, key: Key, value: T, size: (value: T) => number): T {
    const bytes = size(value) + ENTRY_OVERHEAD;
    if (bytes > this.bound) return value;
    const entry = { key, home, value, bytes, used: false };
    home.set(key, entry);
    this.#entries.add(entry);
    this.#bytes += bytes;
    this.#shrink();
    return value;
  }

  #forget(entry: Entry): void {
    entry.home.delete(entry.key);
    this.#entries.delete(entry);
    this.#bytes -= entry.bytes;
  }

  /** Goes through the entries, oldest first; one passed by for its mark comes to the end. */
  #shrink(): void {
    for (const entry of this.#entries) {
      if (this.#bytes <= this.bound) return;
      if (!entry.used) {
        this.#forget(entry);
        continue;
      }
      entry.used = false;
      this.#entries.delete(entry);
      this.#entries.add(entry);
    }
  }
}
