import type { SectionReader } from '../segment/container.js';

const WINDOW_BYTES = 1 << 18;

/** A section read front to back through a window, so that its size does not matter. */
export class SectionStream {
  /** What is read but not passed yet is `window[at..)`. */
  window = new Uint8Array(0);
  at = 0;
  #next = 0;
  readonly #length: number;

  constructor(
    readonly sections: SectionReader,
    readonly section: string,
  ) {
    this.#length = sections.length(section);
  }

  /** Makes at least `bytes` bytes stand in the window, as far as there are any. Views of the window before stay as they are. */
  reserve(bytes: number): void {
    const rest = this.window.length - this.at;
    if (rest >= bytes) return;
    const more = Math.min(this.#length - this.#next, Math.max(bytes - rest, WINDOW_BYTES));
    if (more === 0) return;
    const window = new Uint8Array(rest + more);
    window.set(this.window.subarray(this.at));
    window.set(this.sections.read(this.section, this.#next, more), rest);
    this.#next += more;
    this.window = window;
    this.at = 0;
  }

  skip(bytes: number): void {
    this.reserve(bytes);
    this.at += bytes;
  }
}
