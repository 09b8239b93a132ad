import type { ColumnUpdate } from '@quanlian/contract';
import { QuanlianError } from '@quanlian/contract';
import { checkDate, earliestDay, NO_DATE } from '../content/dates.js';
import { storable } from '../content/document.js';

/** Texts one after another in UTF-8; text `i` is `bytes[starts[i]..starts[i + 1])`. */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/**
 * Updates of a derived column in few large arrays, so that millions of them cross between threads at once. Rows stand
 * in the order of their ids, each id once; row `r` has the values `ordinals[starts[r]..starts[r + 1])`, each holding
 * from its day. A row without values takes the document out of the column.
 */
export interface PackedColumn {
  readonly ids: PackedTexts;
  readonly values: PackedTexts;
  readonly starts: Uint32Array;
  readonly ordinals: Uint32Array;
  readonly from: Uint32Array;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Packs texts in the order given. */
export function packTexts(texts: readonly string[]): PackedTexts {
  const starts = new Uint32Array(texts.length + 1);
  let size = 0;
  texts.forEach((text, i) => {
    size += Buffer.byteLength(text, 'utf8');
    starts[i + 1] = size;
  });
  const bytes = Buffer.from(new ArrayBuffer(size));
  texts.forEach((text, i) => {
    bytes.write(text, starts[i], 'utf8');
  });
  return { bytes, starts };
}

function datedOf(id: string, values: ColumnUpdate['values']): { value: string; from: number }[] {
  const days = values.map(({ value, from }) => {
    if (value === '') throw new QuanlianError('request.invalid', `A value of ${id} is empty; leave it out.`);
    return { value: storable(value), from: from === undefined ? NO_DATE : earliestDay(checkDate(from, 'from')) };
  });
  return days.length < 2 ? days : days.sort((a, b) => a.from - b.from || compareTexts(a.value, b.value));
}

/** Packs a column row by row. Rows are kept as numbers: as objects those of a million documents would fill the memory. */
export interface ColumnPacker {
  /** Takes in the values of the next row; `id` names it in refusals. Refuses `request.invalid` for an empty value. */
  add(id: string, values: ColumnUpdate['values']): void;
  /** The column of some of the rows, by their number in the order taken in, and their ids; ids must ascend. */
  pack(ids: PackedTexts, rows: Uint32Array): PackedColumn;
}

/** Whole numbers that grow at the end. */
function growing(): { push(value: number): void; readonly length: number; at(index: number): number } {
  let numbers = new Uint32Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => numbers[index],
    push(value) {
      if (length === numbers.length) {
        const grown = new Uint32Array(length * 2);
        grown.set(numbers);
        numbers = grown;
      }
      numbers[length++] = value;
    },
  };
}

/** A packer without rows. */
export function columnPacker(): ColumnPacker {
  const numbers = new Map<string, number>();
  const [ordinals, from, starts] = [growing(), growing(), growing()];
  starts.push(0);
  return {
    add(id, values) {
      for (const { value, from: day } of datedOf(id, values)) {
        const number = numbers.get(value) ?? numbers.size;
        numbers.set(value, number);
        ordinals.push(number);
        from.push(day);
      }
      starts.push(ordinals.length);
    },
    pack(ids, rows) {
      const begins = new Uint32Array(rows.length + 1);
      rows.forEach((row, i) => {
        begins[i + 1] = begins[i] + starts.at(row + 1) - starts.at(row);
      });
      const count = begins[rows.length];
      const [places, days] = [new Uint32Array(count), new Uint32Array(count)];
      rows.forEach((row, i) => {
        const [first, to] = [starts.at(row), begins[i]];
        for (let n = starts.at(row + 1) - first - 1; n >= 0; n--) {
          places[to + n] = ordinals.at(first + n);
          days[to + n] = from.at(first + n);
        }
      });
      return { ids, values: packTexts([...numbers.keys()]), starts: begins, ordinals: places, from: days };
    },
  };
}

/** Packs updates in any order; of several of one id the last counts. Refuses `request.invalid` for an empty value. */
export function packColumn(updates: Iterable<ColumnUpdate>): PackedColumn {
  const packer = columnPacker();
  const rowOf = new Map<string, number>();
  let row = 0;
  for (const { id, values } of updates) {
    packer.add(id, values);
    rowOf.set(storable(id), row++);
  }
  const ids = [...rowOf.keys()].sort();
  const rows = Uint32Array.from(ids, (id) => rowOf.get(id) as number);
  return packer.pack(packTexts(ids), rows);
}

/** Bytes that begin a character of two or of one unit of UTF-16, where the order of bytes is not that of the units. */
const HIGH = 0xee;
const PAIRS = 0xf0;

/** Compares two texts as strings compare, by their units of UTF-16. */
export function compareAt(a: PackedTexts, i: number, b: PackedTexts, j: number): number {
  const [from, to] = [a.starts[i], a.starts[i + 1]];
  const [other, otherTo] = [b.starts[j], b.starts[j + 1]];
  const length = Math.min(to - from, otherTo - other);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.bytes[from + at], b.bytes[other + at]];
    if (x === y) continue;
    if (x >= HIGH && y >= HIGH && x >= PAIRS !== y >= PAIRS) return y - x;
    return x - y;
  }
  return to - from - (otherTo - other);
}

/** Text `i` as a string. */
export const textAt = ({ bytes, starts }: PackedTexts, i: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + starts[i], starts[i + 1] - starts[i]).toString('utf8');

const ASCII = 0x80;

/** Compares a text with a string as strings compare; nearly all ids are plain, and no string is made to compare these. */
export function compareWith(texts: PackedTexts, i: number, text: string): number {
  const from = texts.starts[i];
  const size = texts.starts[i + 1] - from;
  const length = Math.min(size, text.length);
  for (let at = 0; at < length; at++) {
    const x = texts.bytes[from + at];
    const y = text.charCodeAt(at);
    if (x >= ASCII || y >= ASCII) return compareTexts(textAt(texts, i), text);
    if (x !== y) return x - y;
  }
  return size - text.length;
}
