/** Up to so many bytes are copied one by one. */
const SHORT = 48;

/** Bytes that grow at the end: varints (7 bits a byte, low first) and raw bytes. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest > 0x7fffffff) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** `bytes[from..to)`; most pieces are too short for a call to be worth it. */
  piece(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from);
    const into = this.#bytes;
    let at = this.#length;
    if (to - from > SHORT) into.set(bytes.subarray(from, to), at);
    else for (let i = from; i < to; i++) into[at++] = bytes[i];
    this.#length += to - from;
  }

  /** Copies so many varints from `from` on; returns where they end. Each takes five bytes at most. */
  varints(bytes: Uint8Array, from: number, count: number): number {
    this.#reserve(count * 5);
    const into = this.#bytes;
    let at = this.#length;
    let read = from;
    for (let left = count; left > 0; ) {
      const byte = bytes[read++];
      into[at++] = byte;
      if (byte < 128) left--;
    }
    this.#length = at;
    return read;
  }

  text(value: string): void {
    const bytes = Buffer.from(value, 'utf8');
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /** What was written so far; a view that the next write may detach. */
  view(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.#length);
  }

  copy(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }
}

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
  ) {}

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  text(): string {
    const length = this.varint();
    const value = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + this.at, length).toString('utf8');
    this.at += length;
    return value;
  }
}

/** The bytes of a typed array without copying. */
export function bytesOf(array: Uint8Array | Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
