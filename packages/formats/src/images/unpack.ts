import { imageDamaged } from './refusal.js';

/** PackBits (TIFF 6.0, section 9) into exactly `size` bytes. */
export function unpackBits(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < data.length && to < size; ) {
    const head = data[at] ?? 0;
    at += 1;
    if (head < 128) {
      const part = data.subarray(at, at + head + 1).subarray(0, size - to);
      out.set(part, to);
      to += part.length;
      at += head + 1;
    } else if (head > 128) {
      const count = Math.min(257 - head, size - to);
      out.fill(data[at] ?? 0, to, to + count);
      to += count;
      at += 1;
    }
  }
  if (to < size) throw imageDamaged(`its PackBits data gives ${to} of ${size} bytes`);
  return out;
}

const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const MOST_CODES = 4096;

/** LZW as TIFF has it (section 13: most significant bit first, widths change one code early) into `size` bytes. */
export function unpackLzw(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  // Every code stands for a stretch of what was written: where it began, and how long it is.
  const starts = new Int32Array(MOST_CODES);
  const lengths = new Int32Array(MOST_CODES);
  let to = 0;
  let free = FIRST_FREE;
  let width = 9;
  let held = 0;
  let bits = 0;
  let before = -1;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === END || to >= size) break;
    if (code === CLEAR) {
      free = FIRST_FREE;
      width = 9;
      before = -1;
      continue;
    }
    if (code > free || (code === free && before < 0)) throw imageDamaged('its LZW data names a code that is not known');
    const start = to;
    if (code < CLEAR) {
      out[to] = code;
      to += 1;
    } else {
      // The newest code may be the one just being made: the stretch before and its own first byte.
      const from = code === free ? before : (starts[code] ?? 0);
      const length = code === free ? start - before + 1 : (lengths[code] ?? 0);
      for (let i = 0; i < length && to < size; i += 1) {
        out[to] = out[from + i] ?? 0;
        to += 1;
      }
    }
    if (before >= 0 && free < MOST_CODES) {
      starts[free] = before;
      lengths[free] = start - before + 1;
      free += 1;
    }
    before = start;
    if (free >= (1 << width) - 1 && width < 12) width += 1;
  }
  if (to < size) throw imageDamaged(`its LZW data gives ${to} of ${size} bytes`);
  return out;
}
