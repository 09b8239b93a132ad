import {
  BLACK_RUNS,
  CODE_BITS,
  type CodeTable,
  HORIZONTAL,
  MODE_CODES,
  MODE_OFFSET,
  PASS,
  WHITE_RUNS,
} from './ccitt-codes.js';
import { imageDamaged } from './refusal.js';

export interface FaxOptions {
  readonly width: number;
  /** Rows wanted; rows that the data does not hold are refused. */
  readonly height: number;
  /** Negative: group 4 (T.6). 0: group 3 in one dimension. Positive: group 3 with rows in two dimensions. */
  readonly k: number;
  /** Rows begin at a byte. */
  readonly aligned: boolean;
}

/** The bits of a file, most significant first; zeros follow its end. */
function createBits(data: Uint8Array) {
  let at = 0;
  const end = data.length * 8;
  return {
    get ended(): boolean {
      return at >= end;
    },
    /** The next `count` bits (at most 16) without going on. */
    peek(count: number): number {
      const byte = at >> 3;
      const word = ((data[byte] ?? 0) << 16) | ((data[byte + 1] ?? 0) << 8) | (data[byte + 2] ?? 0);
      return (word >> (24 - (at & 7) - count)) & ((1 << count) - 1);
    },
    skip(count: number): void {
      at += count;
    },
    align(): void {
      at = (at + 7) & ~7;
    },
  };
}
type Bits = ReturnType<typeof createBits>;

const END_OF_LINE_ZEROS = 11;

function readCode(bits: Bits, table: CodeTable, row: number): number {
  const entry = table[bits.peek(CODE_BITS)] ?? -1;
  if (entry < 0 || bits.ended) throw imageDamaged(`row ${row + 1} of the fax data holds no code that is known`);
  bits.skip(entry & 15);
  return entry >> 4;
}

/** A run of one colour: any number of multiples of 64 and a rest below. */
function readRun(bits: Bits, black: boolean, row: number): number {
  let run = 0;
  for (;;) {
    const part = readCode(bits, black ? BLACK_RUNS : WHITE_RUNS, row);
    run += part;
    if (part < 64) return run;
  }
}

/** Positions at which the colour changes; an even place begins black. */
type Changes = number[];

function readRowInOneDimension(bits: Bits, width: number, row: number): Changes {
  const changes: Changes = [];
  let at = 0;
  for (let black = false; at < width; black = !black) {
    at += readRun(bits, black, row);
    if (at > width) throw imageDamaged(`row ${row + 1} of the fax data is longer than the picture is wide`);
    changes.push(at);
  }
  return changes;
}

/** A row told by how it differs from the row above (`reference`). */
function readRowInTwoDimensions(bits: Bits, reference: Changes, width: number, row: number): Changes {
  const changes: Changes = [];
  let at = -1;
  let black = false;
  let next = 0;
  while (at < width) {
    // b1: the first change above that is right of the place and to the other colour.
    while (next > 0 && (reference[next - 1] ?? width) > at) next -= 1;
    while (next < reference.length && ((reference[next] ?? width) <= at || (next & 1) !== Number(black))) next += 1;
    const b1 = reference[next] ?? width;
    const mode = readCode(bits, MODE_CODES, row) - MODE_OFFSET;
    if (mode === PASS) at = reference[next + 1] ?? width;
    else if (mode === HORIZONTAL) {
      const first = Math.max(at, 0) + readRun(bits, black, row);
      at = first + readRun(bits, !black, row);
      changes.push(first, at);
    } else {
      at = b1 + mode;
      changes.push(at);
      black = !black;
    }
    const before = changes.at(mode === HORIZONTAL ? -3 : -2) ?? 0;
    if (at > width || (changes.at(-1) ?? 0) < before) {
      throw imageDamaged(`row ${row + 1} of the fax data runs out of the picture`);
    }
  }
  return changes;
}

/** Skips an end-of-line code and the zeros before it; false when none comes next. */
function skipEndOfLine(bits: Bits): boolean {
  if (bits.peek(END_OF_LINE_ZEROS) !== 0) return false;
  while (!bits.ended && bits.peek(1) === 0) bits.skip(1);
  bits.skip(1);
  return true;
}

function paint(changes: Changes, rows: Uint8Array, start: number, width: number): void {
  for (let i = 0; i < changes.length; i += 2) {
    const to = Math.min(changes[i + 1] ?? width, width);
    let at = changes[i] ?? width;
    for (; at < to && (at & 7) !== 0; at += 1)
      rows[start + (at >> 3)] = (rows[start + (at >> 3)] ?? 0) | (0x80 >> (at & 7));
    const whole = to & ~7;
    if (whole > at) {
      rows.fill(0xff, start + (at >> 3), start + (whole >> 3));
      at = whole;
    }
    for (; at < to; at += 1) rows[start + (at >> 3)] = (rows[start + (at >> 3)] ?? 0) | (0x80 >> (at & 7));
  }
}

/**
 * Decodes fax data (ITU-T T.4 and T.6) into rows of one bit for each picture element, 1 for black, each row from a
 * byte on. Throws `image.refused` for what is no such data, with its row.
 */
export function decodeFax(data: Uint8Array, options: FaxOptions): Uint8Array {
  const { width, height, k, aligned } = options;
  const bits = createBits(data);
  const rowBytes = (width + 7) >> 3;
  const rows = new Uint8Array(rowBytes * height);
  let reference: Changes = [];
  for (let row = 0; row < height; row += 1) {
    if (aligned && !(k >= 0 && bits.peek(END_OF_LINE_ZEROS) === 0)) bits.align();
    let flat = k === 0;
    if (k >= 0) {
      skipEndOfLine(bits);
      if (k > 0) {
        flat = bits.peek(1) === 1;
        bits.skip(1);
      }
    }
    if (bits.ended) throw imageDamaged(`the fax data ends after ${row} of ${height} rows`);
    const changes = flat
      ? readRowInOneDimension(bits, width, row)
      : readRowInTwoDimensions(bits, reference, width, row);
    paint(changes, rows, row * rowBytes, width);
    reference = changes;
  }
  return rows;
}
