import { valuesOn } from './aligned.js';
import { type PackedColumn, type PackedTexts, textAt } from './packed.js';

/** Bytes that a packed column holds. */
export const bytesOfPacked = ({ ids, values, starts, ordinals, from }: PackedColumn): number =>
  [ids.bytes, ids.starts, values.bytes, values.starts, starts, ordinals, from].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );

/** The row of an id; -1 for one that the column does not have. */
function rowOf(ids: PackedTexts, id: string): number {
  let low = 0;
  let high = ids.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (textAt(ids, middle) < id) low = middle + 1;
    else high = middle;
  }
  return low < ids.starts.length - 1 && textAt(ids, low) === id ? low : -1;
}

/**
 * The values that a document has on a day, looked up in the column as it lies in its file: for a few documents, where
 * turning the whole column to the documents of a segment would take far longer than the search.
 */
export function valuesOfId({ ids, values, starts, ordinals, from }: PackedColumn, id: string, day: number): string[] {
  const row = rowOf(ids, id);
  if (row < 0) return [];
  const [begin, end] = [starts[row], starts[row + 1]];
  const own = {
    values: Array.from(ordinals.subarray(begin, end), (ordinal) => textAt(values, ordinal)),
    starts: Uint32Array.of(0, end - begin),
    ordinals: Uint32Array.from({ length: end - begin }, (_, i) => i),
    from: from.subarray(begin, end),
    timeless: false,
  };
  const [first, last] = valuesOn(own, 0, day);
  return own.values.slice(first, last);
}
