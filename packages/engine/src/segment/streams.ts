import type { SectionReader } from './container.js';

const WINDOW_BYTES = 1 << 18;

/** A section read front to back through a window, so that its size does not matter. */
export class SectionStream {
  /** What is read but not passed yet is `window[at..end)`. The same memory is used for what is read next. */
  window = new Uint8Array(0);
  at = 0;
  end = 0;
  #next = 0;
  readonly #length: number;

  constructor(
    readonly sections: SectionReader,
    readonly section: string,
  ) {
    this.#length = sections.length(section);
  }

  /** Makes at least `bytes` bytes stand in the window, as far as there are any. */
  reserve(bytes: number): void {
    if (this.end - this.at < bytes && this.#next < this.#length) this.#readOn(bytes);
  }

  #readOn(bytes: number): void {
    const rest = this.end - this.at;
    if (bytes + WINDOW_BYTES > this.window.length) {
      const grown = new Uint8Array(bytes + WINDOW_BYTES + (bytes >> 1));
      grown.set(this.window.subarray(this.at, this.end));
      this.window = grown;
    } else this.window.copyWithin(0, this.at, this.end);
    const left = this.#length - this.#next;
    const into = this.window.subarray(rest, rest + Math.min(left, Math.max(bytes - rest, WINDOW_BYTES)));
    const more = this.sections.readOn(this.section, this.#next, into, Math.min(left, bytes - rest));
    this.#next += more;
    this.at = 0;
    this.end = rest + more;
  }

  /** The next number of 7 bits a byte, low first; it must stand in the window. */
  number(): number {
    const { window } = this;
    let byte = window[this.at++];
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    for (; ; scale *= 128) {
      byte = window[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** Passes so many bytes and gives them; they are overwritten when reading goes on. */
  take(bytes: number): Uint8Array {
    this.reserve(bytes);
    this.at += bytes;
    return this.window.subarray(this.at - bytes, this.at);
  }

  skip(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      const piece = Math.min(left, WINDOW_BYTES);
      this.reserve(piece);
      this.at += piece;
      left -= piece;
    }
  }
}
