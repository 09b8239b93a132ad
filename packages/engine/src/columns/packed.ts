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

function rowOf({ id, values }: ColumnUpdate): { value: string; from: number }[] {
  const days = values.map(({ value, from }) => {
    if (value === '') throw new QuanlianError('request.invalid', `A value of ${id} is empty; leave it out.`);
    return { value: storable(value), from: from === undefined ? NO_DATE : earliestDay(checkDate(from, 'from')) };
  });
  return days.length < 2 ? days : days.sort((a, b) => a.from - b.from || compareTexts(a.value, b.value));
}

/** Packs updates in any order; of several of one id the last counts. Refuses `request.invalid` for an empty value. */
export function packColumn(updates: Iterable<ColumnUpdate>): PackedColumn {
  const rows = new Map<string, { value: string; from: number }[]>();
  for (const update of updates) rows.set(storable(update.id), rowOf(update));
  const ids = [...rows.keys()].sort();
  const numbers = new Map<string, number>();
  const ordinals: number[] = [];
  const from: number[] = [];
  const starts = new Uint32Array(ids.length + 1);
  ids.forEach((id, row) => {
    for (const { value, from: day } of rows.get(id) ?? []) {
      let number = numbers.get(value);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(value, number);
      }
      ordinals.push(number);
      from.push(day);
    }
    starts[row + 1] = ordinals.length;
  });
  return {
    ids: packTexts(ids),
    values: packTexts([...numbers.keys()]),
    starts,
    ordinals: Uint32Array.from(ordinals),
    from: Uint32Array.from(from),
  };
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
