import type { SectionReader } from '../segment/container.js';

const WINDOW_BYTES = 1 << 18;

/** A section read front to back through a window, so that its size does not matter. */
export class SectionStream {
  #window = new Uint8Array(0);
  #at = 0;
  #next = 0;
  readonly #length: number;

  constructor(
    readonly sections: SectionReader,
    readonly section: string,
  ) {
    this.#length = sections.length(section);
  }

  /** Makes at least `bytes` more bytes stand in the window, as far as there are any. */
  #fill(bytes: number): void {
    const rest = this.#window.length - this.#at;
    const more = Math.min(this.#length - this.#next, Math.max(bytes - rest, WINDOW_BYTES));
    const window = new Uint8Array(rest + more);
    window.set(this.#window.subarray(this.#at));
    window.set(this.sections.read(this.section, this.#next, more), rest);
    this.#next += more;
    this.#window = window;
    this.#at = 0;
  }

  /** The next bytes; a view that stays as it is. */
  take(bytes: number): Uint8Array {
    if (this.#at + bytes > this.#window.length) this.#fill(bytes);
    const from = this.#at;
    this.#at += bytes;
    return this.#window.subarray(from, this.#at);
  }

  /** The bytes of the next `count` varints. */
  takeVarints(count: number): Uint8Array {
    let left = count;
    let length = 0;
    while (left > 0) {
      if (this.#at + length >= this.#window.length) this.#fill(length + 1);
      if (this.#window[this.#at + length++] < 128) left--;
    }
    return this.take(length);
  }
}
